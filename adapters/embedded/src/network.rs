//! Messages between the contexts of this process: each goes straight into the receiver's mailbox.
use runtime::driver::ContextHandle;
use runtime::port::peers::{Envelope, NotSent, Peers};
use std::sync::Arc;

/// The ways between contexts, which also say whether a message would find somebody.
pub trait ReachablePeers: Peers {
    fn reaches(&self, context: &str) -> bool;
}

pub struct LocalPeers {
    pub handles: Vec<Arc<ContextHandle>>,
}

impl LocalPeers {
    fn find(&self, context: &str) -> Option<&ContextHandle> {
        self.handles.iter().find(|handle| handle.name == context).map(Arc::as_ref)
    }
}

impl ReachablePeers for LocalPeers {
    fn reaches(&self, context: &str) -> bool {
        self.find(context).is_some_and(ContextHandle::is_running)
    }
}

impl Peers for LocalPeers {
    fn send(&self, envelope: Envelope) -> Result<(), NotSent> {
        self.find(&envelope.to).ok_or(NotSent)?.mailbox.message(envelope)
    }
}

#[cfg(test)]
mod tests;
