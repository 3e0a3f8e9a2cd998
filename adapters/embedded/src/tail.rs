//! The newest events of a log, kept in memory so that consumers that keep up never touch the disk.
use kernel::Recorded;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub struct Tail {
    newest: Mutex<Newest>,
    at_most: usize,
}

#[derive(Default)]
struct Newest {
    events: VecDeque<Arc<Recorded>>,
    /// Of the newest event of the log.
    head: u64,
}

/// What the tail knows of the events behind a position.
pub enum Behind {
    Events {
        events: Vec<Arc<Recorded>>,
        /// The tail holds more.
        more: bool,
    },
    /// They are older than what is kept: read the log.
    Older,
}

impl Tail {
    pub fn new(at_most: usize) -> Tail {
        Tail { newest: Mutex::default(), at_most }
    }

    fn newest(&self) -> MutexGuard<'_, Newest> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A freshly opened log ends here.
    pub fn start_at(&self, head: u64) {
        *self.newest() = Newest { events: VecDeque::new(), head };
    }

    pub fn push(&self, events: Vec<Arc<Recorded>>) {
        let mut newest = self.newest();
        let first = events.first().map_or(newest.head + 1, |event| event.position);
        if first != newest.head + 1 {
            // Another process has written in between: what it wrote is read from the store.
            newest.events.clear();
        }
        newest.head = events.last().map_or(newest.head, |event| event.position);
        newest.events.extend(events);
        let over = newest.events.len().saturating_sub(self.at_most);
        newest.events.drain(..over);
    }

    pub fn behind(&self, position: u64, at_most: usize) -> Behind {
        let newest = self.newest();
        if position >= newest.head {
            return Behind::Events { events: vec![], more: false };
        }
        let first = newest.events.front().map_or(newest.head + 1, |event| event.position);
        if position + 1 < first {
            return Behind::Older;
        }
        let skip = (position + 1 - first) as usize;
        let events: Vec<_> = newest.events.iter().skip(skip).take(at_most).cloned().collect();
        let more = events.last().is_some_and(|event| event.position < newest.head);
        Behind::Events { events, more }
    }
}
