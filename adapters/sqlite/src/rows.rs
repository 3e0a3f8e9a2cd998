//! Rows of collections, written with their indexes' counts, and read.
use crate::cache::Cache;
use crate::catalog::Catalog;
use crate::connection::{bound, limit};
use crate::fault::{Done, failed};
use crate::highest_id::{HighestIds, query_highest};
use crate::index::counts::Counts;
use crate::index::pending::Listing;
use crate::options::Options;
use crate::removed_rows;
use crate::stored_table::{self, COLUMNS, StoredTable};
use kernel::{Commit, Id, Row, RowChange};
use runtime::port::store::Table;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Result, params};
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// A row before the group and after it.
type Net<'a> = (&'a Option<Arc<Row>>, &'a Option<Arc<Row>>);

/// Writes each row of a group once, at its newest, in the order of its table.
pub(crate) fn write(
    connection: &Connection,
    commits: &[Commit],
    catalog: &Catalog,
    cache: &mut Cache,
    options: &Options,
) -> Done<()> {
    let mut tables: BTreeMap<&str, BTreeMap<Id, Net<'_>>> = BTreeMap::new();
    for change in commits.iter().flat_map(|commit| &commit.rows) {
        let RowChange { table, id, before, after, .. } = change;
        let rows = tables.entry(table).or_default();
        rows.entry(*id).and_modify(|net| net.1 = after).or_insert((before, after));
    }
    for (table, rows) in tables {
        let stored = catalog.get(table)?;
        let counts = match cache.counts.entry(stored.number) {
            Entry::Occupied(loaded) => loaded.into_mut(),
            Entry::Vacant(entry) => entry.insert(Counts::load(connection, &stored)?),
        };
        let mut writer = Writer::new(connection, &stored);
        for (id, (before, after)) in rows {
            let (before, after) = (before.as_deref(), after.as_deref());
            let listing = counts.pending.listing(&stored, id, before, after);
            writer.put((id, counts.runs.of(id.0 as i64)), before, (after, listing))?;
            cache.rows.wrote(table, id);
            counts.count(connection, &stored, id, (before, after), listing)?;
        }
        removed_rows::write(connection, &stored, commits)?;
        counts.settle(connection, &stored, options)?;
    }
    Ok(())
}

/// A table's statements, each looked up once a group.
struct Writer<'a> {
    connection: &'a Connection,
    stored: &'a StoredTable,
    insert: Option<CachedStatement<'a>>,
    update: Option<CachedStatement<'a>>,
    rewrite: Option<CachedStatement<'a>>,
}

impl<'a> Writer<'a> {
    fn new(connection: &'a Connection, stored: &'a StoredTable) -> Writer<'a> {
        Writer { connection, stored, insert: None, update: None, rewrite: None }
    }

    /// `id` comes with the run that it belongs to, and the row with how it is listed from now on.
    fn put(
        &mut self,
        (id, run): (Id, i64),
        before: Option<&Row>,
        (after, listing): (Option<&Row>, Listing),
    ) -> Done<()> {
        let Writer { connection, stored, .. } = *self;
        let name = &stored.table.name;
        let keys = stored.table.keys();
        if after.is_some_and(|row| row.keys.len() != keys && (row.listed || !row.keys.is_empty())) {
            return failed(format!("Row {id} of {name} has not as many keys as its table. Nothing was written."));
        }
        let changed = match (before, after) {
            (None, None) => return Ok(()),
            (Some(_), None) => connection.prepare_cached(&stored.delete)?.execute([id.0])?,
            (None, Some(row)) => {
                insert(once(&mut self.insert, connection, &stored.insert)?, (id, run), (row, listing), &stored.table)?
            }
            (Some(before), Some(row)) if same_place(before, row) => {
                let rewrite = once(&mut self.rewrite, connection, &stored.rewrite)?;
                bind(rewrite, id, row)?;
                rewrite.raw_execute()?
            }
            (Some(_), Some(row)) => {
                let update = once(&mut self.update, connection, &stored.update)?;
                bind_all(update, id, (row, listing), &stored.table)?;
                update.raw_execute()?
            }
        };
        match changed {
            1 => Ok(()),
            _ => failed(format!("Row {id} of {name} is not as the commit says it was. Nothing was written.")),
        }
    }
}

fn same_place(before: &Row, after: &Row) -> bool {
    before.listed == after.listed && before.keys == after.keys && before.owners == after.owners
}

fn once<'s, 'c>(
    slot: &'s mut Option<CachedStatement<'c>>,
    connection: &'c Connection,
    sql: &str,
) -> Result<&'s mut CachedStatement<'c>> {
    Ok(match slot {
        Some(statement) => statement,
        None => slot.insert(connection.prepare_cached(sql)?),
    })
}

/// How many rows came of it: none where the row is there already.
fn insert(
    insert: &mut CachedStatement<'_>,
    (id, run): (Id, i64),
    row: (&Row, Listing),
    table: &Table,
) -> Result<usize> {
    bind_all(insert, id, row, table)?;
    insert.raw_bind_parameter(stored_table::run_parameter(table), run)?;
    match insert.raw_execute() {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => Ok(0),
        done => done,
    }
}

fn bind(statement: &mut CachedStatement<'_>, id: Id, row: &Row) -> Result<()> {
    statement.raw_bind_parameter(1, id.0)?;
    statement.raw_bind_parameter(2, row.change)?;
    statement.raw_bind_parameter(4, row.body.as_deref())?;
    statement.raw_bind_parameter(5, row.fold.as_deref())?;
    statement.raw_bind_parameter(6, row.history.as_deref())
}

fn bind_all(statement: &mut CachedStatement<'_>, id: Id, (row, listing): (&Row, Listing), table: &Table) -> Result<()> {
    bind(statement, id, row)?;
    statement.raw_bind_parameter(3, listing)?;
    let keys = (0..table.keys()).map(|key| row.keys.get(key).copied());
    let pairs = (0..table.pairs.len()).map(|pair| table.find_key(table.finds + pair, &row.keys));
    let owners = row.owners.into_iter().filter(|_| table.owned).map(|key| Some(key).filter(|key| *key != 0));
    let mut all = keys.chain(pairs).chain(owners).enumerate();
    all.try_for_each(|(nth, key)| statement.raw_bind_parameter(COLUMNS + 1 + nth, key))
}

pub(crate) fn may_have(
    connection: &Connection,
    highest_ids: &HighestIds,
    stored: &StoredTable,
    id: Id,
) -> Result<bool> {
    let load = || query_highest(connection, &format!("SELECT max(id) FROM rows_{}", stored.number), []);
    highest_ids.may_have(&stored.table.name, id, load)
}

pub(crate) fn get(connection: &Connection, stored: &StoredTable, id: Id) -> Result<Option<Row>> {
    let mut get = connection.prepare_cached(&format!("{} WHERE id = ?1", stored.get))?;
    get.query_row([id.0], |row| Ok(read(stored, row)?.1)).optional()
}

pub(crate) fn after(
    connection: &Connection,
    stored: &StoredTable,
    after: Id,
    at_most: usize,
) -> Result<Vec<(Id, Row)>> {
    let mut rows = connection.prepare_cached(&format!("{} WHERE id > ?1 ORDER BY id LIMIT ?2", stored.get))?;
    rows.query_map(params![bound(after.0), limit(at_most)], |row| read(stored, row))?.collect()
}

/// A row as `StoredTable::get` selects it.
pub(crate) fn read(stored: &StoredTable, row: &rusqlite::Row<'_>) -> Result<(Id, Row)> {
    let text = |nth| Ok::<_, rusqlite::Error>(row.get_ref(nth)?.as_str_or_null()?.map(Arc::from));
    let (body, fold, history) = (text(3)?, text(4)?, text(5)?);
    let keys = read_keys(stored, row, COLUMNS)?;
    Ok((Id(row.get(0)?), Row { change: row.get(1)?, listed: row.get(2)?, body, fold, history, ..keys }))
}

/// Keys and owners of a row, as `StoredTable::keys` selects them from this column on.
pub(crate) fn read_keys(stored: &StoredTable, row: &rusqlite::Row<'_>, from: usize) -> Result<Row> {
    // A row that shows nothing may have no keys at all.
    let keys = (0..stored.table.keys()).map(|key| row.get::<_, Option<i64>>(from + key));
    let keys = keys.collect::<Result<Option<Vec<i64>>>>()?.unwrap_or_default();
    let mut owners = [0; 2];
    for (at, owner) in owners.iter_mut().enumerate().filter(|_| stored.table.owned) {
        *owner = row.get::<_, Option<i64>>(from + stored.table.keys() + at)?.unwrap_or_default();
    }
    Ok(Row { keys, owners, ..Row::default() })
}
