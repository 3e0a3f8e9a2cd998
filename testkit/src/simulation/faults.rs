//! What may go wrong in a lifetime, by class: a shrunk failure names the few it needs.
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// One class of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Messages that never arrive, or do not leave.
    Losses,
    /// Messages that arrive twice, the second time late.
    Doubles,
    /// Messages that arrive past every deadline.
    Delays,
    /// Contexts that end between any two steps, with all that was not durable.
    Crashes,
    /// Contexts that are down for a while.
    Outages,
    /// Providers that decline, are slow, late or down.
    Providers,
    /// Events delivered again.
    Redelivery,
    /// Events that have been to JSON and back.
    Rereading,
    /// Clients that ask again, under the same key or a new one.
    Repeats,
    /// Clients that change only what they have read.
    Conditions,
    /// Clocks that don't agree.
    Skew,
    /// Wall clocks that step back and ahead by up to an hour.
    ClockSteps,
    /// Contexts that are stopped in peace and started again.
    Stops,
    /// Stores that fail for a while.
    Disks,
    /// Sources that can't be read at the moment, or give fewer events than they have.
    Sources,
    /// Contexts of several processes, one of which owns the store.
    Replicas,
    /// Processes that stand still for any time, and go on as if nothing had been.
    Pauses,
    /// Owners that are taken for gone although they live.
    Suspicions,
    /// Owners that give a context to another process.
    HandOvers,
    /// Renewals of a lease that are lost on the way, or on the way back.
    Heartbeats,
    /// Senders that ask a process that is not the owner.
    Directories,
    /// Groups of which their owner hears nothing: they are there, or never will be, or arrive later.
    UnknownCommits,
    /// Claims of a store that can't be opened then.
    Claims,
    /// A server's clock that steps back and ahead.
    ServerClock,
    /// A disk that goes back in time: it has to be noticed.
    WentBack,
    /// Topics that lose, double, delay and cut off messages, in the lifetimes in which contexts hear each other over one.
    Topics,
}

impl Fault {
    pub const ALL: [Fault; 26] = [
        Fault::Losses,
        Fault::Doubles,
        Fault::Delays,
        Fault::Crashes,
        Fault::Outages,
        Fault::Providers,
        Fault::Redelivery,
        Fault::Rereading,
        Fault::Repeats,
        Fault::Conditions,
        Fault::Skew,
        Fault::ClockSteps,
        Fault::Stops,
        Fault::Disks,
        Fault::Sources,
        Fault::Replicas,
        Fault::Pauses,
        Fault::Suspicions,
        Fault::HandOvers,
        Fault::Heartbeats,
        Fault::Directories,
        Fault::UnknownCommits,
        Fault::Claims,
        Fault::ServerClock,
        Fault::WentBack,
        Fault::Topics,
    ];
}

/// Those that are on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Faults(u32);

impl Faults {
    pub const ALL: Faults = Faults((1 << Fault::ALL.len()) - 1);
    pub const NONE: Faults = Faults(0);

    pub fn on(self, fault: Fault) -> bool {
        self.0 & (1 << fault as u32) != 0
    }

    pub fn with(self, fault: Fault) -> Faults {
        Faults(self.0 | (1 << fault as u32))
    }

    pub fn without(self, fault: Fault) -> Faults {
        Faults(self.0 & !(1 << fault as u32))
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(Fault::ALL.into_iter().filter(|fault| self.on(*fault))).finish()
    }
}

/// The faults of a lifetime as the parts of its world see them: none while the world is calm.
pub struct ActiveFaults {
    faults: Faults,
    calm: AtomicBool,
}

impl ActiveFaults {
    pub fn new(faults: Faults, calm: bool) -> ActiveFaults {
        ActiveFaults { faults, calm: AtomicBool::new(calm) }
    }

    pub fn on(&self, fault: Fault) -> bool {
        self.faults.on(fault) && !self.is_calm()
    }

    pub fn is_calm(&self) -> bool {
        self.calm.load(Ordering::Relaxed)
    }

    pub fn calm_down(&self) {
        self.calm.store(true, Ordering::Relaxed);
    }
}
