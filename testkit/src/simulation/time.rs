//! The time of a simulated world, and the two clocks of each context in it.
use kernel::Timestamp;
use runtime::port::clock::{Clock, Moment, Now};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// 2026-01-01T00:00:00Z.
const MORNING: Timestamp = Timestamp(1_767_225_600_000_000);

/// The world's own time, which only goes on.
#[derive(Debug, Default)]
pub struct WorldTime(AtomicU64);

impl WorldTime {
    pub fn now(&self) -> Moment {
        Moment::from_us(self.0.load(Ordering::Relaxed))
    }

    pub fn pass_ms(&self, ms: u64) {
        self.pass_to(self.now().plus_ms(ms));
    }

    /// Nothing changes where the moment is past.
    pub fn pass_to(&self, moment: Moment) {
        self.0.fetch_max(moment.us(), Ordering::Relaxed);
    }
}

/// The clocks of one context. Its monotonic clock began at another moment than the others'; its wall clock may be set at any time.
#[derive(Debug)]
pub struct SimClock {
    time: Arc<WorldTime>,
    started_us: u64,
    wall_ahead_us: AtomicI64,
}

impl SimClock {
    pub fn new(time: Arc<WorldTime>, started_us: u64, skew_ms: u64) -> SimClock {
        let clock = SimClock { time, started_us, wall_ahead_us: AtomicI64::default() };
        clock.set_wall_ahead_ms(skew_ms as i64);
        clock
    }

    /// The wall clock is set: it steps back or ahead.
    pub fn set_wall_ahead_ms(&self, ms: i64) {
        self.wall_ahead_us.store(ms * 1000, Ordering::Relaxed);
    }

    /// A moment of this context's monotonic clock in the world's time.
    pub fn world_moment(&self, moment: Moment) -> Moment {
        Moment::from_us(moment.us().saturating_sub(self.started_us))
    }
}

impl Clock for SimClock {
    fn now(&self) -> Now {
        let us = self.time.now().us();
        let wall = Timestamp(MORNING.0 + us as i64 + self.wall_ahead_us.load(Ordering::Relaxed));
        Now { wall, mono: Moment::from_us(self.started_us + us) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_clock_that_is_set_back_leaves_the_monotonic_clock_alone() {
        let time = Arc::new(WorldTime::default());
        let clock = SimClock::new(time.clone(), 500, 20);
        let before = clock.now();
        clock.set_wall_ahead_ms(-3_600_000);
        time.pass_ms(5);
        let after = clock.now();
        assert!(after.wall < before.wall);
        assert_eq!(after.mono.ms_since(before.mono), 5);
        assert_eq!(clock.world_moment(after.mono), time.now());
    }
}
