//! The relay of one context: it begins when the context works, hears of each durable group, and ends before the context does.
use crate::log::LocalLog;
use kernel::{Life, Name};
use runtime::driver::ContextHandle;
use runtime::port::broker::{Broker, Relay, RelayedLog};
use runtime::port::feed::{Slice, SourceLate};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where the context's relay is while there is one.
#[derive(Default)]
pub struct RelayPlace(Mutex<Option<Arc<dyn Relay>>>);

impl RelayPlace {
    fn relay(&self) -> MutexGuard<'_, Option<Arc<dyn Relay>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One that is there already has ended, or ends first.
    pub fn begin(&self, broker: &dyn Broker, log: LogToRelay) {
        self.end();
        *self.relay() = Some(broker.begin(Arc::new(log)));
    }

    pub fn news(&self) {
        if let Some(relay) = self.relay().as_deref() {
            relay.news();
        }
    }

    pub fn ask_to_end(&self) {
        if let Some(relay) = self.relay().as_deref() {
            relay.ask_to_end();
        }
    }

    pub fn end(&self) {
        let ending = self.relay().take(); // nobody else waits for the place meanwhile
        if let Some(relay) = ending {
            relay.end();
        }
    }
}

/// A context's log as its relay reads it.
pub struct LogToRelay {
    pub handle: Arc<ContextHandle>,
    pub log: Arc<LocalLog>,
    /// A mark belongs to one life of the store: what a relay says when the context works in another one is not heard.
    pub life: Life,
}

impl RelayedLog for LogToRelay {
    fn context(&self) -> Name {
        self.handle.name
    }

    fn life(&self) -> Life {
        self.life
    }

    fn relayed(&self) -> u64 {
        self.handle.relayed()
    }

    fn newest_published(&self) -> u64 {
        self.handle.newest_published()
    }

    fn published(&self, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        if !self.handle.is_running() {
            return Err(SourceLate(format!("{} is stopped", self.handle.name)));
        }
        self.log.slice(after, at_most, |event| event.published)
    }

    fn tell_relayed(&self, position: u64) {
        if self.handle.life() == self.life {
            self.handle.tell_relayed(position);
        }
    }
}
