//! A process with an internal port, and one that owns contexts by their mailboxes.
use super::{KEYS, SYSTEM};
use kernel::Head;
use remote::{Guard, Inside, Taken, router, serve};
use runtime::driver::ContextHandle;
use runtime::port::feed::{Slice, SourceLate};
use runtime::port::peers::Envelope;
use runtime::port::replica::Ownership;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub struct Process {
    pub address: SocketAddr,
    pub url: String,
    task: JoinHandle<()>,
    shutdown: CancellationToken,
}

impl Process {
    pub fn start(runtime: &Runtime, inside: Arc<dyn Inside>, contexts: &[&str]) -> Process {
        Process::start_at(runtime, inside, contexts, (Ipv4Addr::LOCALHOST, 0).into())
    }

    pub fn start_at(runtime: &Runtime, inside: Arc<dyn Inside>, contexts: &[&str], at: SocketAddr) -> Process {
        let listener = runtime.block_on(TcpListener::bind(at)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = router(inside, Arc::new(Guard::new(KEYS.clone(), SYSTEM, contexts)));
        let shutdown = CancellationToken::new();
        let task = runtime.spawn(serve(listener, router, shutdown.clone()));
        Process { address, url: format!("http://{address}"), task, shutdown }
    }

    /// Its port refuses from then on.
    pub fn stop(self, runtime: &Runtime) {
        self.shutdown.cancel();
        runtime.block_on(self.task).expect("it ends");
    }
}

/// Owns contexts: what comes goes into their mailboxes.
pub struct Mailboxes(pub Vec<Arc<ContextHandle>>);

impl Inside for Mailboxes {
    fn take(&self, envelope: Envelope) -> Taken {
        let handle = self.0.iter().find(|handle| handle.name == envelope.to);
        match handle.filter(|handle| handle.mailbox.is_open()) {
            None => Taken::NotOwner,
            Some(handle) => handle.mailbox.message(envelope).map_or(Taken::Full, |()| Taken::Taken),
        }
    }

    fn log(&self, context: &str, _after: u64, _at_most: usize) -> Result<Slice, SourceLate> {
        Err(SourceLate(format!("{context} has no log")))
    }

    fn news(&self, _context: &str) -> Option<watch::Receiver<u64>> {
        None
    }

    fn head(&self, _context: &str) -> Option<Head> {
        None
    }

    fn ownership(&self, _context: &str) -> Option<Ownership> {
        None
    }

    fn yours(&self, _context: &str) {}
}
