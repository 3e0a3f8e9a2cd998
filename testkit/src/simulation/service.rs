//! One context in a simulated world: what it keeps on its disk, and the driver of the process that may end at any moment.
use super::broken::Lived;
use super::commitments::Commitments;
use super::log::KnownLog;
use super::process::SimProcess;
use super::store::DiskOutage;
use super::time::{SimClock, WorldTime};
use kernel::{Context, Name, Recorded, SubscriptionKey, System};
use runtime::driver::{ContextHandle, ContextOpening, Driver, Mailbox, Ports};
use runtime::limits::Limits;
use runtime::machine::Machine;
use runtime::port::clock::Moment;
use runtime::port::store::Store;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Opens what is durable; the store that it gave before is gone by then, as after a crash.
pub type OpenDisk = Box<dyn Fn() -> Box<dyn Store>>;

pub struct Service {
    pub name: Name,
    open_disk: OpenDisk,
    pub handle: Arc<ContextHandle>,
    pub clock: Arc<SimClock>,
    pub outage: Arc<DiskOutage>,
    pub commitments: Arc<Commitments>,
    pub known: Arc<KnownLog>,
    pub process: Arc<SimProcess>,
    /// The bell of the mailbox was rung.
    rung: Arc<AtomicBool>,
    pub driver: Option<Driver>,
    /// In the world's time: when the driver wants its next turn although no bell rings.
    pub wakes_at: Moment,
    /// The context is being stopped; it is stopped then although work is under way.
    pub stops_at: Option<Moment>,
    /// The events that are known, for checks.
    pub log: Vec<Arc<Recorded>>,
}

impl Service {
    pub fn new(
        context: &Context,
        open_disk: OpenDisk,
        clock: SimClock,
        time: &Arc<WorldTime>,
        limits: &Limits,
    ) -> Service {
        let (rung, clock) = (Arc::new(AtomicBool::new(false)), Arc::new(clock));
        let bell = rung.clone();
        let ring = Box::new(move || bell.store(true, Ordering::Relaxed));
        let mailbox = Mailbox::new(context.name, limits, clock.clone(), ring);
        Service {
            name: context.name,
            open_disk,
            handle: Arc::new(ContextHandle::new(context.name, mailbox)),
            clock,
            outage: Arc::new(DiskOutage::new(time.clone())),
            commitments: Arc::default(),
            known: Arc::default(),
            process: Arc::new(SimProcess::start()),
            rung,
            driver: None,
            wakes_at: Moment::default(),
            stops_at: None,
            log: vec![],
        }
    }

    /// The store on this context's disk; the one before is closed first.
    pub fn open_store(&mut self) -> Box<dyn Store> {
        self.driver = None;
        (self.open_disk)()
    }

    pub fn open(&mut self, opening: ContextOpening, ports: Ports) -> Lived {
        let driver = Driver::open(opening, ports, self.handle.clone())?;
        if driver.machine().head().position > self.known.len() {
            self.known.read_rest(&*driver.store().reader())?;
        }
        (self.driver, self.wakes_at, self.stops_at) = (Some(driver), Moment::default(), None);
        Ok(())
    }

    /// The process ends where it stands; nothing of it is heard any more.
    pub fn crash(&mut self) {
        self.process.end();
        self.driver = None;
        self.handle.mailbox.close();
    }

    pub fn is_up(&self) -> bool {
        self.driver.is_some()
    }

    /// Whether its driver wants a turn. A driver that sleeps and is not woken up stays asleep.
    pub fn is_ready(&self, now: Moment) -> bool {
        self.is_up() && (self.wakes_at <= now || self.rung.load(Ordering::Relaxed))
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

/// The subscriptions of a machine with events to read, each with the position behind which it wants them.
pub fn open_subscriptions(machine: &Machine, has: impl Fn(&str, u64) -> bool) -> Vec<SubscriptionKey> {
    machine
        .wants()
        .filter(|(subscription, position)| has(&subscription.source, *position))
        .map(|(subscription, _)| subscription.clone())
        .collect()
}

pub fn index(system: &System, context: &str) -> usize {
    let found = system.contexts.iter().position(|c: &Context| c.name == context);
    found.unwrap_or_else(|| panic!("{} has no context {context}; its faults: {:#?}", system.name, system.faults()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "lonely has no context nowhere; its faults: [\n    the conservation rule money")]
    fn a_context_that_is_not_there_is_named_with_what_else_is_wrong() {
        index(&System::new("lonely", "lonely", "").conserves("money", "of nobody"), "nowhere");
    }
}
