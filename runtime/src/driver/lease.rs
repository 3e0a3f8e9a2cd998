//! While another process may own the store, nothing is decided: what waits in the mailbox waits on, and nobody is told anything.
use super::{Driver, Turn};
use crate::port::store::StoreError;

/// A lease that is not held is looked at again after this, by the driver's own clock.
const LOOK_MS: u64 = 20;

impl Driver {
    pub(super) fn holds_lease(&self) -> bool {
        self.ports.store.holds_lease()
    }

    /// The turn of a driver that may have lost its store, or has. It still ends when it is told to.
    pub(super) fn wait_for_lease(&mut self) -> Turn {
        if self.ports.store.is_taken_over() {
            return self.fail(&StoreError::Conflict);
        }
        let batch = self.handle.mailbox.take(0);
        self.more |= batch.news;
        if batch.stop { Turn::Stop } else { Turn::Sleep(self.now().mono.plus_ms(LOOK_MS)) }
    }
}
