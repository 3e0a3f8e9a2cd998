//! Whether a seat is ready: it owns its context and has recovered it, or it reads the context and could own it.
use super::host::ReplicatedHost;
use super::seat::{Seat, SeatRole};
use std::time::Duration;

/// How long a store may be silent before this process says that it is not ready.
pub(super) const SILENCE: Duration = Duration::from_secs(5);

/// How far a clock may be from the store's: what a context says of times, and for how long a token is good, goes by it.
const CLOCK_AHEAD_MS: i64 = 2000;

/// Why a process whose clock is so far ahead is not ready.
pub(super) fn wrong_clock(ahead_ms: i64) -> Option<String> {
    let off_ms = ahead_ms.unsigned_abs();
    let way = if ahead_ms > 0 { "ahead of" } else { "behind" };
    (ahead_ms.saturating_abs() > CLOCK_AHEAD_MS).then(|| {
        format!("the clock of this machine is {off_ms} ms {way} the database's; have both follow one time (NTP)")
    })
}

impl ReplicatedHost {
    /// Why a seat keeps this process from being ready.
    pub(super) fn unready_seat(&self, seat: &Seat) -> Option<String> {
        let (name, status) = (seat.name(), seat.slot.handle.status());
        let why = seat.fault().map(|fault| format!(": {fault}")).unwrap_or_default();
        if let Some(why) = wrong_clock(seat.ownership().clock_ahead_ms) {
            return Some(format!("{name}: {why}"));
        }
        match seat.role() {
            SeatRole::Stopped(why) => Some(format!("{name} has stopped: {why}")),
            SeatRole::Owns if status.in_doubt > 0 => {
                Some(format!("{name} recovers: {} contexts have still to answer", status.in_doubt))
            }
            SeatRole::Owns => status.stalled_consumer.map(|why| format!("{name} stands still: {why}")),
            SeatRole::Follows if !seat.was_heard_of(SILENCE) => Some(format!("{name}: its store can't be asked{why}")),
            SeatRole::Follows if seat.slot.log.reader().is_none() => Some(format!("{name} can't be read yet{why}")),
            SeatRole::Follows if !seat.is_known_to_be_ready() => {
                Some(format!("{name}: the others do not know yet that it is ready{why}"))
            }
            SeatRole::Follows if seat.is_ownerless_for(self.times.ownerless) => {
                Some(format!("{name} has no owner, and this replica can't own it{why}"))
            }
            SeatRole::Follows | SeatRole::Takes | SeatRole::Gives => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::wrong_clock;

    #[test]
    fn a_clock_may_be_two_seconds_off_and_no_more() {
        assert_eq!([0, 2000, -2000].map(wrong_clock), [const { None }; 3]);
        let (ahead, behind) = (wrong_clock(2001), wrong_clock(i64::MIN));
        assert!(ahead.is_some_and(|why| why.starts_with("the clock of this machine is 2001 ms ahead of")));
        assert!(behind.is_some_and(|why| why.contains(" behind the database's")));
    }
}
