//! The writer's side.
use crate::apply::{self, Cache};
use crate::catalog::Catalog;
use crate::checkpoint::Checkpoint;
use crate::fault::{Done, Fault};
use crate::options::Options;
use crate::pool::Pool;
use crate::reader::Readers;
use crate::{answers, calls, parked, rows, states};
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
            self.said(self.writer.prepare_cached("BEGIN").and_then(|mut begin| begin.execute([])))?;
        }
        Ok(&self.writer)
    }

    /// A log that is still read can't begin again from its start.
    fn looked(&self) -> Result<()> {
        if !self.writer.is_autocommit() {
            self.said(self.writer.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([])))?;
        }
        Ok(())
    }

    fn said<T>(&self, done: std::result::Result<T, impl Into<Fault>>) -> Result<T> {
        done.map_err(|fault| fault.into().of(self.pool.path()))
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
        self.said(apply::head(&self.writer))
    }

    fn apply(&mut self, group: &Group) -> Result<()> {
        let done = self.group(group);
        self.said(done)
    }

    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        let look = self.look()?;
        let Some(cache) = &self.cache else {
            return self.said(states::kinds(look).and_then(|kinds| states::get(look, &kinds, kind, id)));
        };
        if !self.said(states::may_have(look, cache.kinds(), &cache.states, kind, id))? {
            return Ok(None);
        }
        self.said(states::get(look, cache.kinds(), kind, id))
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        let look = self.look()?;
        let kept = self.said(self.catalog.get(table))?;
        match &self.cache {
            Some(cache) if !self.said(rows::may_have(look, &cache.rows, &kept, id))? => Ok(None),
            Some(_) | None => self.said(rows::get(look, &kept, id)),
        }
    }

    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        let look = self.look()?;
        match &self.cache {
            Some(cache) if !self.said(calls::may_have(look, &cache.calls, key))? => Ok(None),
            Some(_) | None => self.said(calls::get(look, key)),
        }
    }

    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        self.said(calls::keys(&self.writer, caller, from, to))
    }

    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        self.said(answers::get(self.look()?, route, key))
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.said(parked::all(&self.writer))
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
