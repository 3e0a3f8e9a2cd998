//! The readers' side: each answer under one lock, so a consistent look.
use crate::disk::{Contents, Disk};
use kernel::{CallKey, CallRecord, Head, Id, Name, Recorded, Row};
use runtime::port::store::{ListedChanges, ParkedEvent, Query, ReadLimit, Reader, Result, RowPage, StoreError};
use std::path::Path;
use std::sync::Arc;

pub(crate) struct Readers {
    disk: Disk,
}

impl Readers {
    pub fn new(disk: Disk) -> Readers {
        Readers { disk }
    }
}

impl Reader for Readers {
    fn adapter(&self) -> Name {
        "memory"
    }

    fn head(&self) -> Result<Head> {
        Ok(self.disk.read().head.clone())
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        Ok(self.disk.read().table(table)?.get(id).map(|row| Row::clone(row)))
    }

    fn page(&self, table: &str, query: &Query) -> Result<RowPage> {
        let contents = self.disk.read();
        let rows = contents.table(table)?;
        rows.declares(query.find, query.sort)?;
        if rows.indexed(query) {
            return Ok(rows.page(query));
        }
        drop(contents);
        let mut contents = self.disk.write();
        if let Some(rows) = contents.tables.get_mut(table) {
            rows.index(query);
        }
        Ok(contents.table(table)?.page(query))
    }

    fn changes(&self, table: &str, after: u64, found: &[(usize, i64)], limit: ReadLimit) -> Result<ListedChanges> {
        let contents = self.disk.read();
        let rows = contents.table(table)?;
        rows.table().has_changes_by(found)?;
        Ok(rows.changes(after, found, limit))
    }

    fn log(&self, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
        let contents = self.disk.read();
        Ok(contents.log.iter().skip(after as usize).take(at_most).map(read_back).collect())
    }

    fn log_of(&self, key: Id, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
        let contents = self.disk.read();
        let Some(positions) = contents.log_of.get(&key) else { return Ok(vec![]) };
        let behind = &positions[positions.partition_point(|position| *position <= after)..];
        let events = behind.iter().filter_map(|position| contents.log.get(*position as usize - 1));
        Ok(events.take(at_most).map(read_back).collect())
    }

    fn states(&self, kind: &str, after: Id, at_most: usize) -> Result<Vec<(Id, Arc<str>)>> {
        let contents = self.disk.read();
        let Some(states) = contents.states.get(kind) else { return Ok(vec![]) };
        let behind = states.range(Id(after.0.saturating_add(1))..);
        Ok(behind.take(at_most).map(|(id, body)| (*id, body.clone())).collect())
    }

    fn rows(&self, table: &str, after: Id, at_most: usize) -> Result<Vec<(Id, Row)>> {
        let contents = self.disk.read();
        let behind = contents.table(table)?.behind(after);
        Ok(behind.take(at_most).map(|(id, row)| (*id, Row::clone(row))).collect())
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        Ok(parked_events(&self.disk.read()))
    }

    fn calls(&self) -> Result<Vec<(CallKey, CallRecord)>> {
        Ok(self.disk.read().calls.iter().map(|(key, called)| (key.clone(), called.clone())).collect())
    }

    /// Always sound: no one but `apply` can reach what lies here, and it checks first.
    fn verify(&self) -> Result<Vec<String>> {
        Ok(vec![])
    }

    fn snapshot(&self) -> Result<Box<dyn FnOnce(&Path) -> Result<()> + Send>> {
        Err(StoreError::Failed("A store in memory keeps no file to copy. Run on SQLite to take backups.".into()))
    }

    fn bytes(&self) -> u64 {
        0
    }
}

/// In the order in which they were set aside.
pub(crate) fn parked_events(contents: &Contents) -> Vec<ParkedEvent> {
    let mut parked_events: Vec<ParkedEvent> =
        contents.parked.iter().map(|(place, parked)| (place.clone(), parked.clone())).collect();
    parked_events.sort_by_key(|(_, parked)| parked.order);
    parked_events
}

/// As a file would give it back: frame and JSON. The value stays with the process that made it.
fn read_back(event: &Arc<Recorded>) -> Recorded {
    Recorded { value: None, ..Recorded::clone(event) }
}
