//! What is durable: it outlives every store opened on it, as a disk outlives a process.
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
}

impl Disk {
    pub fn new() -> Disk {
        Disk::default()
    }

    /// Opens what lies here, with an empty table for each that is new. Those of older releases stay readable.
    pub fn open(&self, tables: &[Table]) -> Memory {
        let mut contents = self.write();
        for table in tables {
            let rows = contents.tables.entry(table.name.clone()).or_insert_with(|| Rows::new(table.clone()));
            rows.declare_pairs(&table.pairs);
        }
        drop(contents);
        Memory::new(self.clone())
    }

    /// A disk of its own with all that is durable at this moment.
    pub fn copy(&self) -> Disk {
        Disk(Arc::new(RwLock::new(self.read().clone())))
    }

    // Each change is checked before the first one is made, so a thread that panicked left nothing half done.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Contents> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, Contents> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
