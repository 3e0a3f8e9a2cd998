//! Visible changes of a table for live streams: rows as they are now, and rows that left.
use crate::connection::{self, bound};
use crate::fault::{Done, failed};
use crate::index::runs::Runs;
use crate::owners;
use crate::rows;
use crate::stored_table::StoredTable;
use kernel::{Id, Relation};
use runtime::port::store::{ListedChange, ListedChanges, ReadLimit, Table};
use rusqlite::{Connection, Result, params, params_from_iter};

/// Fewer are sorted by change; of more, the newest are picked along the index of changes.
const FEW: i64 = 1000;

pub(crate) fn after(
    connection: &Connection,
    stored: &StoredTable,
    after: u64,
    find: Option<(usize, i64)>,
    limit: ReadLimit,
) -> Done<ListedChanges> {
    if find.is_some_and(|(find, _)| is_pair(stored, find)) {
        return failed(format!("The table {} is not declared to be found that way.", stored.table.name));
    }
    let (changes, more) = here(connection, stored, after, find, limit)?;
    if after == 0 {
        return Ok(ListedChanges { changes, more });
    }
    let rows_max = limit.rows.saturating_add(1);
    let removed = match find.and_then(|(find, key)| Some((Table::part_of(find)?, key))) {
        Some(somebody) => left(connection, stored, after, somebody, rows_max)?,
        None => removed(connection, stored, after, find, rows_max)?,
    };
    let mut all = [changes, removed].concat();
    all.sort_by_key(|change| (change.change, change.id));
    let (changes, cut) = limit.take(all.into_iter().map(Ok::<_, rusqlite::Error>), |change| change.row.as_ref())?;
    Ok(ListedChanges { changes, more: more || cut })
}

fn here(
    connection: &Connection,
    stored: &StoredTable,
    after: u64,
    find: Option<(usize, i64)>,
    limit: ReadLimit,
) -> Result<(Vec<ListedChange>, bool)> {
    let (hint, found) = match find {
        Some((find, key)) => match few(connection, stored, after, find, key)? {
            Some((hint, filter)) => (hint, format!(" AND {filter}")),
            None => (by_change(stored), format!(" AND +{} = ?", column(find))),
        },
        None => (by_change(stored), String::new()),
    };
    let sql = format!("{} {hint} WHERE listed = 1 AND change > ?{found} ORDER BY change, id LIMIT ?", stored.get);
    let values = [bound(after)]
        .into_iter()
        .chain(find.map(|(_, key)| key))
        .chain([connection::limit(limit.rows.saturating_add(1))]);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| {
        let (id, row) = rows::read(stored, row)?;
        Ok(ListedChange { change: row.change, id, row: Some(row) })
    })?;
    limit.take(rows, |change| change.row.as_ref())
}

/// How to look at all rows of the key, where that is less than looking at all that changed: an index and a condition.
fn few(
    connection: &Connection,
    stored: &StoredTable,
    after: u64,
    find: usize,
    key: i64,
) -> Result<Option<(String, String)>> {
    let number = stored.number;
    let more = |hint: String, filter: String, value: i64| {
        let sql = format!("SELECT 1 FROM rows_{number} {hint} WHERE listed = 1 AND {filter} LIMIT 1 OFFSET ?");
        connection.prepare_cached(&sql)?.exists(params![value, FEW])
    };
    let mut indexes = stored.indexes.iter().chain(&stored.owned);
    let Some(index) = indexes.find(|index| index.find == Some(find)) else { return Ok(None) };
    if !more(by_change(stored), "change > ?".into(), bound(after))? {
        return Ok(None);
    }
    let filter = format!("{} AND {} = ?", index.of_runs(&Runs::load(connection, stored)?), column(find));
    Ok((!more(index.hint(), filter.clone(), key)?).then(|| (index.hint(), filter)))
}

/// Neither a find nor an owner.
fn is_pair(stored: &StoredTable, find: usize) -> bool {
    find >= stored.table.finds && (Table::part_of(find).is_none() || !stored.table.owned)
}

fn column(find: usize) -> String {
    Table::part_of(find).map_or_else(|| format!("k{find}"), |part| owners::column(part).into())
}

fn by_change(stored: &StoredTable) -> String {
    format!("INDEXED BY rows_{}_change", stored.number)
}

/// What left somebody's list and did not come back.
fn left(
    connection: &Connection,
    stored: &StoredTable,
    after: u64,
    (part, person): (Relation, i64),
    limit: usize,
) -> Result<Vec<ListedChange>> {
    let (number, column) = (stored.number, owners::column(part));
    let sql = format!(
        "SELECT l.id, l.change FROM left_{number} l INDEXED BY left_{number}_change
         WHERE l.part = ?1 AND l.person = ?2 AND l.change > ?3
           AND NOT EXISTS (SELECT 1 FROM rows_{number} r WHERE r.id = l.id AND r.listed = 1 AND +r.{column} = ?2)
         ORDER BY l.change, l.id LIMIT ?4"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let values = params![part as i64, person, bound(after), connection::limit(limit)];
    let left =
        statement.query_map(values, |row| Ok(ListedChange { id: Id(row.get(0)?), change: row.get(1)?, row: None }))?;
    left.collect()
}

/// Each once, at its newest, unless it came back.
fn removed(
    connection: &Connection,
    stored: &StoredTable,
    after: u64,
    find: Option<(usize, i64)>,
    limit: usize,
) -> Result<Vec<ListedChange>> {
    let number = stored.number;
    let found = |table: &str| find.map(|(find, _)| format!(" AND {table}.k{find} = ?2")).unwrap_or_default();
    let sql = format!(
        "SELECT g.id, g.change FROM gone_{number} g INDEXED BY gone_{number}_change
         WHERE g.change > ?1{} AND ?2 IS ?2
           AND NOT EXISTS (SELECT 1 FROM gone_{number} n WHERE n.id = g.id AND n.change > g.change{})
           AND NOT EXISTS (SELECT 1 FROM rows_{number} r WHERE r.id = g.id AND r.listed = 1{})
         ORDER BY g.change, g.id LIMIT ?3",
        found("+g"),
        found("n"),
        found("r")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let removed = statement
        .query_map(params![bound(after), find.map(|(_, key)| key), connection::limit(limit)], |row| {
            Ok(ListedChange { id: Id(row.get(0)?), change: row.get(1)?, row: None })
        })?;
    removed.collect()
}
