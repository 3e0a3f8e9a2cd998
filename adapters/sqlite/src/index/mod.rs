//! The orders in which a table's listed rows are asked for, each an index of narrow keys.
pub(crate) mod blocks;
pub(crate) mod counts;
mod cuts;
pub(crate) mod pending;
pub(crate) mod runs;

use crate::index::runs::Runs;
use crate::owners;
use crate::stored_table::StoredTable;
use kernel::{Id, Relation, Row};
use runtime::port::store::{Query, Table};
use std::borrow::Cow;

/// Find key, order key, id; 0 where an index has none. The order of these is the order of the index.
pub(crate) type IndexKey = (i64, i64, i64);
pub(crate) const FIRST: IndexKey = (i64::MIN, i64::MIN, i64::MIN);

/// That a row is in the indexes. As it stands here it leads SQLite to them.
pub(crate) const INDEXED: &str = "listed = 1";

/// Indexes of one table are numbered from `table number × SPAN`.
pub(crate) const SPAN: i64 = 1 << 20;

#[derive(Clone)]
pub(crate) struct Index {
    /// Unique in the file: the key of its blocks.
    pub number: i64,
    pub find: Option<usize>,
    /// The column that is found by: "k0" of a find, "p0" of a pair.
    pub find_column: Option<String>,
    /// The key column rows are ordered by before their id.
    pub order: Option<usize>,
    /// `None` for the primary key itself.
    pub name: Option<String>,
    /// "k0, k2, id".
    pub columns: String,
    /// Whether each run of rows has a part of this index, before all of its columns.
    pub in_runs: bool,
    /// Whether rows lie in its order. Else what is found is sorted each time it is asked for.
    pub is_sorted: bool,
}

/// A condition on an index's columns, and the values of its question marks.
pub(crate) type Range = (String, Vec<i64>);

/// Where rows begin that lie between two places.
#[derive(Clone, Copy)]
pub(crate) enum From<'a> {
    /// With these first columns, or greater ones. Without a column: with the first row.
    At(&'a [i64]),
    /// Greater than this whole place.
    Behind(&'a [i64]),
}

/// The rows from one place on and before another, or to the end; a place may name the first columns only. By ranges
/// that do not overlap: SQLite compares `(k0, id) > (?, ?)` by the index only as far as `k0`, and then reads every row
/// with the same `k0`; in a range each column but the last is equal to its value.
pub(crate) fn between(columns: &[&str], from: From<'_>, to: Option<&[i64]>) -> Vec<Range> {
    let (start, last) = match from {
        From::At(place) => (place, ">="),
        From::Behind(place) => (place, ">"),
    };
    let shared = start.iter().zip(to.unwrap_or_default()).take_while(|(one, other)| one == other).count();
    if to.is_some_and(|to| to.len() == shared) {
        return vec![];
    }
    let above = |nth: usize| (if nth + 1 == start.len() { last } else { ">" }, start[nth]);
    let equal = |place: &[i64], nth: usize, ends: &[(&str, i64)]| {
        let equal = columns[..nth].iter().map(|column| format!("{column} = ?"));
        let ends_of = ends.iter().map(|(than, _)| format!("{} {than} ?", columns[nth]));
        let conditions: Vec<String> = equal.chain(ends_of).collect();
        let values = place[..nth].iter().copied().chain(ends.iter().map(|(_, value)| *value)).collect();
        (if conditions.is_empty() { "TRUE".to_string() } else { conditions.join(" AND ") }, values)
    };
    let lower = (shared + 1..start.len()).rev().map(|nth| equal(start, nth, &[above(nth)]));
    let ends: Vec<(&str, i64)> =
        (shared < start.len()).then(|| above(shared)).into_iter().chain(to.map(|to| ("<", to[shared]))).collect();
    let middle = equal(start, shared, &ends);
    let upper = to.into_iter().flat_map(|to| (shared + 1..to.len()).map(move |nth| (to, nth)));
    lower.chain([middle]).chain(upper.map(|(to, nth)| equal(to, nth, &[("<", to[nth])]))).collect()
}

/// Each of the ranges, where another one holds as well.
pub(crate) fn within((outer, found): &Range, ranges: Vec<Range>) -> Vec<Range> {
    let both = |(range, values): Range| (format!("{outer} AND {range}"), [found.clone(), values].concat());
    ranges.into_iter().map(both).collect()
}

pub(crate) fn all(number: i64, table: &Table, in_runs: bool) -> Vec<Index> {
    let finds = std::iter::once(None).chain((0..table.finds + table.pairs.len()).map(Some));
    let shapes =
        finds.flat_map(|find| std::iter::once(None).chain((0..table.sorts).map(Some)).map(move |sort| (find, sort)));
    shapes.enumerate().map(|(nth, (find, sort))| index((number, nth), table, (find, sort), in_runs)).collect()
}

/// Those of owners, in the order of `Relation::ALL`.
pub(crate) fn owned(number: i64, table: &Table, in_runs: bool) -> Vec<Index> {
    Relation::ALL.into_iter().filter(|_| table.owned).map(|part| owned_by(number, table, part, None, in_runs)).collect()
}

/// What is somebody's is taken to be few: for another order it is sorted when it is asked for, which costs less than an index more for every row.
fn owned_by(number: i64, table: &Table, part: Relation, sort: Option<usize>, in_runs: bool) -> Index {
    let nth = SPAN as usize - 1 - part as usize; // no other index has so high a number
    let index = index((number, nth), table, (Some(Table::find_of(part)), sort), in_runs);
    Index { name: Some(format!("rows_{number}_{}", owners::column(part))), is_sorted: sort.is_none(), ..index }
}

/// Which index the rows that a query finds are counted by.
pub(crate) fn counted_by<'a>(stored: &'a StoredTable, index: &'a Index) -> &'a Index {
    stored.owned.iter().find(|owned| owned.number == index.number).unwrap_or(index)
}

/// Which index a query goes by.
pub(crate) fn of_query<'a>(stored: &'a StoredTable, query: &Query) -> Option<Cow<'a, Index>> {
    let StoredTable { number, table, .. } = stored;
    match query.find.and_then(|(find, _)| Table::part_of(find)) {
        Some(part) if table.owned => Some(Cow::Owned(owned_by(*number, table, part, query.sort, stored.in_runs()))),
        Some(_) => None,
        None => stored.indexes.get(nth(table, query)).map(Cow::Borrowed),
    }
}

/// Which of `all` a query goes by.
fn nth(table: &Table, query: &Query) -> usize {
    let find = query.find.map_or(0, |(find, _)| find + 1);
    find * (table.sorts + 1) + query.sort.map_or(0, |sort| sort + 1)
}

fn index(
    (number, nth): (i64, usize),
    table: &Table,
    (find, sort): (Option<usize>, Option<usize>),
    in_runs: bool,
) -> Index {
    let natural = table.ordered.then(|| table.keys() - 1);
    let order = sort.map(|sort| table.finds + sort).or(natural);
    let find_column = find.map(|find| column(table, find));
    let keys: Vec<String> = find_column.clone().into_iter().chain(order.map(|key| format!("k{key}"))).collect();
    let name = (!keys.is_empty()).then(|| format!("rows_{number}_{nth}"));
    let columns = keys.into_iter().chain(["id".to_string()]).collect::<Vec<_>>().join(", ");
    // Rows come in the order of their ids: the primary key needs no runs.
    let in_runs = in_runs && name.is_some();
    Index { number: number * SPAN + nth as i64, find, find_column, order, name, columns, in_runs, is_sorted: true }
}

fn column(table: &Table, find: usize) -> String {
    if let Some(part) = Table::part_of(find) {
        return owners::column(part).into();
    }
    match find.checked_sub(table.finds) {
        None => format!("k{find}"),
        Some(pair) => format!("p{pair}"),
    }
}

impl Index {
    /// Where a row lies in it. `None` where it does not: nobody's rows are in no index of owners.
    pub fn key(&self, table: &Table, id: Id, row: &Row) -> Option<IndexKey> {
        let find = self.find.map_or(Some(0), |find| table.row_key(find, row))?;
        let order = self.order.map_or(Some(0), |key| row.keys.get(key).copied())?;
        Some((find, order, id.0 as i64))
    }

    /// Whose index it is, if it is one of owners.
    pub fn part(&self) -> Option<Relation> {
        self.find.and_then(Table::part_of)
    }

    /// The parts of a key that this index has, as its columns name them.
    pub fn parts(&self, (find, order, id): IndexKey) -> Vec<i64> {
        let find = self.find.map(|_| find);
        let order = self.order.map(|_| order);
        find.into_iter().chain(order).chain([id]).collect()
    }

    /// The key whose parts these are.
    fn whole(&self, parts: &[i64]) -> IndexKey {
        let mut parts = parts.iter().copied();
        let mut next = |is_there: bool| is_there.then(|| parts.next()).flatten().unwrap_or(0);
        (next(self.find.is_some()), next(self.order.is_some()), next(true))
    }

    /// The rows of one run from one place on and before another, or to its end.
    pub fn between(&self, run: i64, from: From<'_>, to: Option<&[i64]>) -> Vec<Range> {
        let columns: Vec<&str> = self.columns.split(", ").collect();
        within(&self.of_run(run), between(&columns, from, to))
    }

    /// All rows of one run.
    pub fn of_run(&self, run: i64) -> Range {
        if self.in_runs { ("run = ?".into(), vec![run]) } else { ("TRUE".into(), vec![]) }
    }

    /// All rows, as a condition by which SQLite goes over the runs.
    pub fn of_runs(&self, runs: &Runs) -> String {
        let all = || runs.all().map(|run| run.to_string()).collect::<Vec<_>>().join(", ");
        if self.in_runs { format!("run IN ({})", all()) } else { "TRUE".into() }
    }

    /// The key of a row that is selected by the columns of this index.
    pub fn read(&self, row: &rusqlite::Row<'_>) -> rusqlite::Result<IndexKey> {
        let parts = (0..self.columns.split(", ").count()).map(|nth| row.get(nth));
        Ok(self.whole(&parts.collect::<rusqlite::Result<Vec<i64>>>()?))
    }

    /// Rows that pass `ranges`, in the order of a list of columns; a limit and an offset follow.
    pub fn select(&self, ranges: &[Range], columns: &str, order: &str) -> (String, Vec<i64>) {
        let (table, hint, listed) = (self.number / SPAN, self.hint(), self.has());
        let select =
            |(range, _): &Range| format!("SELECT {columns} FROM rows_{table} {hint} WHERE {listed} AND {range}");
        let selects: Vec<String> = ranges.iter().map(select).collect();
        let values = ranges.iter().flat_map(|(_, values)| values.iter().copied());
        (format!("{} ORDER BY {order} LIMIT ? OFFSET ?", selects.join(" UNION ALL ")), values.collect())
    }

    /// Which rows it has: all that are listed, or all of those but the pending list, or of these somebody's.
    pub fn has(&self) -> String {
        let listed = if self.name.is_some() { INDEXED } else { pending::LISTED };
        let somebodys = |part| format!(" AND {} IS NOT NULL", owners::column(part));
        listed.to_string() + &self.part().map(somebodys).unwrap_or_default()
    }

    /// "INDEXED BY …": the planner is told, so that no statistics can lead it astray.
    pub fn hint(&self) -> String {
        match &self.name {
            Some(name) => format!("INDEXED BY {name}"),
            None => "NOT INDEXED".to_string(),
        }
    }

    /// The statement that makes it, if it is not the primary key.
    pub fn create(&self) -> String {
        // The id stands at the end of every index anyway.
        let (Some(name), Some(keys)) = (&self.name, self.columns.strip_suffix(", id")) else { return String::new() };
        let table = self.number / SPAN;
        let run = if self.in_runs { "run, " } else { "" };
        format!("CREATE INDEX {name} ON rows_{table} ({run}{keys}) WHERE {};", self.has())
    }

    pub fn drop(&self) -> String {
        self.name.as_ref().map_or_else(String::new, |name| format!("DROP INDEX {name};"))
    }
}
