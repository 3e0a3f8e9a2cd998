//! Who tries to own a context: a row on the server's clock, renewed by the owner. It decides only who tries; the disk's fence decides who writes.
use super::time::WorldTime;
use runtime::port::clock::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How long a lease lasts, and what follows from that.
#[derive(Clone, Copy, Debug)]
pub struct LeaseTimes {
    pub lease_ms: u64,
}

impl LeaseTimes {
    /// An owner renews it so often; others look so often.
    pub fn look_ms(self) -> u64 {
        self.lease_ms / 4
    }

    /// So long after it sent its last renewal an owner decides.
    pub fn steps_ms(self) -> u64 {
        self.lease_ms * 5 / 6
    }

    /// So long an heir has the first turn.
    pub fn heir_ms(self) -> u64 {
        self.lease_ms / 3
    }
}

/// The row as the server keeps it.
#[derive(Clone, Debug, Default)]
pub struct Lease {
    pub epoch: u64,
    /// The process that claimed it last.
    pub owner: Option<u64>,
    pub heir: Option<u64>,
    /// By the server's clock.
    until: Moment,
    /// Grows with each change of the row.
    changes: u64,
    /// Given back after a last group that leaves nothing in doubt.
    pub in_peace: bool,
}

/// The row as a process has seen it last, and since when it has not changed by that process' own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SeenLease {
    changes: u64,
    since: Moment,
}

impl Lease {
    pub fn look(&self, seen: &mut SeenLease, now: Moment) {
        if seen.changes != self.changes || seen.since == Moment::default() {
            *seen = SeenLease { changes: self.changes, since: now };
        }
    }

    /// Whether it is this process' turn: it owned the context last, or is the heir, or nobody is heard of by either clock.
    pub fn may_claim(&self, process: u64, seen: SeenLease, times: LeaseTimes, now: Moment, server: Moment) -> bool {
        let is_unchanged = seen.changes == self.changes && now.ms_since(seen.since) >= times.lease_ms;
        self.owner == Some(process) || self.heir == Some(process) || self.until < server || is_unchanged
    }

    /// Another one may own the context still, as far as the server's clock tells.
    pub fn is_held(&self, server: Moment) -> bool {
        self.owner.is_some() && self.heir.is_none() && self.until >= server
    }

    pub fn claim(&mut self, process: u64, until: Moment) {
        let (epoch, changes) = (self.epoch + 1, self.changes + 1);
        *self = Lease { epoch, owner: Some(process), heir: None, until, changes, in_peace: false };
    }

    pub fn renew(&mut self, until: Moment) {
        (self.until, self.changes) = (until, self.changes + 1);
    }

    /// The owner gives it back: to an heir until then, or to anybody at once.
    pub fn release(&mut self, heir: Option<u64>, until: Moment, in_peace: bool) {
        let until = if heir.is_some() { until } else { Moment::default() };
        (self.owner, self.heir, self.until, self.in_peace) = (None, heir, until, in_peace);
        self.changes += 1;
    }
}

/// The lease as its owner's process holds it, by its own clock.
pub struct HeldLease {
    time: Arc<WorldTime>,
    steps_until_us: AtomicU64,
    lost: AtomicBool,
}

impl HeldLease {
    pub fn new(time: Arc<WorldTime>, until: Moment) -> HeldLease {
        HeldLease { time, steps_until_us: AtomicU64::new(until.us()), lost: AtomicBool::new(false) }
    }

    pub fn holds(&self) -> bool {
        !self.is_lost() && self.time.now().us() <= self.steps_until_us.load(Ordering::Relaxed)
    }

    pub fn extend(&self, until: Moment) {
        self.steps_until_us.fetch_max(until.us(), Ordering::Relaxed);
    }

    /// Another one owns the store, or what was written last is not known.
    pub fn lose(&self) {
        self.lost.store(true, Ordering::Relaxed);
    }

    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }
}
