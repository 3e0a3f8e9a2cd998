//! The writer's side.
use crate::cache::Cache;
use crate::catalog::Catalog;
use crate::checkpoint::Checkpoint;
use crate::fault::{Done, Fault};
use crate::options::Options;
use crate::pool::Pool;
use crate::reader::Readers;
use crate::{answers, apply, calls, head, parked, rows, states};
use kernel::{CallKey, CallRecord, Group, Head, Id, Row, StoredAnswer};
use runtime::port::store::{ParkedEvent, Reader, Result, Store, StoreOrigin};
use rusqlite::Connection;
use std::fs::File;
use std::sync::Arc;

/// A store in one SQLite file. While it lives no other process writes that file.
pub struct Sqlite {
    working: Working,
    origin: StoreOrigin,
    /// Where the file lies, until a group has made the store work there.
    settles: Option<String>,
    _lock: File,
}

/// What a store works with.
pub(crate) struct Working {
    pub writer: Connection,
    pub catalog: Catalog,
    /// `None` after a group that failed: what is in memory may be ahead of the file then.
    pub cache: Option<Cache>,
    pub checkpoint: Checkpoint,
    pub pool: Arc<Pool>,
    pub options: Options,
}

impl Sqlite {
    pub(crate) fn new(working: Working, (origin, lies): (StoreOrigin, String), lock: File) -> Sqlite {
        Sqlite { working, origin, settles: Some(lies), _lock: lock }
    }

    #[cfg(test)]
    pub(crate) fn writer(&mut self) -> &mut Connection {
        &mut self.working.writer
    }

    /// What is read for a group shares one transaction, which its writing goes on with: a lock taken and given back
    /// for each read cost a tenth of all the work.
    fn begin_reading(&self) -> Result<&Connection> {
        if self.working.writer.is_autocommit() {
            self.with_path(self.working.writer.prepare_cached("BEGIN").and_then(|mut begin| begin.execute([])))?;
        }
        Ok(&self.working.writer)
    }

    /// The write-ahead log can't begin again from its start while a transaction still reads it.
    fn end_reading(&self) -> Result<()> {
        if !self.working.writer.is_autocommit() {
            self.with_path(self.working.writer.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([])))?;
        }
        Ok(())
    }

    fn with_path<T>(&self, done: std::result::Result<T, impl Into<Fault>>) -> Result<T> {
        done.map_err(|fault| fault.into().at(self.working.pool.path()))
    }

    fn group(&mut self, group: &Group) -> Done<()> {
        let mut cache = match self.working.cache.take() {
            Some(cache) => cache,
            None => Cache::load(&self.working.writer)?,
        };
        let Working { writer, catalog, options, .. } = &self.working;
        apply::apply(writer, (group, self.settles.as_deref()), catalog, &mut cache, options)?;
        (self.origin, self.settles) = (StoreOrigin::Here, None);
        self.working.cache = Some(cache);
        if !group.drop.is_empty() {
            self.working.catalog.load(&self.working.writer)?;
        }
        self.working.checkpoint.committed(&self.working.writer);
        Ok(())
    }
}

impl Store for Sqlite {
    fn head(&self) -> Result<Head> {
        self.with_path(head::get(&self.working.writer))
    }

    fn origin(&self) -> StoreOrigin {
        self.origin
    }

    fn apply(&mut self, group: &Group) -> Result<()> {
        let done = self.group(group);
        self.with_path(done)
    }

    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        let reading = self.begin_reading()?;
        let Some(cache) = &self.working.cache else {
            return self.with_path(states::kinds(reading).and_then(|kinds| states::get(reading, &kinds, kind, id)));
        };
        if !self.with_path(states::may_have(reading, &cache.kinds, &cache.states, kind, id))? {
            return Ok(None);
        }
        self.with_path(states::get(reading, &cache.kinds, kind, id))
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        let reading = self.begin_reading()?;
        let stored = self.with_path(self.working.catalog.get(table))?;
        match &self.working.cache {
            Some(cache) if !self.with_path(rows::may_have(reading, &cache.rows, &stored, id))? => Ok(None),
            Some(_) | None => self.with_path(rows::get(reading, &stored, id)),
        }
    }

    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        let reading = self.begin_reading()?;
        match &self.working.cache {
            Some(cache) if !self.with_path(calls::may_have(reading, &cache.calls, key))? => Ok(None),
            Some(_) | None => self.with_path(calls::get(reading, key)),
        }
    }

    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        self.with_path(calls::keys(&self.working.writer, caller, from, to))
    }

    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        self.with_path(answers::get(self.begin_reading()?, route, key))
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.with_path(parked::all(&self.working.writer))
    }

    fn reader(&self) -> Arc<dyn Reader> {
        Arc::new(Readers::new(self.working.pool.clone(), self.working.catalog.clone()))
    }

    fn shrink(&mut self) {
        if self.end_reading().is_ok() {
            self.working.checkpoint.shrink(&self.working.writer);
        }
    }

    fn maintain(&mut self) -> Result<()> {
        self.end_reading()?;
        self.working.checkpoint.maintain(&self.working.writer);
        Ok(())
    }
}
