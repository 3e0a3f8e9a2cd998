//! How long a line stands still after its receiver could not be reached.
use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_millis(20);
const FURTHER: Duration = Duration::from_millis(50);

#[derive(Default)]
pub(super) struct Pause {
    failures: u32,
    until: Option<Instant>,
}

impl Pause {
    /// Nobody took anything. Whether it is the first time in a row.
    pub fn failed(&mut self, now: Instant) -> bool {
        let is_first = self.failures == 0;
        self.failures = self.failures.saturating_add(1);
        self.until = Some(now + if is_first { FIRST } else { FURTHER });
        is_first
    }

    pub fn succeeded(&mut self) {
        *self = Pause::default();
    }

    /// What is left of it.
    pub fn left(&self, now: Instant) -> Option<Duration> {
        self.until.and_then(|until| until.checked_duration_since(now)).filter(|left| !left.is_zero())
    }
}
