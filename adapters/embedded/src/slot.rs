//! A context's place in its host: its handle, its log, and the thread that works for it.
use crate::bell::ThreadBell;
use crate::log::LocalLog;
use crate::relay::{LogToRelay, RelayPlace};
use kernel::Name;
use runtime::driver::{ContextHandle, Driver, Mailbox, Turn};
use runtime::limits::Limits;
use runtime::port::broker::Broker;
use runtime::port::clock::Clock;
use runtime::port::store::{Result, StoreError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub struct Slot {
    pub handle: Arc<ContextHandle>,
    pub log: Arc<LocalLog>,
    pub relay: Arc<RelayPlace>,
    bell: Arc<ThreadBell>,
    clock: Arc<dyn Clock>,
    /// Held while the context is started or stopped, so that the two never overlap.
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// How often a wait looks whether its condition holds.
const LOOK: Duration = Duration::from_millis(2);

/// Whether the condition came to hold in time.
pub fn wait_until(within: Duration, holds: impl Fn() -> bool) -> bool {
    let until = Instant::now() + within;
    while !holds() {
        if Instant::now() >= until {
            return false;
        }
        std::thread::sleep(LOOK);
    }
    true
}

impl Slot {
    pub fn new(name: Name, limits: &Limits, clock: Arc<dyn Clock>) -> Slot {
        let bell = Arc::new(ThreadBell::default());
        let ring = bell.clone();
        let mailbox = Mailbox::new(name, limits, clock.clone(), Box::new(move || ring.ring()));
        let (handle, log) =
            (Arc::new(ContextHandle::new(name, mailbox)), Arc::new(LocalLog::new(name, limits.tail_events)));
        Slot { handle, log, relay: Arc::default(), bell, clock, thread: Mutex::default() }
    }

    fn thread(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.thread.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the thread of the driver that `open` makes; nothing is done where the context runs already.
    pub fn start(&self, open: impl FnOnce() -> Result<Driver>) -> Result<()> {
        let mut thread = self.thread();
        if self.handle.is_running() {
            return Ok(());
        }
        let driver = open()?;
        self.log.open(driver.store().reader(), driver.machine().head().position);
        let (handle, clock) = (self.handle.clone(), self.clock.clone());
        let run = move || {
            let _closes_whatever_happens = CloseMailbox(handle);
            run(driver, clock.as_ref());
        };
        match std::thread::Builder::new().name(self.handle.name.to_string()).spawn(run) {
            Ok(started) => {
                self.bell.rings_for(started.thread().clone());
                self.bell.ring();
                *thread = Some(started);
                Ok(())
            }
            Err(error) => {
                self.close();
                Err(StoreError::Failed(format!("no thread for {}: {error}", self.handle.name)))
            }
        }
    }

    /// What the context publishes goes there, as long as it works.
    pub fn relay_to(&self, broker: &dyn Broker) {
        let (handle, log, life) = (self.handle.clone(), self.log.clone(), self.handle.life());
        self.relay.begin(broker, LogToRelay { handle, log, life });
    }

    /// Finishes what is under way, within this time, then ends the thread.
    pub fn finish(&self, within: Duration) {
        self.handle.mailbox.stop_taking();
        wait_until(within, || !self.is_busy());
        self.stop();
    }

    pub fn is_busy(&self) -> bool {
        self.handle.is_running() && !self.handle.is_idle()
    }

    /// Ends the relay, whose mark goes with the last group, then the thread, and waits for both; what is under way is left to recovery.
    pub fn stop(&self) {
        self.relay.end();
        let mut slot = self.thread();
        self.handle.mailbox.stop();
        let thread = slot.take();
        if let Some(thread) = thread.filter(|thread| thread.thread().id() != std::thread::current().id())
            && thread.join().is_err()
        {
            tracing::error!(context = self.handle.name, "the context's thread broke");
        }
        self.close();
    }

    fn close(&self) {
        self.handle.mailbox.close();
        self.log.close();
    }
}

/// A thread that ends, however it ends, leaves no mailbox open that nobody empties.
struct CloseMailbox(Arc<ContextHandle>);

impl Drop for CloseMailbox {
    fn drop(&mut self) {
        self.0.mailbox.close();
    }
}

fn run(mut driver: Driver, clock: &dyn Clock) {
    loop {
        match driver.run_once() {
            Turn::Again => {}
            Turn::Sleep(until) => {
                let us = until.us_since(clock.now().mono);
                std::thread::park_timeout(Duration::from_micros(us));
            }
            Turn::Stop => return driver.close(),
        }
    }
}
