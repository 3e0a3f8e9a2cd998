//! Visible changes of a table for live streams: rows as they are now, and rows that left.
use crate::connection::{self, bound};
use crate::fault::Done;
use crate::index::INDEXED;
use crate::index::pending::{self, LISTED, PENDING};
use crate::index::runs::Runs;
use crate::owners;
use crate::rows;
use crate::stored_table::StoredTable;
use kernel::Id;
use runtime::port::store::{ListedChange, ListedChanges, ReadLimit, Table};
use rusqlite::{Connection, Result, params, params_from_iter};

/// Fewer are sorted by change; of more, the newest are picked along the index of changes.
const FEW: i64 = 1000;

/// Finds and owners with the keys that rows must have.
type Found<'a> = &'a [(usize, i64)];

pub(crate) fn after(
    connection: &Connection,
    stored: &StoredTable,
    after: u64,
    found: Found<'_>,
    limit: ReadLimit,
) -> Done<ListedChanges> {
    stored.table.has_changes_by(found)?;
    let (changes, more) = here(connection, stored, after, found, limit)?;
    if after == 0 {
        return Ok(ListedChanges { changes, more });
    }
    let removed = removed(connection, stored, after, found, limit.rows.saturating_add(1))?;
    let mut all = [changes, removed].concat();
    all.sort_by_key(|change| (change.change, change.id));
    let (changes, cut) = limit.take(all.into_iter().map(Ok::<_, rusqlite::Error>), |change| change.row.as_ref())?;
    Ok(ListedChanges { changes, more: more || cut })
}

fn here(
    connection: &Connection,
    stored: &StoredTable,
    after: u64,
    found: Found<'_>,
    limit: ReadLimit,
) -> Result<(Vec<ListedChange>, bool)> {
    let (hint, filter) = match few(connection, stored, after, found)? {
        Some((hint, filter)) => (hint, format!(" AND {filter}")),
        None => (by_change(stored), String::new()),
    };
    let filters = filter + &conditions("+", found, 2);
    let rows_max = found.len() + 2;
    let get = &stored.get;
    let indexed = format!("{get} {hint} WHERE {INDEXED} AND change > ?1{filters}");
    let waiting = || {
        let (hint, filters) = (pending::hint(stored.number), conditions("", found, 2));
        format!(" UNION ALL {get} {hint} WHERE {PENDING} AND change > ?1{filters}")
    };
    let waiting = if stored.has_pending { waiting() } else { String::new() };
    let sql = format!("{indexed}{waiting} ORDER BY change, id LIMIT ?{rows_max}");
    let keys = found.iter().map(|(_, key)| *key);
    let values = [bound(after)].into_iter().chain(keys).chain([connection::limit(limit.rows.saturating_add(1))]);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| {
        let (id, row) = rows::read(stored, row)?;
        Ok(ListedChange { change: row.change, id, row: Some(row) })
    })?;
    limit.take(rows, |change| change.row.as_ref())
}

/// How to look at all rows of one of the keys, where that is less than looking at all that changed: an index and a condition.
fn few(
    connection: &Connection,
    stored: &StoredTable,
    after: u64,
    found: Found<'_>,
) -> Result<Option<(String, String)>> {
    let number = stored.number;
    let more = |hint: &str, filter: &str, value: i64| {
        let sql = format!("SELECT 1 FROM rows_{number} {hint} WHERE {INDEXED} AND {filter} LIMIT 1 OFFSET ?");
        connection.prepare_cached(&sql)?.exists(params![value, FEW])
    };
    if found.is_empty() || !more(&by_change(stored), "change > ?", bound(after))? {
        return Ok(None);
    }
    for (nth, (find, key)) in found.iter().enumerate() {
        let mut indexes = stored.indexes.iter().chain(&stored.owned);
        let Some(index) = indexes.find(|index| index.find == Some(*find)) else { continue };
        let in_runs = index.of_runs(&Runs::load(connection, stored)?);
        if !more(&index.hint(), &format!("{in_runs} AND {} = ?", column(*find)), *key)? {
            return Ok(Some((index.hint(), format!("{in_runs} AND {} = ?{}", column(*find), nth + 2))));
        }
    }
    Ok(None)
}

/// That a table has these keys, which are parameters from this one on. `mark` stands before each column: with a plus it leads to no index.
fn conditions(mark: &str, found: Found<'_>, parameter: usize) -> String {
    let condition =
        |(nth, (find, _)): (usize, &(usize, i64))| format!(" AND {mark}{} = ?{}", column(*find), nth + parameter);
    found.iter().enumerate().map(condition).collect()
}

fn column(find: usize) -> String {
    Table::part_of(find).map_or_else(|| format!("k{find}"), |part| owners::column(part).into())
}

fn by_change(stored: &StoredTable) -> String {
    format!("INDEXED BY rows_{}_change", stored.number)
}

/// Along the changes of somebody's rows, where somebody's are asked for.
fn removed_by(stored: &StoredTable, found: Found<'_>) -> (String, String) {
    match found.iter().find_map(|(find, _)| Table::part_of(*find)) {
        Some(part) => (owners::index_of_removed(stored, part), format!(" AND {}", owners::somebodys("g.", part))),
        None => (format!("gone_{}_change", stored.number), String::new()),
    }
}

/// Each once, at its newest, unless it came back. One whose keys changed without a change to see can have left twice at the same.
fn removed(
    connection: &Connection,
    stored: &StoredTable,
    after: u64,
    found: Found<'_>,
    limit: usize,
) -> Result<Vec<ListedChange>> {
    let number = stored.number;
    let (index, somebodys) = removed_by(stored, found);
    let sql = format!(
        "SELECT DISTINCT g.id, g.change FROM gone_{number} g INDEXED BY {index}
         WHERE g.change > ?1{somebodys}{}
           AND NOT EXISTS (SELECT 1 FROM gone_{number} n WHERE n.id = g.id AND +n.change > g.change{})
           AND NOT EXISTS (SELECT 1 FROM rows_{number} r WHERE r.id = g.id AND +r.{LISTED}{})
         ORDER BY g.change, g.id LIMIT ?2",
        conditions("g.", found, 3),
        conditions("+n.", found, 3),
        conditions("+r.", found, 3)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let values = [bound(after), connection::limit(limit)].into_iter().chain(found.iter().map(|(_, key)| *key));
    let removed = statement.query_map(params_from_iter(values), |row| {
        Ok(ListedChange { id: Id(row.get(0)?), change: row.get(1)?, row: None })
    })?;
    removed.collect()
}
