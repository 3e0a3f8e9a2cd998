//! How far a relay has come, as numbers. It is set again each time, since the process may begin to record after the relay began.
use kernel::Name;
use metrics::{counter, gauge};

pub(crate) struct Meter {
    labels: [(&'static str, Name); 2],
    producers: u64,
}

impl Meter {
    pub fn of(system: Name, context: Name) -> Meter {
        Meter { labels: [("system", system), ("context", context)], producers: 0 }
    }

    /// Positions are counted, so private events between two published ones count as lag too.
    pub fn stands_at(&self, mark: u64, newest: u64, in_flight: usize) {
        gauge!("nadul_relay_position", &self.labels).set(mark as f64);
        gauge!("nadul_relay_lag_events", &self.labels).set(newest.saturating_sub(mark) as f64);
        gauge!("nadul_relay_in_flight", &self.labels).set(in_flight as f64);
        counter!("nadul_relay_producers_total", &self.labels).absolute(self.producers);
    }

    /// No broker takes anything.
    pub fn waits(&self, waits: bool) {
        gauge!("nadul_relay_waits", &self.labels).set(if waits { 1.0 } else { 0.0 });
    }

    pub fn new_producer(&mut self) {
        self.producers += 1;
    }
}
