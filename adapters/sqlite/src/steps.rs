//! How much work SQLite does, for tests: the steps of its machine, which say the same on every computer.
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// SQLite tells after so many.
const AT_A_TIME: usize = 10;

pub(crate) struct Steps(Arc<AtomicUsize>);

impl Steps {
    pub fn of(connection: &mut Connection) -> Steps {
        let taken = Arc::new(AtomicUsize::new(0));
        let counted = taken.clone();
        let count = move || {
            counted.fetch_add(AT_A_TIME, Relaxed);
            false
        };
        connection.progress_handler(AT_A_TIME as i32, Some(count)).expect("a handler");
        Steps(taken)
    }

    /// Of what is done meanwhile.
    pub fn taken<T>(&self, run: impl FnOnce() -> T) -> (usize, T) {
        let before = self.0.load(Relaxed);
        let done = run();
        (self.0.load(Relaxed) - before, done)
    }
}
