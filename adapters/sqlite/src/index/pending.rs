//! The pending list of a table: rows that were listed most recently, and are in none of its indexes in runs yet.
//!
//! A row that goes into an index alone changes a page that hardly another row of its group changes: with some indexes
//! that were most of what a group wrote. So rows wait, next to each other in the order of their changes, and then go
//! into the indexes many at a time, so that each page takes several. A reader looks through all that wait.
use crate::index::{Index, Range, SPAN};
use crate::page::selection::Place;
use crate::rows;
use crate::stored_table::StoredTable;
use kernel::{Id, Row};
use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::{Connection, Result, params_from_iter};
use std::collections::HashSet;

/// Whether a row is listed, as its column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listing {
    Unlisted = 0,
    Indexed = 1,
    Pending = 2,
}

impl ToSql for Listing {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(*self as i64))
    }
}

/// That a row is in the pending list. As it stands here it leads SQLite to the pending list's index.
pub(crate) const PENDING: &str = "listed = 2";
/// That a row is listed, wherever it stands.
pub(crate) const LISTED: &str = "listed > 0";

/// The ids of the rows in the pending list, as the writer knows them.
#[derive(Debug, Default)]
pub(crate) struct PendingList(HashSet<u64>);

impl PendingList {
    pub fn load(connection: &Connection, stored: &StoredTable) -> Result<PendingList> {
        if !stored.has_pending {
            return Ok(PendingList::default());
        }
        let sql = format!("SELECT id FROM rows_{} {} WHERE {PENDING}", stored.number, hint(stored.number));
        Ok(PendingList(connection.prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<Result<_>>()?))
    }

    pub fn rows(&self) -> u64 {
        self.0.len() as u64
    }

    pub fn has(&self, id: Id) -> bool {
        self.0.contains(&id.0)
    }

    /// How a row is listed after a commit: in the pending list if it comes, and where it is if it stays.
    pub fn listing(&self, stored: &StoredTable, id: Id, before: Option<&Row>, after: Option<&Row>) -> Listing {
        let is_listed = |row: Option<&Row>| row.is_some_and(|row| row.listed);
        match (is_listed(before), is_listed(after)) {
            (_, false) => Listing::Unlisted,
            (true, true) if !self.has(id) => Listing::Indexed,
            _ if stored.has_pending => Listing::Pending,
            _ => Listing::Indexed,
        }
    }

    pub fn note(&mut self, id: Id, listing: Listing) {
        match listing {
            Listing::Pending => self.0.insert(id.0),
            Listing::Unlisted | Listing::Indexed => self.0.remove(&id.0),
        };
    }

    /// Puts all of it into the indexes, and says what rows these were.
    pub fn put_in(&mut self, connection: &Connection, stored: &StoredTable) -> Result<Vec<(Id, Row)>> {
        let (number, hint) = (stored.number, hint(stored.number));
        let read = format!("SELECT id{} FROM rows_{number} {hint} WHERE {PENDING}", stored.keys);
        let mut read = connection.prepare_cached(&read)?;
        let rows = read.query_map([], |row| Ok((Id(row.get(0)?), rows::read_keys(stored, row, 1)?)))?;
        let rows = rows.collect::<Result<Vec<_>>>()?;
        let put = format!("UPDATE rows_{number} {hint} SET listed = ?1 WHERE {PENDING}");
        connection.prepare_cached(&put)?.execute([Listing::Indexed])?;
        self.0.clear();
        Ok(rows)
    }
}

/// The index that the pending list lies in: it has every column by which a row is found, so that no row is read.
pub(crate) fn create(stored: &StoredTable) -> String {
    let keys: String = stored.written().map(|column| format!(", {column}")).collect();
    let number = stored.number;
    format!("CREATE INDEX {} ON rows_{number} (change{keys}) WHERE {PENDING};", name(number))
}

pub(crate) fn drop(stored: &StoredTable) -> String {
    format!("DROP INDEX {};", name(stored.number))
}

fn name(table: i64) -> String {
    format!("rows_{table}_pending")
}

pub(crate) fn hint(table: i64) -> String {
    format!("INDEXED BY {}", name(table))
}

/// Where the rows in the pending list that pass a filter would lie in an index, in order.
pub(crate) fn places(connection: &Connection, index: &Index, (filter, values): &Range) -> Result<Vec<Place>> {
    let table = index.number / SPAN;
    let order = index.order.map_or("0".into(), |key| format!("k{key}"));
    let sql = format!("SELECT {order}, id FROM rows_{table} {} WHERE {PENDING} AND {filter}", hint(table));
    let mut statement = connection.prepare_cached(&sql)?;
    let places = statement.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut places = places.collect::<Result<Vec<_>>>()?;
    places.sort_unstable();
    Ok(places)
}
