//! What is durable: it outlives every store opened on it, as a disk outlives a process.
use crate::fence::Groups;
use crate::store::Memory;
use crate::table::Rows;
use kernel::{CallKey, CallRecord, Head, Id, Parked, Recorded, StoredAnswer, TableName};
use runtime::port::store::Table;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A handle, cheap to clone. Drop a store without a word, as a crash does, and open the next one here.
#[derive(Clone, Default)]
pub struct Disk(Arc<RwLock<Contents>>);

#[derive(Clone, Default)]
pub(crate) struct Contents {
    pub head: Head,
    pub log: Vec<Arc<Recorded>>,
    pub log_of: HashMap<Id, Vec<u64>>,
    pub states: HashMap<String, BTreeMap<Id, Arc<str>>>,
    pub tables: HashMap<TableName, Rows>,
    pub calls: BTreeMap<CallKey, CallRecord>,
    pub answers: HashMap<(String, String), StoredAnswer>,
    pub parked: BTreeMap<(String, String, u64), Parked>,
    pub groups: Groups,
}

impl Disk {
    pub fn new() -> Disk {
        Disk::default()
    }

    /// Opens what lies here, with an empty table for each that is new. Those of older releases stay readable.
    pub fn open(&self, tables: &[Table]) -> Memory {
        self.write().declare(tables);
        Memory::new(self.clone(), None)
    }

    /// As `open`, and the store owns the disk from here on: whoever owned it before writes nothing any more, and nobody may write
    /// without owning it. Claimed first, read afterwards.
    pub fn claim(&self, tables: &[Table]) -> Memory {
        let mut contents = self.write();
        let fence = contents.groups.claim();
        contents.declare(tables);
        drop(contents);
        Memory::new(self.clone(), Some(fence))
    }

    /// A disk of its own with all that is durable at this moment.
    pub fn copy(&self) -> Disk {
        Disk(Arc::new(RwLock::new(self.read().clone())))
    }

    /// Whatever uses this disk finds it as it was when the other one was copied.
    pub fn go_back_to(&self, copy: &Disk) {
        let before = copy.read().clone();
        *self.write() = before;
    }

    // Each change is checked before the first one is made, so a thread that panicked left nothing half done.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Contents> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, Contents> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Contents {
    fn declare(&mut self, tables: &[Table]) {
        for table in tables {
            let rows = self.tables.entry(table.name.clone()).or_insert_with(|| Rows::new(table.clone()));
            rows.declare(table);
        }
    }
}
