//! Pages of listed rows, however deep, and how many there are in all, by the counts of an index's blocks.
use crate::blocks::{self, ROWS_MAX};
use crate::connection;
use crate::fault::{Done, failed};
use crate::index::{self, Index, IndexKey, Range};
use crate::rows;
use crate::stored_table::StoredTable;
use kernel::{Id, Row};
use runtime::port::store::{Query, ReadLimit, RowPage};
use rusqlite::{Connection, Result, params_from_iter};

/// Rows of one index, or of one key in it.
struct Slice<'a> {
    connection: &'a Connection,
    stored: &'a StoredTable,
    index: &'a Index,
    find: Option<i64>,
}

/// Where to begin, in the order asked for: strictly behind an order key and id, after passing over some rows.
struct Start {
    behind: Option<(i64, i64)>,
    offset: i64,
}

pub(crate) fn page(connection: &Connection, stored: &StoredTable, query: &Query) -> Done<RowPage> {
    let table = &stored.table;
    let found = query.find.is_none_or(|(find, _)| table.is_found_by(find));
    if !found || query.sort.is_some_and(|sort| sort >= table.sorts) {
        return failed(format!("The table {} is not declared to be found or sorted that way.", table.name));
    }
    let index = &stored.indexes[index::nth(table, query)];
    let slice = Slice { connection, stored, index, find: query.find.map(|(_, key)| key) };
    let total = slice.total()?;
    let start = match query.after {
        Some((key, id)) => Start { behind: Some((key, connection::bound(id.0))), offset: 0 },
        None => match i64::try_from(query.offset) {
            Ok(offset) if offset < total => slice.start(offset, total, query.descending)?,
            _ => return Ok(RowPage { total: total as u64, ..RowPage::default() }),
        },
    };
    let (rows, more) = slice.rows(&start, query.descending, query.limit)?;
    Ok(RowPage { rows, total: total as u64, more })
}

impl Slice<'_> {
    fn total(&self) -> Done<i64> {
        let Some(find) = self.find else {
            let mut sum =
                self.connection.prepare_cached("SELECT coalesce(sum(records), 0) FROM blocks WHERE idx = ?1")?;
            return Ok(sum.query_row([self.index.number], |row| row.get(0))?);
        };
        // Most keys have few rows: those are counted by themselves.
        let few = self.count(&self.all(), ROWS_MAX + 1)?;
        if few <= ROWS_MAX {
            return Ok(few);
        }
        let ranks = Ranks::load(self)?;
        let end = match find.checked_add(1) {
            Some(next) => ranks.before(self, next)?,
            None => ranks.total(),
        };
        Ok(end - ranks.before(self, find)?)
    }

    /// Jumps to the block in which the row after `offset` others lies.
    fn start(&self, offset: i64, total: i64, descending: bool) -> Done<Start> {
        if offset <= ROWS_MAX {
            return Ok(Start { behind: None, offset });
        }
        let ranks = Ranks::load(self)?;
        let first = self.find.map_or(Ok(0), |find| ranks.before(self, find))?;
        // The row's place in the whole index, counted from its low end.
        let rank = if descending { first + total - 1 - offset } else { first + offset };
        let (before, block) = ranks.around(rank);
        if descending {
            let above = ranks.0.get(block + 1).filter(|(above, ..)| self.find.is_none_or(|find| above.0 == find));
            return Ok(match above {
                Some((above, past, _)) => Start { behind: Some((above.1, above.2)), offset: past - 1 - rank },
                None => Start { behind: None, offset },
            });
        }
        let (from, ..) = ranks.0[block];
        Ok(match self.find {
            // The slice begins within this block.
            Some(find) if from.0 < find => Start { behind: None, offset },
            _ => Start { behind: Some((from.1, from.2.saturating_sub(1))), offset: rank - before },
        })
    }

    fn rows(&self, start: &Start, descending: bool, limit: ReadLimit) -> Result<(Vec<(Id, Row)>, bool)> {
        let Slice { stored, index, .. } = self;
        let (than, way) = if descending { ("<", "DESC") } else { (">", "ASC") };
        let order: Vec<String> = index.order.iter().map(|key| format!("k{key}")).chain(["id".into()]).collect();
        let by = order.iter().map(|column| format!("{column} {way}")).collect::<Vec<_>>().join(", ");
        let ranges = self.ranges(start, &order, than);
        let page = [connection::limit(limit.rows.saturating_add(1)), start.offset];
        if let [(filter, values)] = &ranges[..] {
            let sql =
                format!("{} {} WHERE listed = 1 AND {filter} ORDER BY {by} LIMIT ? OFFSET ?", stored.get, index.hint());
            let mut rows = self.connection.prepare_cached(&sql)?;
            let rows =
                rows.query_map(params_from_iter(values.iter().copied().chain(page)), |row| rows::read(stored, row))?;
            return limit.take(rows, |(_, row)| Some(row));
        }
        // Several ranges are merged by the index alone, so that rows passed over are not read.
        let (sql, values) = index.select(&ranges, &order.join(", "), &by);
        let mut ids = self.connection.prepare_cached(&sql)?;
        let ids =
            ids.query_map(params_from_iter(values.into_iter().chain(page)), |row| row.get::<_, i64>(order.len() - 1))?;
        let mut get = self.connection.prepare_cached(&format!("{} WHERE id = ?", stored.get))?;
        limit.take(ids.map(|id| get.query_row([id?], |row| rows::read(stored, row))), |(_, row)| Some(row))
    }

    /// All rows behind the start, or all there are.
    fn ranges(&self, start: &Start, order: &[String], than: &str) -> Vec<Range> {
        let (filter, found) = self.all();
        let Some((key, id)) = start.behind else { return vec![(filter, found)] };
        let columns: Vec<&str> = order.iter().map(String::as_str).collect();
        let place: Vec<i64> = self.index.order.map(|_| key).into_iter().chain([id]).collect();
        let ranges = index::behind(&columns, &place, than).into_iter();
        ranges.map(|(range, values)| (format!("{filter} AND {range}"), [found.clone(), values].concat())).collect()
    }

    /// Rows that pass a filter, counted up to `at_most`.
    fn count(&self, (filter, values): &Range, at_most: i64) -> Result<i64> {
        let (table, hint) = (self.stored.number, self.index.hint());
        let sql =
            format!("SELECT count(*) FROM (SELECT 1 FROM rows_{table} {hint} WHERE listed = 1 AND {filter} LIMIT ?)");
        let values = values.iter().copied().chain([at_most]);
        self.connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))
    }

    /// The rows of the find, or of the whole index.
    fn all(&self) -> Range {
        let found = self.index.find_column.as_ref().map_or("TRUE".into(), |column| format!("{column} = ?"));
        (found, self.find.into_iter().collect())
    }
}

/// Where each block begins, how many rows lie before it, and before the next one.
struct Ranks(Vec<(IndexKey, i64, i64)>);

impl Ranks {
    fn load(slice: &Slice<'_>) -> Done<Ranks> {
        let mut before = 0;
        let blocks = blocks::read(slice.connection, slice.index.number)?.into_iter();
        let ranks = blocks.map(|(from, rows)| {
            before += rows;
            (from, before - rows, before)
        });
        Ok(Ranks(ranks.collect()))
    }

    fn total(&self) -> i64 {
        self.0.last().map_or(0, |(_, _, past)| *past)
    }

    /// How many rows lie before those of a find key.
    fn before(&self, slice: &Slice<'_>, find: i64) -> Result<i64> {
        let first = (find, i64::MIN, i64::MIN);
        let Some(block) = self.0.partition_point(|(from, ..)| *from <= first).checked_sub(1) else { return Ok(0) };
        let (from, mut before, _) = self.0[block];
        let Some(column) = &slice.index.find_column else { return Ok(before) };
        for (range, values) in slice.index.from(from) {
            let range = (format!("{range} AND {column} < ?"), [values, vec![find]].concat());
            before += slice.count(&range, i64::MAX)?;
        }
        Ok(before)
    }

    /// How many rows lie before the block that holds the row of this rank, and which one it is.
    fn around(&self, rank: i64) -> (i64, usize) {
        let block = self.0.partition_point(|(_, before, _)| *before <= rank).saturating_sub(1);
        (self.0.get(block).map_or(0, |(_, before, _)| *before), block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::options::Options;
    use crate::steps::Steps;
    use kernel::pair_key;
    use runtime::port::store::{Store, Table};
    use testkit::conformance::{Model, Sample};

    const ROWS: u64 = 40_000;
    /// Steps of SQLite's machine: enough for the rows of a few blocks, and far fewer than a look at each row takes.
    const STEPS_MAX: usize = 60_000;

    /// All rows have the same keys.
    fn filled(path: &std::path::Path) -> Table {
        let table = Table { name: "trips".into(), finds: 2, sorts: 1, pairs: vec![(0, 1)], ordered: false };
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
        for (find, sort) in finds.into_iter().flat_map(|find| [(find, None), (find, Some(0))]) {
            for (descending, offset) in [(false, 0), (false, ROWS / 2), (true, ROWS / 2), (false, ROWS - 5)] {
                let query = Query { find, sort, descending, offset, limit: ReadLimit::rows(20), after: None };
                let (steps, found) = counted.taken(|| page(&file, &stored, &query).expect("a page"));
                assert_eq!((found.total, found.rows.is_empty()), (ROWS, false));
                assert!(steps <= STEPS_MAX, "{steps} steps for {query:?}");
            }
        }
    }
}
