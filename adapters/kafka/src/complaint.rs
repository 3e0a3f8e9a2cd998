//! What an operator is told while a relay or a feed waits: soon, then once a minute, and once more when it goes on.
use std::time::{Duration, Instant};

/// A topic that was just made, or a broker that hands over, is no news.
const SOON: Duration = Duration::from_secs(3);
const AGAIN: Duration = Duration::from_secs(60);

/// How it says so.
#[derive(Clone, Copy)]
pub(crate) struct Sayings {
    pub waits: &'static str,
    pub goes_on: &'static str,
}

pub(crate) struct Complaint {
    sayings: Sayings,
    /// It waits since then.
    since: Option<Instant>,
    /// That was said.
    told: bool,
    said_at: Option<Instant>,
}

impl Complaint {
    pub fn of(sayings: Sayings) -> Complaint {
        Complaint { sayings, since: None, told: false, said_at: None }
    }

    pub fn waits(&mut self, source: &str, why: &str) {
        let now = Instant::now();
        let waits = now.duration_since(*self.since.get_or_insert(now));
        let is_due = self.said_at.is_none_or(|said| now.duration_since(said) >= AGAIN);
        if waits >= SOON && is_due {
            let waits_s = waits.as_secs();
            tracing::warn!(source, why, waits_s, "{}", self.sayings.waits);
            (self.told, self.said_at) = (true, Some(now));
        }
    }

    pub fn goes_on(&mut self, source: &str) {
        let waited_s = self.since.take().map_or(0, |since| since.elapsed().as_secs());
        if std::mem::take(&mut self.told) {
            tracing::info!(source, waited_s, "{}", self.sayings.goes_on);
        }
    }
}
