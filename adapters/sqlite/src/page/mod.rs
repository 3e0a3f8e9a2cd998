//! Pages of listed rows, however deep, and how many there are in all, by the counts of an index's blocks.
pub(crate) mod rank;
pub(crate) mod selection;
pub(crate) mod walk;

use crate::connection;
use crate::fault::{Done, failed};
use crate::index;
use crate::index::blocks::{self, ROWS_MAX};
use crate::page::rank::{Ranks, Start};
use crate::page::selection::Selection;
use crate::page::walk::Walk;
use crate::rows;
use crate::stored_table::StoredTable;
use kernel::{Id, Row};
use runtime::port::store::{Query, ReadLimit, RowPage};
use rusqlite::{Connection, Result};

pub(crate) fn page(connection: &Connection, stored: &StoredTable, query: &Query) -> Done<RowPage> {
    let table = &stored.table;
    let found = query.find.is_none_or(|(find, _)| table.is_found_by(find));
    if !found || query.sort.is_some_and(|sort| sort >= table.sorts) {
        return failed(format!("The table {} is not declared to be found or sorted that way.", table.name));
    }
    let Some(index) = index::of_query(stored, query) else {
        return failed(format!("The table {} has no such index.", table.name));
    };
    let find = query.find.map(|(_, key)| key);
    let counted = Selection::new(connection, stored, index::counted_by(stored, &index), find)?;
    let sorted = (!index.is_sorted).then(|| Selection::new(connection, stored, &index, find)).transpose()?;
    let selection = sorted.as_ref().unwrap_or(&counted);
    let (total, ranks) = total(&counted)?;
    let start = match query.after {
        Some((key, id)) => behind(selection, key, id),
        None => match i64::try_from(query.offset) {
            Ok(offset) if offset < total && sorted.is_some() => Start { offset, ..Start::default() },
            Ok(offset) if offset < total => start(selection, ranks, offset, query.descending)?,
            _ => return Ok(RowPage { total: total as u64, ..RowPage::default() }),
        },
    };
    let (rows, more) = rows(selection, &start, query.descending, query.limit)?;
    Ok(RowPage { rows, total: total as u64, more })
}

/// And the ranks, where that took them.
fn total<'a>(selection: &'a Selection<'a>) -> Done<(i64, Option<Ranks<'a>>)> {
    if selection.index.part().is_some() && !selection.stored.has_pending {
        // A store of an older release has no counts of these, nor has a table without runs.
        return Ok((selection.count_few(i64::MAX)?, None));
    }
    if selection.find.is_none() {
        return Ok((blocks::total(selection.connection, selection.index.number)? + selection.pending_rows(), None));
    }
    // Most keys have few rows: those are counted by themselves.
    let few = selection.count_few(ROWS_MAX + 1)?;
    if few <= ROWS_MAX {
        return Ok((few, None));
    }
    let ranks = Ranks::load(selection)?;
    Ok((ranks.total(), Some(ranks)))
}

fn start<'a>(selection: &'a Selection<'a>, ranks: Option<Ranks<'a>>, offset: i64, descending: bool) -> Done<Start> {
    if offset <= ROWS_MAX {
        return Ok(Start { offset, ..Start::default() });
    }
    let ranks = ranks.map_or_else(|| Ranks::load(selection), Ok)?;
    Ok(ranks.start(offset, descending)?)
}

fn behind(selection: &Selection<'_>, key: i64, id: Id) -> Start {
    let id = connection::bound(id.0);
    let (run, key) = if selection.by_id() { (Some(selection.runs.of(id)), 0) } else { (None, key) };
    Start { run, behind: Some((key, id)), offset: 0 }
}

fn rows(
    selection: &Selection<'_>,
    start: &Start,
    descending: bool,
    limit: ReadLimit,
) -> Result<(Vec<(Id, Row)>, bool)> {
    let stored = selection.stored;
    let mut get = selection.connection.prepare_cached(&format!("{} WHERE id = ?", stored.get))?;
    let places = Walk::new(selection, start, descending, limit.rows.saturating_add(1))?;
    let rows = places.map(|place| get.query_row([place?.1], |row| rows::read(stored, row)));
    limit.take(rows, |(_, row)| Some(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::options::Options;
    use crate::steps::Steps;
    use kernel::{Relation, pair_key};
    use runtime::port::store::{Store, Table};
    use testkit::conformance::{Model, Sample};

    const ROWS: u64 = 40_000;
    /// Steps of SQLite's machine: enough for the rows of a few blocks, and far fewer than a look at each row takes.
    const STEPS_MAX: usize = 80_000;

    /// All rows have the same keys.
    fn filled(path: &std::path::Path) -> Table {
        let table =
            Table { name: "trips".into(), finds: 2, sorts: 1, pairs: vec![(0, 1)], ordered: false, owned: true };
        let mut store =
            crate::open(path, "trip", "town", std::slice::from_ref(&table), Options::default()).expect("a store");
        let (mut sample, mut model) = (Sample::default(), Model::new(table.clone()));
        for first in (1..=ROWS).step_by(5000) {
            let ids = first..first + 5000;
            let commits = ids.map(|id| model.commit(Id(id), Some((true, vec![1, 2, 3])), &mut sample.head)).collect();
            assert_eq!(store.apply(&sample.group(commits)), Ok(()));
        }
        table
    }

    #[test]
    fn rows_that_share_a_key_are_reached_and_counted_without_a_scan() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("trip.db");
        let table = filled(&path);
        let (mut file, catalog) = (connection::reader(&path, 2000).expect("a file"), Catalog::default());
        catalog.load(&file).expect("a catalog");
        let stored = catalog.get(&table.name).expect("a table");
        let counted = Steps::of(&mut file);
        let finds = [None, Some((0, 1)), Some((1, 2)), Some((2, pair_key(1, 2)))];
        let orders = finds.into_iter().flat_map(|find| [(find, None), (find, Some(0))]);
        let row = rows::get(&file, &stored, Id(1)).expect("a file").expect("a row");
        let own = Relation::ALL.map(|part| (Some((Table::find_of(part), row.owners[part as usize])), None));
        for (find, sort) in orders.chain(own) {
            for (descending, offset) in [(false, 0), (false, ROWS / 2), (true, ROWS / 2), (false, ROWS - 5)] {
                let query = Query { find, sort, descending, offset, limit: ReadLimit::rows(20), after: None };
                let (steps, found) = counted.taken(|| page(&file, &stored, &query).expect("a page"));
                assert_eq!((found.total, found.rows.is_empty()), (ROWS, false));
                assert!(steps <= STEPS_MAX, "{steps} steps for {query:?}");
            }
        }
    }
}
