//! When a relay is to end: asked once, with the moment after which it waits for nothing any more.
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[derive(Default)]
pub(crate) struct Ending(Mutex<Option<Instant>>);

impl Ending {
    fn until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first one who asks decides how long what was sent is waited for.
    pub fn ask(&self, flush: Duration) -> Instant {
        *self.until().get_or_insert_with(|| Instant::now() + flush)
    }

    pub fn is_asked(&self) -> bool {
        self.until().is_some()
    }

    pub fn is_over(&self) -> bool {
        self.until().is_some_and(|until| Instant::now() >= until)
    }
}
