//! A context's store in a simulated world: it may fail for a while, and its process may end before a group is written or right after.
use super::commitments::Commitments;
use super::injected::ProtocolFault;
use super::lease::HeldLease;
use super::process::SimProcess;
use super::time::WorldTime;
use kernel::{CallKey, CallRecord, Group, Head, Id, Row, StoredAnswer};
use memory::Memory;
use runtime::port::clock::Moment;
use runtime::port::store::{ParkedEvent, Reader, Result, Store, StoreError, StoreOrigin};
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

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
pub enum OpenedStore {
    /// Its own until another process claims the disk.
    Claimed(Memory),
    Only(Box<dyn Store>),
}

impl OpenedStore {
    fn get(&self) -> &dyn Store {
        match self {
            OpenedStore::Claimed(store) => store,
            OpenedStore::Only(store) => store.as_ref(),
        }
    }

    fn get_mut(&mut self) -> &mut dyn Store {
        match self {
            OpenedStore::Claimed(store) => store,
            OpenedStore::Only(store) => store.as_mut(),
        }
    }
}

/// What a process has read of a store; planted, it is kept although the store is claimed only afterwards.
#[derive(Clone)]
pub struct ReadEarly {
    pub head: Head,
    pub parked: Vec<ParkedEvent>,
}

pub struct SimStore {
    pub store: OpenedStore,
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
}

impl SimStore {
    fn write(&mut self, group: &Group) -> Result<()> {
        let done = self.store.get_mut().apply(group);
        if self.injected == Some(ProtocolFault::NoVersionFence)
            && done == Err(StoreError::Conflict)
            && let Some(claims) = &self.claims
        {
            self.store = OpenedStore::Claimed(claims());
            return self.store.get_mut().apply(group);
        }
        done
    }
}

impl Store for SimStore {
    fn head(&self) -> Result<Head> {
        self.outage.read()?;
        if let Some(early) = &*self.early.borrow() {
            return Ok(early.head.clone());
        }
        self.store.get().head()
    }

    fn origin(&self) -> StoreOrigin {
        self.store.get().origin()
    }

    fn holds_lease(&self) -> bool {
        self.held.as_ref().is_none_or(|held| held.holds())
    }

    fn apply(&mut self, group: &Group) -> Result<()> {
        self.outage.write()?;
        if !self.process.acts() {
            return Err(StoreError::Failed("the process has ended".into()));
        }
        let done = self.write(group);
        if matches!(done, Err(StoreError::Conflict | StoreError::Mismatched(_)))
            && let Some(held) = &self.held
        {
            held.lose();
        }
        done?;
        self.commitments.made_durable(group);
        Ok(())
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
