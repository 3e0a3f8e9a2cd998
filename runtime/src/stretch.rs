//! A stretch of a source's log, as far as it has come to its readers.
use crate::port::feed::Slice;
use kernel::Recorded;
use std::collections::VecDeque;
use std::sync::Arc;

/// What a stretch holds, at most, before events that were read go.
const EVENTS_MAX: usize = 10_000;
const BYTES_MAX: usize = 8 << 20;

/// Bytes that an event takes, about.
pub fn event_bytes(event: &Recorded) -> usize {
    const FRAME: usize = 400;
    event.body.len() + FRAME
}

#[derive(Default)]
pub struct Stretch {
    /// The position behind which it begins.
    pub from: u64,
    /// Every published event behind `from` and up to here is in `events`.
    pub to: u64,
    events: VecDeque<Arc<Recorded>>,
    bytes: usize,
    /// The source has more behind `to`.
    more: bool,
}

impl Stretch {
    pub fn at(position: u64) -> Stretch {
        Stretch { from: position, to: position, ..Stretch::default() }
    }

    /// A slice that begins in the stretch or where it ends; what the stretch has already is passed over.
    pub fn extend(&mut self, slice: Slice) {
        let end = self.to;
        slice.events.into_iter().filter(|event| event.position > end).for_each(|event| self.push(event));
        self.reach(slice.up_to);
        self.more = slice.more;
    }

    /// The next event that the source has published.
    pub fn push(&mut self, event: Arc<Recorded>) {
        self.to = event.position;
        self.bytes += event_bytes(&event);
        self.events.push_back(event);
    }

    /// Up to this position the source has published nothing else.
    pub fn reach(&mut self, position: u64) {
        self.to = position.max(self.to);
    }

    /// Whether there is something in it for a reader at this position.
    pub fn leads_on(&self, position: u64) -> bool {
        self.from <= position && position < self.to
    }

    pub fn slice(&self, after: u64, at_most: usize) -> Slice {
        let first = self.events.partition_point(|event| event.position <= after);
        let events: Vec<_> = self.events.range(first..).take(at_most).cloned().collect();
        let is_cut = first + events.len() < self.events.len();
        let up_to = events.last().filter(|_| is_cut).map_or(self.to, |event| event.position);
        Slice { after, events, up_to, more: is_cut || self.more }
    }

    /// Lets the oldest events go that the furthest reader has read, until there is room for another page. Whether there is.
    pub fn make_room(&mut self, furthest: u64) -> bool {
        while self.is_full()
            && let Some(oldest) = self.events.pop_front_if(|oldest| oldest.position <= furthest)
        {
            self.from = oldest.position;
            self.bytes -= event_bytes(&oldest);
        }
        !self.is_full()
    }

    fn is_full(&self) -> bool {
        self.events.len() >= EVENTS_MAX || self.bytes >= BYTES_MAX
    }
}
