//! One process of a context: it owns the context's store and drives the context, or it stands by.
use super::lease::{HeldLease, SeenLease};
use super::process::SimProcess;
use super::relay::SimRelay;
use super::store::ReadEarly;
use super::time::SimClock;
use kernel::Name;
use runtime::driver::{ContextHandle, Driver, Mailbox};
use runtime::limits::Limits;
use runtime::machine::Machine;
use runtime::port::clock::Moment;
use runtime::port::store::Store;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A store that was claimed and is still to be opened.
pub struct Claimed {
    pub store: memory::Memory,
    /// The owner before had left nothing in doubt.
    pub in_peace: bool,
}

pub struct SimReplica {
    /// Another one for each start.
    pub id: u64,
    pub handle: Arc<ContextHandle>,
    pub clock: Arc<SimClock>,
    pub process: Arc<SimProcess>,
    /// The bell of the mailbox was rung.
    rung: Arc<AtomicBool>,
    pub driver: Option<Driver>,
    pub relay: SimRelay,
    pub claimed: Option<Claimed>,
    /// Planted: what it has read of the store before it claims it.
    pub early: Option<ReadEarly>,
    /// Of the claim that it made last; `None`: a context of one process claims nothing.
    pub held: Option<Arc<HeldLease>>,
    pub epoch: u64,
    /// In the world's time: when the driver wants its next turn although no bell rings.
    pub wakes_at: Moment,
    /// It is being stopped; it is stopped then although work is under way.
    pub stops_at: Option<Moment>,
    /// It gives its lease back when it has stopped, to this process where there is one.
    pub leaves_to: Option<Option<u64>>,
    /// It stands still until then.
    pub paused_until: Moment,
    /// It stood still, and hears of others only after its next look at the lease.
    pub is_cut_off: Arc<AtomicBool>,
    /// When it looks at the lease again; `None`: never, as a context's only process.
    pub looks_at: Option<Moment>,
    pub seen: SeenLease,
    /// It is of a release that does not know all that others publish.
    pub is_older: bool,
}

impl SimReplica {
    pub fn new(context: Name, clock: SimClock, limits: &Limits) -> SimReplica {
        let (rung, clock) = (Arc::new(AtomicBool::new(false)), Arc::new(clock));
        let bell = rung.clone();
        let ring = Box::new(move || bell.store(true, Ordering::Relaxed));
        let mailbox = Mailbox::new(context, limits, clock.clone(), ring);
        SimReplica {
            id: 0,
            handle: Arc::new(ContextHandle::new(context, mailbox)),
            clock,
            process: Arc::new(SimProcess::start()),
            rung,
            driver: None,
            relay: SimRelay::default(),
            claimed: None,
            early: None,
            held: None,
            epoch: 0,
            wakes_at: Moment::default(),
            stops_at: None,
            leaves_to: None,
            paused_until: Moment::default(),
            is_cut_off: Arc::default(),
            looks_at: None,
            seen: SeenLease::default(),
            is_older: false,
        }
    }

    /// A process begins. It knows nothing of the one before.
    pub fn begin(&mut self, id: u64, looks_at: Option<Moment>) {
        (self.id, self.looks_at, self.process) = (id, looks_at, Arc::new(SimProcess::start()));
        (self.driver, self.claimed, self.early, self.held, self.epoch) = Default::default();
        (self.stops_at, self.leaves_to, self.paused_until) = (None, None, Moment::default());
        self.seen = SeenLease::default();
        self.is_cut_off.store(false, Ordering::Relaxed);
    }

    pub fn drive(&mut self, driver: Driver) {
        (self.driver, self.wakes_at) = (Some(driver), Moment::default());
        (self.stops_at, self.leaves_to) = (None, None);
    }

    /// The process ends where it stands; nothing of it is heard any more.
    pub fn crash(&mut self) {
        self.process.end();
        (self.driver, self.claimed) = (None, None);
        self.handle.mailbox.close();
    }

    /// Whether it works for the context, or believes so.
    pub fn is_up(&self) -> bool {
        self.driver.is_some()
    }

    /// It looks at the lease when it has made its connections again.
    pub fn pause(&mut self, until: Moment, looks_at: Moment) {
        (self.paused_until, self.looks_at) = (until, Some(looks_at));
        self.is_cut_off.store(true, Ordering::Relaxed);
    }

    /// It goes on where it stood, and hears of others again.
    pub fn join_again(&mut self) {
        self.paused_until = Moment::default();
        if self.is_cut_off.swap(false, Ordering::Relaxed) {
            self.handle.mailbox.news();
        }
    }

    pub fn is_paused(&self, now: Moment) -> bool {
        self.paused_until > now
    }

    /// Whether it wants a turn. A driver that sleeps and is not woken up stays asleep.
    pub fn is_ready(&self, now: Moment) -> bool {
        let has_work = self.is_up() && (self.wakes_at <= now || self.rung.load(Ordering::Relaxed));
        has_work && !self.is_paused(now)
    }

    /// Whether it looks at the lease now, or opens what it has claimed: on a thread of its own.
    pub fn has_to_look(&self, now: Moment) -> bool {
        let is_due = self.claimed.is_some() || self.looks_at.is_some_and(|at| at <= now);
        is_due && !self.process.has_ended() && !self.is_paused(now)
    }

    /// When it wants a turn by itself.
    pub fn wants_turn_at(&self) -> Option<Moment> {
        let looks_at = if self.claimed.is_some() { Some(Moment::default()) } else { self.looks_at };
        let looks_at = looks_at.filter(|_| !self.process.has_ended());
        let wakes_at = self.is_up().then_some(self.wakes_at);
        looks_at.into_iter().chain(wakes_at).min().map(|at| at.max(self.paused_until))
    }

    pub fn hush(&self) {
        self.rung.store(false, Ordering::Relaxed);
    }

    pub fn machine(&self) -> Option<&Machine> {
        self.driver.as_ref().map(Driver::machine)
    }

    pub fn store(&self) -> Option<&dyn Store> {
        self.driver.as_ref().map(Driver::store)
    }
}
