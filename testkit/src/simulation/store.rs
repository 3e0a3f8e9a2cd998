//! A context's store in a simulated world: it may fail for a while, and its process may end before a group is written or right after.
use super::commitments::Commitments;
use super::faults::{ActiveFaults, Fault};
use super::injected::ProtocolFault;
use super::lease::HeldLease;
use super::lock::lock;
use super::process::SimProcess;
use super::random::Random;
use super::time::WorldTime;
use kernel::{CallKey, CallRecord, Group, Head, Id, Row, StoredAnswer};
use memory::{Memory, SentGroup};
use runtime::port::clock::Moment;
use runtime::port::store::{ParkedEvent, Reader, Result, Store, StoreError, StoreOrigin};
use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// Until when a context's disk fails, and whether it can be read meanwhile.
pub struct DiskOutage {
    time: Arc<WorldTime>,
    until_us: AtomicU64,
    reads: AtomicBool,
}

impl DiskOutage {
    pub fn new(time: Arc<WorldTime>) -> DiskOutage {
        DiskOutage { time, until_us: AtomicU64::new(0), reads: AtomicBool::new(true) }
    }

    pub fn begin(&self, until: Moment, reads: bool) {
        self.until_us.store(until.us(), Ordering::Relaxed);
        self.reads.store(reads, Ordering::Relaxed);
    }

    pub fn end(&self) {
        self.until_us.store(0, Ordering::Relaxed);
    }

    pub fn lasts(&self) -> bool {
        self.time.now().us() < self.until_us.load(Ordering::Relaxed)
    }

    fn write(&self) -> Result<()> {
        if self.lasts() { Err(StoreError::Full("the simulated disk is full".into())) } else { Ok(()) }
    }

    fn read(&self) -> Result<()> {
        let fails = self.lasts() && !self.reads.load(Ordering::Relaxed);
        if fails { Err(StoreError::Failed("the simulated disk can't be read".into())) } else { Ok(()) }
    }
}

/// What a process has opened.
pub enum OpenedDisk {
    /// Its own until another process claims the disk.
    Claimed(Memory),
    Only(Box<dyn Store>),
}

impl OpenedDisk {
    fn get(&self) -> &dyn Store {
        match self {
            OpenedDisk::Claimed(store) => store,
            OpenedDisk::Only(store) => store.as_ref(),
        }
    }

    fn get_mut(&mut self) -> &mut dyn Store {
        match self {
            OpenedDisk::Claimed(store) => store,
            OpenedDisk::Only(store) => store.as_mut(),
        }
    }
}

/// What a process has read of a store; planted, it is kept although the store is claimed only afterwards.
#[derive(Clone)]
pub struct ReadEarly {
    pub head: Head,
    pub parked: Vec<ParkedEvent>,
}

/// A group of which its owner has heard nothing. It may arrive still.
pub struct LateGroup {
    pub at: Moment,
    pub sent: SentGroup,
    pub group: Group,
    pub commitments: Arc<Commitments>,
}

impl LateGroup {
    /// Whether its place was free still.
    pub fn arrive(&self) -> bool {
        let has_arrived = self.sent.arrive().is_ok();
        if has_arrived {
            self.commitments.made_durable(&self.group);
        }
        has_arrived
    }
}

/// What may happen to groups on their way to the disk, and those that are on it.
pub struct GroupWay {
    pub random: Arc<Random>,
    pub active: Arc<ActiveFaults>,
    pub late: Arc<Mutex<Vec<LateGroup>>>,
}

pub struct SimStore {
    pub store: OpenedDisk,
    pub process: Arc<SimProcess>,
    pub outage: Arc<DiskOutage>,
    pub commitments: Arc<Commitments>,
    /// Of the claim; `None`: nobody else can claim the store.
    pub held: Option<Arc<HeldLease>>,
    /// Owns the disk again.
    pub claims: Option<Box<dyn Fn() -> Memory + Send>>,
    /// Said once instead of what is durable.
    pub early: RefCell<Option<ReadEarly>>,
    pub injected: Option<ProtocolFault>,
    pub way: GroupWay,
    /// What became of a group is not known: the store is to be claimed again.
    pub unconfirmed: bool,
}

impl SimStore {
    /// The connection may break before the server has said what became of the group.
    fn send(&mut self, group: &Group) -> Result<()> {
        let GroupWay { random, active, .. } = &self.way;
        let is_unheard = || active.on(Fault::UnknownCommits) && random.percent(4);
        match &self.store {
            OpenedDisk::Claimed(store) if is_unheard() => {
                let (sent, commitments) = (store.send(group)?, self.commitments.clone());
                let at = self.outage.time.now().plus_ms(random.below(40));
                self.find_out(LateGroup { at, sent, group: group.clone(), commitments })
            }
            _ => {
                self.write(group)?;
                self.commitments.made_durable(group);
                Ok(())
            }
        }
    }

    /// The group has arrived, or never will, or is still on its way; the owner has to find out.
    fn find_out(&mut self, late: LateGroup) -> Result<()> {
        let random = &self.way.random;
        let (arrives, is_away) = (random.percent(40), random.percent(25));
        let has_arrived = arrives && late.arrive();
        let OpenedDisk::Claimed(store) = &mut self.store else { return Ok(()) };
        let failed = || Err(StoreError::Failed("the simulated server has not answered".into()));
        let (done, again) = match self.injected {
            Some(ProtocolFault::UnknownCommitIsFailed) => (failed(), false),
            Some(ProtocolFault::UnknownCommitJustLooked) if !has_arrived => (failed(), false),
            _ if is_away => {
                self.unconfirmed = true;
                (Err(StoreError::Unconfirmed("the simulated server does not say what became of it".into())), false)
            }
            _ => match store.resolve(&late.sent) {
                Ok(is_there) => (Ok(()), !is_there),
                Err(error) => (Err(error), false),
            },
        };
        let group = late.group.clone();
        if !arrives && random.percent(70) {
            lock(&self.way.late).push(late);
        }
        if again { self.send(&group) } else { done }
    }

    fn write(&mut self, group: &Group) -> Result<()> {
        let done = self.store.get_mut().apply(group);
        if self.injected == Some(ProtocolFault::NoVersionFence)
            && done == Err(StoreError::Conflict)
            && let Some(claims) = &self.claims
        {
            self.store = OpenedDisk::Claimed(claims());
            return self.store.get_mut().apply(group);
        }
        done
    }
}

impl Store for SimStore {
    fn head(&self) -> Result<Head> {
        self.outage.read()?;
        if self.unconfirmed {
            return Err(StoreError::Conflict);
        }
        if let Some(early) = &*self.early.borrow() {
            return Ok(early.head.clone());
        }
        self.store.get().head()
    }

    fn origin(&self) -> StoreOrigin {
        self.store.get().origin()
    }

    fn holds_lease(&self) -> bool {
        let is_ignored = self.injected == Some(ProtocolFault::StaleOwnerAnswers);
        is_ignored || self.held.as_ref().is_none_or(|held| held.holds())
    }

    fn apply(&mut self, group: &Group) -> Result<()> {
        self.outage.write()?;
        if !self.process.acts() {
            return Err(StoreError::Failed("the process has ended".into()));
        }
        let done = self.send(group);
        let is_lost =
            matches!(done, Err(StoreError::Conflict | StoreError::Mismatched(_) | StoreError::Unconfirmed(_)));
        if let Some(held) = self.held.as_ref().filter(|_| is_lost) {
            held.lose();
        }
        match done {
            Err(StoreError::Mismatched(_)) if self.injected == Some(ProtocolFault::RestoredSourceIsDuplicate) => {
                Err(StoreError::Conflict)
            }
            done => done,
        }
    }

    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        self.outage.read()?;
        self.store.get().state(kind, id)
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        self.outage.read()?;
        self.store.get().row(table, id)
    }

    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        self.outage.read()?;
        self.store.get().call(key)
    }

    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        self.outage.read()?;
        self.store.get().calls(caller, from, to)
    }

    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        self.outage.read()?;
        self.store.get().answer(route, key)
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.outage.read()?;
        if let Some(early) = self.early.take() {
            return Ok(early.parked);
        }
        self.store.get().parked()
    }

    /// Readers have connections of their own.
    fn reader(&self) -> Arc<dyn Reader> {
        self.store.get().reader()
    }

    fn maintain(&mut self) -> Result<()> {
        self.outage.write()?;
        self.store.get_mut().maintain()
    }
}
