//! The port to time: the wall clock for what people are shown, and a monotonic clock for every duration and deadline.
use kernel::Timestamp;

/// A point of a monotonic clock, in microseconds since a start of its own. It never goes back, and means nothing to another process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(u64);

impl Moment {
    pub const fn from_us(us: u64) -> Moment {
        Moment(us)
    }

    pub const fn us(self) -> u64 {
        self.0
    }

    pub const fn plus_ms(self, ms: u64) -> Moment {
        Moment(self.0.saturating_add(ms.saturating_mul(1000)))
    }

    /// Milliseconds from `earlier` to here; 0 if it is not earlier.
    pub const fn ms_since(self, earlier: Moment) -> u64 {
        self.0.saturating_sub(earlier.0) / 1000
    }

    /// Microseconds from `earlier` to here; 0 if it is not earlier.
    pub const fn us_since(self, earlier: Moment) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// One reading of both clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// What people are shown. It may step back and ahead.
    pub wall: Timestamp,
    /// What durations and deadlines are measured with.
    pub mono: Moment,
}

pub trait Clock: Send + Sync {
    fn now(&self) -> Now;
}
