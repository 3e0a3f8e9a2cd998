//! What an operator is told while a relay waits: soon, then once a minute, and once more when it goes on.
use std::time::{Duration, Instant};

/// A topic that was just made, or a broker that hands over, is no news.
const SOON: Duration = Duration::from_secs(3);
const AGAIN: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(crate) struct Complaint {
    /// It waits since then.
    since: Option<Instant>,
    /// That was said.
    told: bool,
    said_at: Option<Instant>,
}

impl Complaint {
    pub fn waits(&mut self, source: &str, why: &str) {
        let now = Instant::now();
        let waits = now.duration_since(*self.since.get_or_insert(now));
        let is_due = self.said_at.is_none_or(|said| now.duration_since(said) >= AGAIN);
        if waits >= SOON && is_due {
            let waits_s = waits.as_secs();
            tracing::warn!(source, why, waits_s, "published events can't be relayed to Kafka; they wait in the log");
            (self.told, self.said_at) = (true, Some(now));
        }
    }

    pub fn goes_on(&mut self, source: &str) {
        let waited_s = self.since.take().map_or(0, |since| since.elapsed().as_secs());
        if std::mem::take(&mut self.told) {
            tracing::info!(source, waited_s, "published events are relayed to Kafka again");
        }
    }
}
