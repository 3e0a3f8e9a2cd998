//! One system at work behind the edge.
use crate::server::hub::Hub;
use kernel::{Context, Name, System};
use runtime::port::work::SystemAtWork;
use std::sync::Arc;

/// A system at work, and the hub its commits go to.
pub struct HostedSystem {
    pub work: Arc<dyn SystemAtWork>,
    pub hub: Arc<Hub>,
}

impl HostedSystem {
    pub(crate) fn system(&self) -> &System {
        self.work.system()
    }

    pub(crate) fn name(&self) -> Name {
        self.system().name
    }

    pub(crate) fn context(&self, name: &str) -> Option<&Context> {
        self.system().get(name)
    }
}
