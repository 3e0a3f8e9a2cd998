//! One system at work in this process: a thread a context, each on its own store, joined by queues.
mod driver;
mod seat;
mod tail;

pub use seat::Pulse;

use crate::limits::Limits;
use crate::message::{Ask, Reply};
use crate::store::{Reader, Result, Store, StoreError};
use kernel::{Context, Id, Name, RowChange, Settings, System, Timestamp};
use seat::{Inbox, Seat};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// Called after each durable group, from its context's own thread; it must not block.
pub type OnCommit = Arc<dyn Fn(usize, &Arc<Vec<RowChange>>) + Send + Sync>;
pub type OpenStore = Box<dyn Fn(&Context) -> Result<Box<dyn Store>> + Send + Sync>;
pub type Snapshot = Box<dyn FnOnce(&Path) -> Result<()> + Send>;
pub type ReplyTo = Box<dyn FnOnce(Reply) + Send>;

/// Everything a system needs to start.
pub struct Opening {
    pub system: Arc<System>,
    /// The system's own.
    pub settings: Settings,
    pub limits: Limits,
    pub open: OpenStore,
    pub on_commit: OnCommit,
    /// Room left where the stores are, in MB.
    pub free_disk_mb: Box<dyn Fn() -> u64 + Send + Sync>,
}

/// How the sandbox's outside provider behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Sandbox {
    #[default]
    Approve,
    Decline,
    /// Answers within its time limit, but late in it.
    Slow,
    /// Does what it is asked, and answers when nobody waits any more.
    Late,
    Down,
}

impl Sandbox {
    pub const ALL: [(Name, Sandbox); 5] = [
        ("approve", Sandbox::Approve),
        ("decline", Sandbox::Decline),
        ("slow", Sandbox::Slow),
        ("late", Sandbox::Late),
        ("down", Sandbox::Down),
    ];

    pub fn named(name: &str) -> Option<Sandbox> {
        Sandbox::ALL.iter().find(|(word, _)| *word == name).map(|(_, mode)| *mode)
    }

    pub fn name(self) -> Name {
        Sandbox::ALL.iter().find(|(_, mode)| *mode == self).map_or("approve", |(word, _)| word)
    }

    fn of(number: u8) -> Sandbox {
        Sandbox::ALL.into_iter().map(|(_, mode)| mode).find(|mode| *mode as u8 == number).unwrap_or_default()
    }
}

/// What all seats of a system share.
pub(crate) struct Shared {
    opening: Opening,
    seats: Vec<Seat>,
    sandbox: AtomicU8,
    draining: AtomicBool,
}

pub struct Host {
    shared: Arc<Shared>,
}

/// The clock of a real run.
pub fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp(since.as_micros() as i64)
}

/// How often a wait looks whether its condition holds.
const LOOK: Duration = Duration::from_millis(2);

impl Host {
    /// Opens every store, recovers every context and starts its thread; the name of the context whose store can't be opened, and why.
    pub fn start(opening: Opening) -> std::result::Result<Arc<Host>, (Name, StoreError)> {
        let seats =
            opening.system.contexts.iter().map(|context| Seat::new(context.name, opening.limits.tail_events)).collect();
        let shared = Arc::new(Shared { opening, seats, sandbox: AtomicU8::new(0), draining: AtomicBool::new(false) });
        let host = Arc::new(Host { shared });
        for context in 0..host.shared.seats.len() {
            if let Err(error) = host.start_context(context) {
                host.drain();
                return Err((host.shared.seats[context].name, error));
            }
        }
        Ok(host)
    }

    pub fn system(&self) -> &Arc<System> {
        &self.shared.opening.system
    }

    pub fn limits(&self) -> &Limits {
        &self.shared.opening.limits
    }

    /// The reply comes from the context's thread when it is durable, or at once where the context can't take the request.
    pub fn ask(&self, context: usize, ask: Ask, reply: ReplyTo) {
        let seat = &self.shared.seats[context];
        if self.shared.draining.load(Ordering::Relaxed) {
            return reply(Err(seat::turned_away(seat.name)));
        }
        seat.ask(ask, reply, self.shared.opening.limits.queue_max);
    }

    /// `None` while the context is stopped.
    pub fn reader(&self, context: usize) -> Option<Arc<dyn Reader>> {
        self.shared.seats[context].reader()
    }

    /// The table that answers for a collection now: a changed view is rebuilt beside the one that answers.
    pub fn table(&self, context: usize, collection: &str) -> Option<String> {
        let declared = &self.system().contexts[context];
        if declared.collections.iter().any(|c| c.name == collection) {
            return Some(collection.to_string());
        }
        let view = declared.views.iter().find(|view| view.collection.name == collection)?;
        let answering = self.shared.seats[context].version(collection).unwrap_or(view.version);
        Some(format!("{collection}@{answering}"))
    }

    pub fn pulse(&self, context: usize) -> Pulse {
        self.shared.seats[context].pulse()
    }

    pub fn running(&self, context: usize) -> bool {
        self.shared.seats[context].running()
    }

    /// Finishes what is under way in it, within `drain_ms`, and stops it. The rest of the system goes on.
    pub fn stop_context(&self, context: usize) {
        let seat = &self.shared.seats[context];
        seat.stop_taking();
        let until = Instant::now() + Duration::from_millis(self.shared.opening.limits.drain_ms);
        while seat.running() && !seat.idle() && Instant::now() < until {
            std::thread::sleep(LOOK);
        }
        seat.stop();
    }

    pub fn start_context(&self, context: usize) -> Result<()> {
        driver::start(&self.shared, context)
    }

    /// An operator's word on what is parked for a key: try it again, or let its first event go with a reason.
    pub fn resume(&self, context: usize, key: Id, skip: Option<String>) -> std::result::Result<usize, String> {
        let (tell, told) = mpsc::sync_channel(1);
        let seat = &self.shared.seats[context];
        if !seat.post(Inbox::Resume { key, skip, tell }) {
            return Err(format!("{} is stopped: start it first", seat.name));
        }
        told.recv_timeout(Duration::from_secs(10)).unwrap_or_else(|_| Err(format!("{} does not answer", seat.name)))
    }

    pub fn sandbox(&self) -> Sandbox {
        Sandbox::of(self.shared.sandbox.load(Ordering::Relaxed))
    }

    pub fn set_sandbox(&self, mode: Sandbox) {
        self.shared.sandbox.store(mode as u8, Ordering::Relaxed);
        self.shared.seats.iter().for_each(Seat::wake);
    }

    /// Recovered, and not draining.
    pub fn ready(&self) -> bool {
        !self.shared.draining.load(Ordering::Relaxed)
            && self.shared.seats.iter().all(|seat| !seat.running() || seat.pulse().in_doubt == 0)
    }

    /// New requests are turned away from now on; what is under way goes on.
    pub fn stop_taking(&self) {
        self.shared.draining.store(true, Ordering::Relaxed);
    }

    /// Stops taking, finishes what is under way within `drain_ms`, closes the stores. Whether everything was finished.
    pub fn drain(&self) -> bool {
        self.stop_taking();
        let until = Instant::now() + Duration::from_millis(self.shared.opening.limits.drain_ms);
        let busy = || self.shared.seats.iter().any(|seat| seat.running() && !seat.idle());
        while busy() && Instant::now() < until {
            std::thread::sleep(LOOK);
        }
        let finished = !busy();
        self.shared.seats.iter().for_each(Seat::stop);
        finished
    }

    /// One consistent look at all contexts: every writer is held between two groups while the snapshots open.
    pub fn snapshots(&self) -> Result<Vec<(Name, Snapshot)>> {
        let mut held = vec![];
        for seat in &self.shared.seats {
            let (tell, told) = mpsc::sync_channel(1);
            let (release, released) = mpsc::sync_channel(1);
            if !seat.post(Inbox::Hold { held: tell, release: released }) {
                return Err(StoreError::Failed(format!("{} is stopped: start it, then back up", seat.name)));
            }
            held.push((seat, told, release));
        }
        let mut snapshots = vec![];
        for (seat, told, _) in &held {
            let late = |_| StoreError::Failed(format!("{} did not come to a hold in time", seat.name));
            told.recv_timeout(Duration::from_secs(10)).map_err(late)?;
        }
        for (seat, ..) in &held {
            let stopped = || StoreError::Failed(format!("{} stopped meanwhile", seat.name));
            snapshots.push((seat.name, seat.reader().ok_or_else(stopped)?.snapshot()?));
        }
        Ok(snapshots)
    }

    /// Conservation rules that are uneven although nothing is open and every consumer is past what made them so.
    pub fn broken(&self) -> Vec<(String, i128)> {
        let look = || (0..self.shared.seats.len()).map(|context| self.pulse(context)).collect::<Vec<_>>();
        let (first, second) = (look(), look());
        let heads = |pulses: &[Pulse]| pulses.iter().map(|pulse| pulse.head.position).collect::<Vec<_>>();
        let open = |pulse: &Pulse| pulse.sagas + pulse.undoing + pulse.in_doubt + pulse.parked_events > 0;
        let all = self.shared.seats.iter().all(Seat::running);
        if !all || heads(&first) != heads(&second) || second.iter().any(open) || self.behind(&second) {
            return vec![];
        }
        let mut sums = std::collections::BTreeMap::<String, i128>::new();
        for (rule, amount) in second.iter().flat_map(|pulse| &pulse.head.ledger) {
            *sums.entry(rule.clone()).or_default() += amount;
        }
        sums.into_iter().filter(|(_, sum)| *sum != 0).collect()
    }

    fn behind(&self, pulses: &[Pulse]) -> bool {
        let contexts = &self.system().contexts;
        let end = |name: &str| contexts.iter().position(|c| c.name == name).map_or(0, |at| pulses[at].head.position);
        contexts.iter().zip(pulses).any(|(context, pulse)| {
            context.sources().iter().any(|source| {
                let at = pulse.head.positions.get(&format!("{}<{}", source.consumer, source.name));
                at.copied().unwrap_or(0) < end(source.name)
            })
        })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.shared.seats.iter().for_each(Seat::stop);
    }
}
