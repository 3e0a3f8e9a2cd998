//! Times as percentiles, in milliseconds.
use hdrhistogram::Histogram;
use std::time::Duration;

/// A minute is the longest time told apart.
const LONGEST_US: u64 = 60_000_000;

pub struct Times(Histogram<u64>);

impl Default for Times {
    fn default() -> Times {
        Times(Histogram::new_with_bounds(1, LONGEST_US, 3).expect("the bounds are sound"))
    }
}

impl Times {
    pub fn add(&mut self, time: Duration) {
        self.0.saturating_record(time.as_micros().min(u128::from(LONGEST_US)) as u64);
    }

    pub fn count(&self) -> u64 {
        self.0.len()
    }

    pub fn ms(&self, percent: f64) -> f64 {
        self.0.value_at_percentile(percent) as f64 / 1000.0
    }

    pub fn longest_ms(&self) -> f64 {
        self.0.max() as f64 / 1000.0
    }
}
