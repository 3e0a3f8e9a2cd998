//! Both ways between the contexts of a process pass the suite: straight, and through the sandbox.
use super::LocalPeers;
use crate::sandbox::Sandbox;
use kernel::Settings;
use runtime::driver::ContextHandle;
use runtime::limits::Limits;
use std::sync::Arc;
use testkit::conformance::peers::Joined;

fn straight(handles: Vec<Arc<ContextHandle>>) -> Joined {
    Joined { peers: Arc::new(LocalPeers { handles }), arrive: Box::new(|| {}) }
}

fn through_the_sandbox(handles: Vec<Arc<ContextHandle>>) -> Joined {
    let (system, network) = (taxi::system(&Settings::defaults(taxi::SETTINGS)), Arc::new(LocalPeers { handles }));
    Joined { peers: Arc::new(Sandbox::new(&system, &Limits::default(), network)), arrive: Box::new(|| {}) }
}

mod local_peers {
    testkit::peers_conformance!(super::straight);
}

mod sandbox {
    testkit::peers_conformance!(super::through_the_sandbox);
}
