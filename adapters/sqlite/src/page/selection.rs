//! The rows that a query asks for, as one index has them: all of them, or those of one key.
use crate::connection::limit;
use crate::index::pending;
use crate::index::runs::Runs;
use crate::index::{From, Index, Range, between, within};
use crate::stored_table::StoredTable;
use rusqlite::{Connection, Result, params_from_iter};
use std::collections::BTreeMap;

/// Order key (0 where the order is by id) and id: rows of a selection lie in the order of these.
pub(crate) type Place = (i64, i64);

pub(crate) struct Selection<'a> {
    pub connection: &'a Connection,
    pub stored: &'a StoredTable,
    pub index: &'a Index,
    pub find: Option<i64>,
    pub runs: Runs,
    /// What the index has not got yet, by the run it belongs to: each in order.
    pending: BTreeMap<i64, Vec<Place>>,
}

impl<'a> Selection<'a> {
    pub fn new(
        connection: &'a Connection,
        stored: &'a StoredTable,
        index: &'a Index,
        find: Option<i64>,
    ) -> Result<Selection<'a>> {
        let runs = if index.in_runs { Runs::load(connection, stored)? } else { Runs::default() };
        let mut selection = Selection { connection, stored, index, find, runs, pending: BTreeMap::new() };
        if index.in_runs && stored.has_pending {
            for place in pending::places(connection, index, &selection.found())? {
                selection.pending.entry(selection.runs.of(place.1)).or_default().push(place);
            }
        }
        Ok(selection)
    }

    /// The rows in the pending list.
    pub fn pending_rows(&self) -> i64 {
        self.pending.values().map(|places| places.len() as i64).sum()
    }

    /// Those that belong to a run, in order.
    pub fn pending_of(&self, run: i64) -> &[Place] {
        self.pending.get(&run).map_or(&[], |places| places)
    }

    /// Whether the runs follow each other in the order asked for; otherwise rows of all of them are merged.
    pub fn by_id(&self) -> bool {
        self.index.order.is_none()
    }

    /// The rows of all runs; those in the indexes are counted up to `at_most`.
    pub fn count_few(&self, at_most: i64) -> Result<i64> {
        let (found, values) = self.found();
        let indexed = self.count(&[(format!("{} AND {found}", self.index.of_runs(&self.runs)), values)], at_most)?;
        Ok(indexed + self.pending_rows())
    }

    /// How many rows of a run lie between two places.
    pub fn count_between(&self, run: i64, from: Option<Place>, to: Place) -> Result<i64> {
        let pending = self.pending_of(run);
        let pending_rows = before(pending, to) - from.map_or(0, |from| before(pending, from));
        let (from, to) = (from.map_or(vec![], |place| self.parts(place)), self.parts(to));
        let ranges = between(&self.order(), From::At(&from), Some(&to));
        Ok(self.count(&within(&self.of_run(run), ranges), i64::MAX)? + pending_rows as i64)
    }

    /// Of the rows that the index has.
    pub fn count(&self, ranges: &[Range], at_most: i64) -> Result<i64> {
        let (table, hint, listed) = (self.stored.number, self.index.hint(), self.index.has());
        let count = |(filter, values): &Range| {
            let sql =
                format!("SELECT count(*) FROM (SELECT 1 FROM rows_{table} {hint} WHERE {listed} AND {filter} LIMIT ?)");
            let values = values.iter().copied().chain([at_most]);
            self.connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get::<_, i64>(0))
        };
        ranges.iter().map(count).sum()
    }

    /// Where rows of a run lie strictly behind a place, in the order asked for.
    pub fn places(
        &self,
        run: i64,
        behind: Option<Place>,
        descending: bool,
        (rows, offset): (usize, i64),
    ) -> Result<Vec<Place>> {
        let pending = self.pending_of(run);
        let pending = match behind {
            Some(place) if descending => &pending[..before(pending, place)],
            Some(place) => &pending[pending.partition_point(|row| *row <= place)..],
            None => pending,
        };
        // Of the rows passed over, all but so many are surely in the index.
        let passed = offset.saturating_sub(pending.len() as i64).max(0);
        let left = usize::try_from(offset - passed).unwrap_or(usize::MAX);
        let mut places = self.indexed(run, behind, descending, (rows.saturating_add(left), passed))?;
        if !pending.is_empty() {
            places.extend_from_slice(pending);
            places.sort_unstable();
            if descending {
                places.reverse();
            }
        }
        Ok(places.into_iter().skip(left).take(rows).collect())
    }

    /// The same of the rows that the index has.
    fn indexed(
        &self,
        run: i64,
        behind: Option<Place>,
        descending: bool,
        (rows, offset): (usize, i64),
    ) -> Result<Vec<Place>> {
        let columns = self.order();
        let way = if descending { " DESC" } else { "" };
        let by = columns.iter().map(|column| format!("{column}{way}")).collect::<Vec<_>>().join(", ");
        let behind = behind.map(|place| self.parts(place));
        let ranges = match &behind {
            Some(place) if descending => between(&columns, From::At(&[]), Some(place)),
            Some(place) => between(&columns, From::Behind(place), None),
            None => between(&columns, From::At(&[]), None),
        };
        let ranges = within(&self.of_run(run), ranges);
        let (sql, values) = self.index.select(&ranges, &columns.join(", "), &by);
        let mut places = self.connection.prepare_cached(&sql)?;
        let values = values.into_iter().chain([limit(rows), offset]);
        let place = |row: &rusqlite::Row<'_>| match self.index.order {
            Some(_) => Ok((row.get(0)?, row.get(1)?)),
            None => Ok((0, row.get(0)?)),
        };
        places.query_map(params_from_iter(values), place)?.collect()
    }

    fn of_run(&self, run: i64) -> Range {
        let (filter, values) = self.index.of_run(run);
        let (found, key) = self.found();
        (format!("{filter} AND {found}"), [values, key].concat())
    }

    fn found(&self) -> Range {
        let found = self.index.find_column.as_ref().map_or("TRUE".into(), |column| format!("{column} = ?"));
        (found, self.find.into_iter().collect())
    }

    /// The columns of a place.
    fn order(&self) -> Vec<&'a str> {
        self.index.columns.split(", ").skip(usize::from(self.index.find.is_some())).collect()
    }

    fn parts(&self, (key, id): Place) -> Vec<i64> {
        self.index.order.map(|_| key).into_iter().chain([id]).collect()
    }
}

/// How many of these lie before a place.
pub(crate) fn before(places: &[Place], place: Place) -> usize {
    places.partition_point(|row| *row < place)
}
