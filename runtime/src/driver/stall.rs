//! Whether each consumer makes way: one that has something to read and stands still for long is told to whoever asks whether the system is ready.
use super::Driver;
use crate::port::clock::Moment;
use kernel::LinkKey;
use std::collections::BTreeMap;

/// Since when each consumer that has something to read stands at its position.
#[derive(Default)]
pub(super) struct Stalls(BTreeMap<LinkKey, (u64, Moment)>);

impl Driver {
    /// The consumer that stands still, by what is durable.
    pub(super) fn stalled_consumer(&mut self) -> Option<String> {
        let (now, stall_ms) = (self.now().mono, self.opening.limits.stall_ms);
        let positions = self.handle.status().head.positions;
        let mut stalled = None;
        for (link, position) in positions {
            if !self.has_more(&link, position) {
                self.stalls.0.remove(&link);
                continue;
            }
            let since = self.stalls.0.entry(link.clone()).or_insert((position, now));
            if since.0 != position {
                *since = (position, now);
            }
            let still_ms = now.ms_since(since.1);
            if still_ms >= stall_ms {
                stalled = Some(format!("{link} stands at event {position} for {still_ms} ms and has more to read"));
            }
        }
        stalled
    }

    /// A source that can't be read says nothing.
    fn has_more(&self, link: &LinkKey, position: u64) -> bool {
        self.ports.feed.read(link, position, 1).is_ok_and(|slice| slice.up_to > position)
    }
}
