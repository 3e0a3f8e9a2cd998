//! A context's store in a simulated world: it may fail for a while, and its process may end before a group is written or right after.
use super::commitments::Commitments;
use super::process::SimProcess;
use super::time::WorldTime;
use kernel::{CallKey, CallRecord, Group, Head, Id, Row, StoredAnswer};
use runtime::port::clock::Moment;
use runtime::port::store::{ParkedEvent, Reader, Result, Store, StoreError, StoreOrigin};
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

pub struct SimStore {
    pub store: Box<dyn Store>,
    pub process: Arc<SimProcess>,
    pub outage: Arc<DiskOutage>,
    pub commitments: Arc<Commitments>,
}

impl Store for SimStore {
    fn head(&self) -> Result<Head> {
        self.outage.read()?;
        self.store.head()
    }

    fn origin(&self) -> StoreOrigin {
        self.store.origin()
    }

    fn apply(&mut self, group: &Group) -> Result<()> {
        self.outage.write()?;
        if !self.process.acts() {
            return Err(StoreError::Failed("the process has ended".into()));
        }
        self.store.apply(group)?;
        self.commitments.made_durable(group);
        Ok(())
    }

    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        self.outage.read()?;
        self.store.state(kind, id)
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        self.outage.read()?;
        self.store.row(table, id)
    }

    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        self.outage.read()?;
        self.store.call(key)
    }

    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        self.outage.read()?;
        self.store.calls(caller, from, to)
    }

    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        self.outage.read()?;
        self.store.answer(route, key)
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.outage.read()?;
        self.store.parked()
    }

    /// Readers have connections of their own.
    fn reader(&self) -> Arc<dyn Reader> {
        self.store.reader()
    }

    fn maintain(&mut self) -> Result<()> {
        self.outage.write()?;
        self.store.maintain()
    }
}
