//! Whether each consumer makes way: one that has something to read and stands still for long is told to whoever asks whether the system is ready.
use super::Driver;
use crate::port::clock::Moment;
use kernel::SubscriptionKey;
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Stalls {
    /// Up to where each source is known to speak.
    ends: BTreeMap<SubscriptionKey, u64>,
    /// Since when each consumer that has something to read stands at its position.
    since: BTreeMap<SubscriptionKey, (u64, Moment)>,
}

impl Stalls {
    /// A source speaks up to here at least.
    pub fn heard(&mut self, subscription: &SubscriptionKey, up_to: u64) {
        let end = self.ends.entry(subscription.clone()).or_default();
        *end = up_to.max(*end);
    }
}

impl Driver {
    /// The consumer that stands still, by what is durable.
    pub(super) fn stalled_consumer(&mut self) -> Option<String> {
        let (now, stall_ms) = (self.now().mono, self.opening.limits.stall_ms);
        let positions = self.handle.status().head.positions;
        let mut stalled = None;
        for (subscription, position) in positions {
            if self.stalls.ends.get(&subscription).is_none_or(|end| *end <= position) {
                self.stalls.since.remove(&subscription);
                continue;
            }
            let since = self.stalls.since.entry(subscription.clone()).or_insert((position, now));
            if since.0 != position {
                *since = (position, now);
            }
            let still_ms = now.ms_since(since.1);
            if still_ms >= stall_ms {
                stalled =
                    Some(format!("{subscription} stands at event {position} for {still_ms} ms and has more to read"));
            }
        }
        stalled
    }
}
