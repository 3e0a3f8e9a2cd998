//! A process of a system, as far as these tests need one.
mod directory;
mod log;
mod process;
mod proxy;

pub use directory::Known;
pub use log::SourceLog;
pub use process::{Mailboxes, Process};
pub use proxy::Proxy;

use remote::{KeyPaths, Keys, ProcessClient, Signer, make_key_pair};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

pub const SYSTEM: &str = "taxi";

/// The keys that all processes share.
pub static KEYS: LazyLock<Arc<Keys>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    Arc::new(new_keys(folder.path(), "nadul"))
});

pub fn new_keys(folder: &Path, name: &str) -> Keys {
    let paths = KeyPaths { private_key: folder.join(format!("{name}.pem")), public_keys: folder.join("public") };
    make_key_pair(&paths).expect("made");
    Keys::read(&paths).expect("read")
}

pub fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

pub fn client(runtime: &Runtime, issuer: &str) -> ProcessClient {
    ProcessClient::new(runtime.handle().clone(), Arc::new(Signer::new(KEYS.clone(), SYSTEM, issuer)))
}

/// Waits until it holds, for a bounded time.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < until, "it never came to hold: {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}
