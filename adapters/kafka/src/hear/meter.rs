//! How contexts hear each other over the topic, as numbers.
use kernel::Name;
use metrics::{counter, gauge};
use runtime::merge::{MergeCounts, MergeLook};
use std::collections::BTreeMap;

/// Of one context that reads. What was counted since the last look is added, since another owner may count on.
pub(super) struct ReaderMeter {
    system: Name,
    context: Name,
    told: BTreeMap<Name, MergeCounts>,
}

impl ReaderMeter {
    pub fn of(system: Name, context: Name) -> ReaderMeter {
        ReaderMeter { system, context, told: BTreeMap::new() }
    }

    pub fn look(&mut self, sources: &[MergeLook]) {
        for look in sources {
            let labels = [("system", self.system), ("context", self.context), ("source", look.source)];
            gauge!("nadul_feed_lag_events", &labels).set(look.lag as f64);
            gauge!("nadul_feed_reads_log", &labels).set(f64::from(u8::from(look.reads_the_log)));
            let before = self.told.insert(look.source, look.counts).unwrap_or_default();
            let now = look.counts;
            counter!("nadul_feed_healed_events_total", &labels).increment(now.healed - before.healed);
            for (became, many) in [
                ("joined", now.joined - before.joined),
                ("past", now.past - before.past),
                ("other_life", now.other_life - before.other_life),
                ("dropped", now.dropped - before.dropped),
            ] {
                let [system, context, source] = labels;
                let labels = [system, context, source, ("became", became)];
                counter!("nadul_feed_messages_total", &labels).increment(many);
            }
        }
    }
}

/// A message that no context is told.
pub(super) fn passed(system: Name, why: &'static str) {
    counter!("nadul_feed_passed_total", "system" => system, "why" => why).increment(1);
}
