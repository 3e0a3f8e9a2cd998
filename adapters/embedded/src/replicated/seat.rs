//! A context's seat in this process: whether it owns the context, and what it knows of the other replicas.
use crate::slot::Slot;
use kernel::Name;
use runtime::limits::Limits;
use runtime::port::clock::Clock;
use runtime::port::replica::{Ownership, Replica, ReplicaState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What a seat does for its context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeatRole {
    /// It reads, and takes over when nobody owns the context.
    Follows,
    /// It has claimed the store and recovers the context.
    Takes,
    Owns,
    /// It finishes what is under way, for another replica to go on.
    Gives,
    /// It claims nothing any more until the process starts again, for this reason.
    Stopped(String),
}

/// What a seat is told from outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wish {
    #[default]
    Work,
    /// Give the context away; the process is about to end.
    Leave,
    /// The thread ends.
    End,
}

pub struct Seat {
    pub(super) slot: Slot,
    pub(super) me: Replica,
    standing: Mutex<Standing>,
    changed: Condvar,
    taken_over: AtomicU64,
    given_away: AtomicU64,
}

/// How the seat stands at this moment.
struct Standing {
    role: SeatRole,
    wish: Wish,
    ownership: Ownership,
    /// When the store was last heard of.
    looked_at: Option<Instant>,
    /// Since when no owner is known.
    ownerless_since: Option<Instant>,
    /// Why the store could not be looked at, or not be claimed.
    fault: Option<String>,
    /// The thread is to look at once.
    rung: bool,
    has_ended: bool,
}

impl Seat {
    pub(super) fn new(name: Name, me: Replica, limits: &Limits, clock: Arc<dyn Clock>) -> Seat {
        let standing = Standing {
            role: SeatRole::Follows,
            wish: Wish::Work,
            ownership: Ownership::default(),
            looked_at: None,
            ownerless_since: Some(Instant::now()),
            fault: None,
            rung: false,
            has_ended: false,
        };
        Seat {
            slot: Slot::new(name, limits, clock),
            me,
            standing: Mutex::new(standing),
            changed: Condvar::new(),
            taken_over: AtomicU64::new(0),
            given_away: AtomicU64::new(0),
        }
    }

    /// How often this replica has come to own the context.
    pub fn taken_over(&self) -> u64 {
        self.taken_over.load(Ordering::Relaxed)
    }

    /// How often it gave the context to another one.
    pub fn given_away(&self) -> u64 {
        self.given_away.load(Ordering::Relaxed)
    }

    pub(super) fn count_taken_over(&self) {
        self.taken_over.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_given_away(&self) {
        self.given_away.fetch_add(1, Ordering::Relaxed);
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn name(&self) -> Name {
        self.slot.handle.name
    }

    pub fn role(&self) -> SeatRole {
        self.standing().role.clone()
    }

    pub fn owns(&self) -> bool {
        self.standing().role == SeatRole::Owns
    }

    /// Whoever waits for a role hears of it.
    pub(super) fn set_role(&self, role: SeatRole) {
        self.standing().role = role;
        self.changed.notify_all();
    }

    /// What the store says of its owner and its replicas, or said last.
    pub fn ownership(&self) -> Ownership {
        self.standing().ownership.clone()
    }

    pub fn fault(&self) -> Option<String> {
        self.standing().fault.clone()
    }

    pub(super) fn set_fault(&self, fault: Option<String>) {
        self.standing().fault = fault;
    }

    pub(super) fn wish(&self) -> Wish {
        self.standing().wish
    }

    /// Whether the store says to the others that this replica can own the context.
    pub(super) fn is_known_to_be_ready(&self) -> bool {
        let standing = self.standing();
        let is_me = |replica: &&Replica| replica.id == self.me.id;
        let known = standing.ownership.replicas.iter().find(is_me);
        known.is_some_and(|replica| replica.state == ReplicaState::Ready)
    }

    pub(super) fn looked(&self, ownership: Ownership) {
        let now = Instant::now();
        let mut standing = self.standing();
        let has_owner = ownership.owner.is_some() && !ownership.is_free;
        standing.ownerless_since = if has_owner { None } else { standing.ownerless_since.or(Some(now)) };
        (standing.ownership, standing.looked_at) = (ownership, Some(now));
    }

    /// Whether the store was heard of within this time.
    pub(super) fn was_heard_of(&self, within: Duration) -> bool {
        self.standing().looked_at.is_some_and(|at| at.elapsed() < within)
    }

    pub(super) fn is_ownerless_for(&self, time: Duration) -> bool {
        self.standing().ownerless_since.is_some_and(|since| since.elapsed() > time)
    }

    /// What the others are to see of this replica.
    pub(super) fn state(&self) -> ReplicaState {
        let standing = self.standing();
        match (&standing.role, standing.wish) {
            (_, Wish::Leave | Wish::End) => ReplicaState::Leaving,
            (SeatRole::Stopped(_), _) => ReplicaState::Starting,
            _ if self.slot.log.reader().is_some() => ReplicaState::Ready,
            _ => ReplicaState::Starting,
        }
    }

    pub(super) fn want(&self, wish: Wish) {
        let mut standing = self.standing();
        (standing.wish, standing.rung) = (wish, true);
        self.changed.notify_all();
    }

    /// Its thread is to look at the store now.
    pub fn ring(&self) {
        self.standing().rung = true;
        self.changed.notify_all();
    }

    /// Until it is rung, or for this time; whether it was rung.
    pub(super) fn sleep(&self, time: Duration) -> bool {
        let standing = self.standing();
        let woken = self.changed.wait_timeout_while(standing, time, |standing| !standing.rung);
        std::mem::take(&mut woken.unwrap_or_else(PoisonError::into_inner).0.rung)
    }

    pub(super) fn end(&self) {
        self.standing().has_ended = true;
        self.changed.notify_all();
    }

    /// Whether its thread ended within this time, or the condition came to hold.
    pub(super) fn wait_until(&self, within: Duration, holds: impl Fn(&SeatRole) -> bool) -> bool {
        let standing = self.standing();
        let waited =
            self.changed.wait_timeout_while(standing, within, |standing| !standing.has_ended && !holds(&standing.role));
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}
