//! One system at work behind the edge, asked by the names of its contexts.
use crate::server::hub::Hub;
use kernel::{Context, Name};
use runtime::port::work::SystemAtWork;
use std::ops::Deref;
use std::sync::Arc;

/// A system at work, and the hub its commits go to.
pub struct HostedSystem {
    pub work: Arc<dyn SystemAtWork>,
    pub hub: Arc<Hub>,
}

/// What a system at work can be asked.
impl Deref for HostedSystem {
    type Target = dyn SystemAtWork;

    fn deref(&self) -> &Self::Target {
        self.work.as_ref()
    }
}

impl HostedSystem {
    pub(crate) fn name(&self) -> Name {
        self.system().name
    }

    pub(crate) fn context(&self, name: &str) -> Option<&Context> {
        self.system().get(name)
    }
}
