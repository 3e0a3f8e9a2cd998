//! The readers' side.
use crate::catalog::Catalog;
use crate::fault::{Done, Fault};
use crate::pool::Pool;
use crate::stored_table::StoredTable;
use crate::{calls, changes, head, lock, log, page, parked, rows, snapshot, states, verify};
use kernel::{CallKey, CallRecord, Head, Id, Name, Recorded, Row};
use runtime::port::store::{ListedChanges, ParkedEvent, Query, ReadLimit, Reader, Result, RowPage};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;

pub(crate) struct Readers {
    pool: Arc<Pool>,
    /// For consumers that read the log: however many other reads there are, they do not wait for those.
    logs: Pool,
    catalog: Catalog,
}

impl Readers {
    pub fn new(pool: Arc<Pool>, catalog: Catalog) -> Readers {
        Readers { logs: pool.for_consumers(), pool, catalog }
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> Done<T>) -> Result<T> {
        self.pool.read(read).map_err(|fault| fault.at(self.pool.path()))
    }

    fn read_table<T>(&self, table: &str, read: impl FnOnce(&Connection, &StoredTable) -> Done<T>) -> Result<T> {
        self.read(|connection| read(connection, &*self.catalog.get(table)?))
    }
}

impl Reader for Readers {
    fn adapter(&self) -> Name {
        "SQLite"
    }

    fn head(&self) -> Result<Head> {
        self.read(head::get)
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        self.read_table(table, |connection, stored| Ok(rows::get(connection, stored, id)?))
    }

    fn page(&self, table: &str, query: &Query) -> Result<RowPage> {
        self.read_table(table, |connection, stored| page::page(connection, stored, query))
    }

    fn changes(&self, table: &str, after: u64, found: &[(usize, i64)], limit: ReadLimit) -> Result<ListedChanges> {
        self.read_table(table, |connection, stored| changes::after(connection, stored, after, found, limit))
    }

    fn log(&self, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
        self.read(|connection| Ok(log::after(connection, after, at_most)?))
    }

    fn log_for_consumer(&self, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
        let log = self.logs.read(|connection| Ok(log::after(connection, after, at_most)?));
        log.map_err(|fault| fault.at(self.pool.path()))
    }

    fn log_of(&self, key: Id, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
        self.read(|connection| Ok(log::of_key(connection, key, after, at_most)?))
    }

    fn states(&self, kind: &str, after: Id, at_most: usize) -> Result<Vec<(Id, Arc<str>)>> {
        self.read(|connection| Ok(states::after(connection, kind, after, at_most)?))
    }

    fn rows(&self, table: &str, after: Id, at_most: usize) -> Result<Vec<(Id, Row)>> {
        self.read_table(table, |connection, stored| Ok(rows::after(connection, stored, after, at_most)?))
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.read(parked::all)
    }

    fn calls(&self) -> Result<Vec<(CallKey, CallRecord)>> {
        self.read(|connection| Ok(calls::all(connection)?))
    }

    fn verify(&self) -> Result<Vec<String>> {
        let verify = || {
            let connection = self.pool.connect(verify::CACHE_KB)?;
            Ok(verify::all(&*connection.unchecked_transaction()?, &self.catalog.all()))
        };
        verify().map_err(|fault: Fault| fault.at(self.pool.path()))
    }

    fn snapshot(&self) -> Result<Box<dyn FnOnce(&Path) -> Result<()> + Send>> {
        snapshot::take(&self.pool).map_err(|fault| fault.at(self.pool.path()))
    }

    fn bytes(&self) -> u64 {
        let size = |end| std::fs::metadata(lock::beside(self.pool.path(), end)).map_or(0, |file| file.len());
        size("") + size("-wal")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    #[test]
    fn a_consumer_reads_the_log_although_every_other_reader_is_at_work() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = folder.path().join("catch.db");
        let options = Options { readers_max: 1, ..Options::default() };
        let _store = crate::open(&file, "catch", "taxi", &[], options.clone()).expect("a store");
        let pool = Arc::new(Pool::new(&file, &options));
        let readers = Readers::new(pool.clone(), Catalog::default());
        let read = pool.read(|_| Ok(readers.log_for_consumer(0, 10)));
        assert_eq!(read.expect("a connection"), Ok(vec![]));
    }

    #[test]
    fn others_read_the_log_while_a_consumer_does() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = folder.path().join("catch.db");
        let options = Options { readers_max: 1, ..Options::default() };
        let _store = crate::open(&file, "catch", "taxi", &[], options.clone()).expect("a store");
        let readers = Readers::new(Arc::new(Pool::new(&file, &options)), Catalog::default());
        let read = readers.logs.read(|_| Ok(readers.log(0, 10)));
        assert_eq!(read.expect("a connection"), Ok(vec![]));
    }
}
