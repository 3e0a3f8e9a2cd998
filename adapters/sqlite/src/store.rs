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
use runtime::port::store::{ParkedEvent, Reader, Result, Store};
use rusqlite::Connection;
use std::fs::File;
use std::sync::Arc;

/// A store in one SQLite file. While it lives no other process writes that file.
pub struct Sqlite {
    writer: Connection,
    catalog: Catalog,
    /// `None` after a group that failed: what is in memory may be ahead of the file then.
    cache: Option<Cache>,
    checkpoint: Checkpoint,
    pool: Arc<Pool>,
    options: Options,
    _lock: File,
}

impl Sqlite {
    pub(crate) fn new(
        writer: Connection,
        catalog: Catalog,
        cache: Cache,
        checkpoint: Checkpoint,
        pool: Pool,
        options: Options,
        lock: File,
    ) -> Sqlite {
        Sqlite { writer, catalog, cache: Some(cache), checkpoint, pool: Arc::new(pool), options, _lock: lock }
    }

    /// What is read for a group shares one transaction, which its writing goes on with: a lock taken and given back
    /// for each look cost a tenth of all the work.
    fn look(&self) -> Result<&Connection> {
        if self.writer.is_autocommit() {
            self.with_path(self.writer.prepare_cached("BEGIN").and_then(|mut begin| begin.execute([])))?;
        }
        Ok(&self.writer)
    }

    /// A log that is still read can't begin again from its start.
    fn looked(&self) -> Result<()> {
        if !self.writer.is_autocommit() {
            self.with_path(self.writer.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([])))?;
        }
        Ok(())
    }

    fn with_path<T>(&self, done: std::result::Result<T, impl Into<Fault>>) -> Result<T> {
        done.map_err(|fault| fault.into().at(self.pool.path()))
    }

    fn group(&mut self, group: &Group) -> Done<()> {
        let mut cache = match self.cache.take() {
            Some(cache) => cache,
            None => Cache::load(&self.writer)?,
        };
        apply::apply(&self.writer, group, &self.catalog, &mut cache, &self.options)?;
        self.cache = Some(cache);
        if !group.drop.is_empty() {
            self.catalog.load(&self.writer)?;
        }
        self.checkpoint.committed(&self.writer);
        Ok(())
    }
}

impl Store for Sqlite {
    fn head(&self) -> Result<Head> {
        self.with_path(head::get(&self.writer))
    }

    fn apply(&mut self, group: &Group) -> Result<()> {
        let done = self.group(group);
        self.with_path(done)
    }

    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        let look = self.look()?;
        let Some(cache) = &self.cache else {
            return self.with_path(states::kinds(look).and_then(|kinds| states::get(look, &kinds, kind, id)));
        };
        if !self.with_path(states::may_have(look, &cache.kinds, &cache.states, kind, id))? {
            return Ok(None);
        }
        self.with_path(states::get(look, &cache.kinds, kind, id))
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        let look = self.look()?;
        let stored = self.with_path(self.catalog.get(table))?;
        match &self.cache {
            Some(cache) if !self.with_path(rows::may_have(look, &cache.rows, &stored, id))? => Ok(None),
            Some(_) | None => self.with_path(rows::get(look, &stored, id)),
        }
    }

    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        let look = self.look()?;
        match &self.cache {
            Some(cache) if !self.with_path(calls::may_have(look, &cache.calls, key))? => Ok(None),
            Some(_) | None => self.with_path(calls::get(look, key)),
        }
    }

    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        self.with_path(calls::keys(&self.writer, caller, from, to))
    }

    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        self.with_path(answers::get(self.look()?, route, key))
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.with_path(parked::all(&self.writer))
    }

    fn reader(&self) -> Arc<dyn Reader> {
        Arc::new(Readers::new(self.pool.clone(), self.catalog.clone()))
    }

    fn maintain(&mut self) -> Result<()> {
        self.looked()?;
        self.checkpoint.maintain(&self.writer);
        Ok(())
    }
}
