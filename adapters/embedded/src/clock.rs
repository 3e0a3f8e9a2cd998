//! The clock of a real run.
use kernel::Timestamp;
use runtime::port::clock::{Clock, Moment, Now};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The machine's wall clock, and its monotonic clock since this value was made.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    #[expect(clippy::new_without_default, reason = "a clock that starts is no default value")]
    pub fn new() -> SystemClock {
        SystemClock { start: Instant::now() }
    }

    pub fn wall() -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(since.as_micros() as i64)
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        Now { wall: SystemClock::wall(), mono: Moment::from_us(self.start.elapsed().as_micros() as u64) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_measured_from_the_start_of_the_process_whatever_day_it_is() {
        let clock = SystemClock::new();
        let (first, second) = (clock.now(), clock.now());
        assert!(first.mono <= second.mono);
        assert!(second.mono.ms_since(Moment::default()) < 3_600_000, "{second:?}");
        assert!(second.wall > Timestamp(1_700_000_000_000_000), "{second:?}");
    }
}
