//! Wakes a context's thread up.
use std::sync::{Mutex, PoisonError};
use std::thread::Thread;

/// Rings for the thread that works for a context at the moment.
#[derive(Debug, Default)]
pub struct ThreadBell(Mutex<Option<Thread>>);

impl ThreadBell {
    pub fn ring(&self) {
        if let Some(thread) = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            thread.unpark();
        }
    }

    pub fn rings_for(&self, thread: Thread) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
    }
}
