//! One system at work behind the edge, asked by the names of its contexts.
use crate::server::hub::Hub;
use kernel::{Context, Id, Name, System};
use runtime::host::{Host, Pulse, ReplyTo, Sandbox};
use runtime::message::Ask;
use runtime::port::store::{Reader, StoreError};
use std::sync::Arc;

/// A system at work, and the hub its commits go to.
pub struct HostedSystem {
    pub host: Arc<Host>,
    pub hub: Arc<Hub>,
}

impl HostedSystem {
    pub(crate) fn system(&self) -> &System {
        self.host.system()
    }

    pub(crate) fn name(&self) -> Name {
        self.system().name
    }

    pub(crate) fn context(&self, name: &str) -> Option<&Context> {
        self.system().get(name)
    }

    /// The reply comes when it is durable; where there is no such context, `reply` is dropped.
    pub(crate) fn request(&self, context: &str, ask: Ask, reply: ReplyTo) {
        if let Some(context) = self.index(context) {
            self.host.ask(context, ask, reply);
        }
    }

    /// `None` while the context is stopped.
    pub(crate) fn reader(&self, context: &str) -> Option<Arc<dyn Reader>> {
        self.host.reader(self.index(context)?)
    }

    /// The table that answers for a collection now.
    pub(crate) fn table(&self, context: &str, collection: &str) -> Option<String> {
        self.host.table(self.index(context)?, collection)
    }

    pub(crate) fn status(&self, context: &str) -> Pulse {
        self.index(context).map(|context| self.host.pulse(context)).unwrap_or_default()
    }

    pub(crate) fn is_running(&self, context: &str) -> bool {
        self.index(context).is_some_and(|context| self.host.running(context))
    }

    pub(crate) fn start_context(&self, context: &str) -> Result<(), StoreError> {
        self.index(context).map_or(Ok(()), |context| self.host.start_context(context))
    }

    pub(crate) fn stop_context(&self, context: &str) {
        if let Some(context) = self.index(context) {
            self.host.stop_context(context);
        }
    }

    pub(crate) fn resume(&self, context: &str, key: Id, skip: Option<String>) -> Result<usize, String> {
        let index = self.index(context).ok_or_else(|| format!("there is no context {context}"))?;
        self.host.resume(index, key, skip)
    }

    pub(crate) fn provider_mode(&self) -> Sandbox {
        self.host.sandbox()
    }

    pub(crate) fn set_provider_mode(&self, mode: Sandbox) {
        self.host.set_sandbox(mode);
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.host.ready()
    }

    pub(crate) fn uneven_rules(&self) -> Vec<(String, i128)> {
        self.host.broken()
    }

    fn index(&self, context: &str) -> Option<usize> {
        self.system().contexts.iter().position(|declared| declared.name == context)
    }
}
