//! The readers' side.
use crate::catalog::Catalog;
use crate::connection::Kind;
use crate::fault::{Done, is_missing};
use crate::pool::Pool;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use crate::{calls, changes, groups, log, page, parked, rows, states, verify};
use kernel::{CallKey, CallRecord, Head, Id, Name, Recorded, Row};
use runtime::port::store::{ListedChanges, ParkedEvent, Query, ReadLimit, Reader, Result, RowPage, StoreError};
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

    fn schema(&self) -> &SchemaName {
        &self.pool.place.schema
    }

    fn read<T>(&self, read: impl Fn(&Session) -> Done<T>) -> Result<T> {
        self.pool.read(read).map_err(|fault| fault.at(&self.pool.place))
    }

    fn read_table<T>(&self, table: &str, read: impl Fn(&Session, &StoredTable) -> Done<T>) -> Result<T> {
        self.read_declared(table, |_| true, read)
    }

    /// Another process may own the store and have made or dropped tables since they were looked up.
    fn read_declared<T>(
        &self,
        table: &str,
        is_declared: impl Fn(&StoredTable) -> bool,
        read: impl Fn(&Session, &StoredTable) -> Done<T>,
    ) -> Result<T> {
        self.read(|session| {
            if let Some(stored) = self.catalog.known(table).filter(|stored| is_declared(stored)) {
                match read(session, &stored) {
                    Err(fault) if fault.code().is_some_and(is_missing) => {}
                    done => return done,
                }
            }
            self.catalog.load(session, self.schema())?;
            read(session, &*self.catalog.get(table)?)
        })
    }
}

impl Reader for Readers {
    fn adapter(&self) -> Name {
        "Postgres"
    }

    fn head(&self) -> Result<Head> {
        self.read(|session| groups::head(session, self.schema()))
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        self.read_table(table, |session, stored| rows::get(session, self.schema(), stored, id))
    }

    fn page(&self, table: &str, query: &Query) -> Result<RowPage> {
        let is_declared = |stored: &StoredTable| stored.is_counted && page::is_declared(stored, query);
        self.read_declared(table, is_declared, |session, stored| page::page(session, self.schema(), stored, query))
    }

    fn changes(&self, table: &str, after: u64, found: &[(usize, i64)], limit: ReadLimit) -> Result<ListedChanges> {
        self.read_table(table, |session, stored| changes::after(session, self.schema(), stored, (after, found), limit))
    }

    fn log(&self, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
        self.read(|session| log::after(session, self.schema(), after, at_most))
    }

    fn log_for_consumer(&self, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
        let log = self.logs.read(|session| log::after(session, self.schema(), after, at_most));
        log.map_err(|fault| fault.at(&self.pool.place))
    }

    fn log_of(&self, key: Id, after: u64, at_most: usize) -> Result<Vec<Recorded>> {
        self.read(|session| log::of_key(session, self.schema(), key, after, at_most))
    }

    fn states(&self, kind: &str, after: Id, at_most: usize) -> Result<Vec<(Id, Arc<str>)>> {
        self.read(|session| states::after(session, self.schema(), kind, after, at_most))
    }

    fn rows(&self, table: &str, after: Id, at_most: usize) -> Result<Vec<(Id, Row)>> {
        self.read_table(table, |session, stored| rows::after(session, self.schema(), stored, after, at_most))
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.read(|session| parked::all(session, self.schema()))
    }

    fn calls(&self) -> Result<Vec<(CallKey, CallRecord)>> {
        self.read(|session| calls::all(session, self.schema()))
    }

    fn verify(&self) -> Result<Vec<String>> {
        let verified = self.pool.connect(Kind::Proof).and_then(|session| {
            session.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", || {
                self.catalog.load(&session, self.schema())?;
                Ok(verify::all(&session, self.schema(), &self.catalog.all()))
            })
        });
        verified.map_err(|fault| fault.at(&self.pool.place))
    }

    fn snapshot(&self) -> Result<Box<dyn FnOnce(&Path) -> Result<()> + Send>> {
        Err(StoreError::Failed(format!(
            "The schema {} is on Postgres and can't be copied at one moment with stores at work that are in files or in another database. End the process, then back up.",
            self.schema().name()
        )))
    }

    fn bytes(&self) -> u64 {
        let sql = "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r'";
        let name = self.schema().name();
        let bytes = self.read(|session| {
            let rows = session.query(&Statement::new(sql, values![name]))?;
            Ok(rows.first().map(|row| row.try_get::<_, i64>(0)).transpose()?)
        });
        bytes.ok().flatten().and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or_default()
    }
}
