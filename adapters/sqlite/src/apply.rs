//! A group of commits as one transaction: all of it, or nothing.
use crate::blocks::Blocks;
use crate::catalog::{self, Catalog};
use crate::fault::{Done, failed};
use crate::newest::Newest;
use crate::options::Options;
use crate::states::{self, Kinds};
use crate::sums::{Record, Sums};
use crate::{answers, calls, log, parked, rows};
use kernel::{Group, Head};
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// What the writer keeps in memory of the file; thrown away when a group fails.
pub(crate) struct Cache {
    position: u64,
    sums: Sums,
    kinds: Kinds,
    /// By the number of their index; loaded when first written.
    pub blocks: HashMap<i64, Blocks>,
    /// Of each kind of state, each table of rows, and each caller.
    pub states: Newest,
    pub rows: Newest,
    pub calls: Newest,
}

impl Cache {
    pub fn load(connection: &Connection) -> Done<Cache> {
        let (position, sums, kinds) = (log::end(connection)?, Sums::load(connection)?, states::kinds(connection)?);
        let (blocks, (states, rows, calls)) = Default::default();
        Ok(Cache { position, sums, kinds, blocks, states, rows, calls })
    }

    pub fn kinds(&self) -> &Kinds {
        &self.kinds
    }
}

pub(crate) fn apply(
    connection: &Connection,
    group: &Group,
    catalog: &Catalog,
    cache: &mut Cache,
    options: &Options,
) -> Done<()> {
    if connection.is_autocommit() {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    }
    let written = write(connection, group, catalog, cache, options)
        .and_then(|()| Ok(connection.prepare_cached("COMMIT")?.execute([])?));
    if written.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    written.map(|_| ())
}

fn write(connection: &Connection, group: &Group, catalog: &Catalog, cache: &mut Cache, options: &Options) -> Done<()> {
    cache.position = log::append(connection, &group.commits, cache.position, &mut cache.sums)?;
    if group.head.position != cache.position {
        return failed(format!(
            "The group's head is at position {} but its log ends at {}. Nothing was written.",
            group.head.position, cache.position
        ));
    }
    states::write(connection, &group.commits, &mut cache.kinds, &cache.states)?;
    rows::write(connection, &group.commits, catalog, cache)?;
    for commit in &group.commits {
        calls::write(connection, commit, &mut cache.sums, &cache.calls)?;
        answers::write(connection, &commit.answers, &mut cache.sums)?;
        parked::write(connection, commit, &mut cache.sums)?;
    }
    if let Some(before) = group.answers_before {
        answers::expire(connection, before, options.answers_batch, &mut cache.sums)?;
    }
    for table in &group.drop {
        if let Ok(kept) = catalog.get(table) {
            catalog::remove(connection, &kept)?;
            kept.indexes.iter().for_each(|index| drop(cache.blocks.remove(&index.number)));
        }
    }
    cache.sums.settle(connection)?;
    put_head(connection, &group.head)
}

fn put_head(connection: &Connection, head: &Head) -> Done<()> {
    let body = serde_json::to_string(head)?;
    let mut put = connection.prepare_cached("INSERT OR REPLACE INTO head VALUES (1, ?1, ?2)")?;
    put.execute(params![body, head_sum(&body)])?;
    Ok(())
}

pub(crate) fn head_sum(body: &str) -> i64 {
    Record::default().text(body).sum()
}

pub(crate) fn head(connection: &Connection) -> Done<Head> {
    let mut get = connection.prepare_cached("SELECT body FROM head")?;
    let mut rows = get.query([])?;
    match rows.next()? {
        Some(row) => Ok(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?),
        None => Ok(Head::default()),
    }
}
