//! How long a lease is held is measured by a clock that goes on while the machine sleeps, and that nobody sets.
use rustix::time::{ClockId, clock_gettime};

#[cfg(target_os = "linux")]
const CLOCK: ClockId = ClockId::Boottime;
/// Elsewhere the monotonic clock counts what the machine has slept.
#[cfg(not(target_os = "linux"))]
const CLOCK: ClockId = ClockId::Monotonic;

/// Since the machine was started.
pub(crate) fn now_ms() -> u64 {
    let now = clock_gettime(CLOCK);
    let (seconds, ns) = (u64::try_from(now.tv_sec), u64::try_from(now.tv_nsec));
    seconds.unwrap_or_default() * 1000 + ns.unwrap_or_default() / 1_000_000
}
