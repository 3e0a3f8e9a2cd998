//! The newest events of a log, kept in memory so that consumers that keep up never touch the disk.
use kernel::Recorded;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

pub struct Tail {
    events: Mutex<(VecDeque<Arc<Recorded>>, u64)>,
    most: usize,
}

/// What a consumer gets of the tail.
pub enum Pull {
    Events(Vec<Arc<Recorded>>),
    /// Older than what is kept: read the log.
    Older,
}

impl Tail {
    pub fn new(most: usize) -> Tail {
        Tail { events: Mutex::new((VecDeque::new(), 0)), most }
    }

    /// A freshly opened log ends here.
    pub fn start_at(&self, head: u64) {
        let mut tail = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        *tail = (VecDeque::new(), head);
    }

    pub fn push(&self, events: Vec<Arc<Recorded>>) {
        let mut tail = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        tail.1 = events.last().map_or(tail.1, |event| event.position);
        tail.0.extend(events);
        let over = tail.0.len().saturating_sub(self.most);
        tail.0.drain(..over);
    }

    pub fn after(&self, position: u64, at_most: usize) -> Pull {
        let tail = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        if position >= tail.1 {
            return Pull::Events(vec![]);
        }
        let first = tail.0.front().map_or(tail.1 + 1, |event| event.position);
        if position + 1 < first {
            return Pull::Older;
        }
        let skip = (position + 1 - first) as usize;
        Pull::Events(tail.0.iter().skip(skip).take(at_most).cloned().collect())
    }
}
