//! The orders in which a table's listed rows are asked for, each an index of narrow keys.
use kernel::Id;
use runtime::port::store::{Query, Table};

/// Find key, order key, id; 0 where an index has none. The order of these is the order of the index.
pub(crate) type IndexKey = (i64, i64, i64);
pub(crate) const FIRST: IndexKey = (i64::MIN, i64::MIN, i64::MIN);

/// Indexes of one table are numbered from `table number × SPAN`.
pub(crate) const SPAN: i64 = 1 << 20;

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
}

/// A condition on an index's columns, and the values of its question marks.
pub(crate) type Range = (String, Vec<i64>);

/// The rows behind a place, by ranges that follow each other. SQLite compares `(k0, id) > (?, ?)` by the index only as
/// far as `k0`, and then reads every row with the same `k0`; in a range each column but the last is equal to its value.
/// `last` is the comparison of the whole place, such as ">=".
pub(crate) fn behind(columns: &[&str], place: &[i64], last: &str) -> Vec<Range> {
    let range = |nth: usize| {
        let equal = columns[..nth].iter().map(|column| format!("{column} = ? AND "));
        let than = if nth + 1 == columns.len() { last } else { &last[..1] };
        (equal.collect::<String>() + &format!("{} {than} ?", columns[nth]), place[..=nth].to_vec())
    };
    (0..columns.len()).rev().map(range).collect()
}

pub(crate) fn all(number: i64, table: &Table) -> Vec<Index> {
    let finds = std::iter::once(None).chain((0..table.finds + table.pairs.len()).map(Some));
    let shapes =
        finds.flat_map(|find| std::iter::once(None).chain((0..table.sorts).map(Some)).map(move |sort| (find, sort)));
    shapes.enumerate().map(|(nth, (find, sort))| index(number, nth, table, find, sort)).collect()
}

/// Which of `all` a query goes by.
pub(crate) fn nth(table: &Table, query: &Query) -> usize {
    let find = query.find.map_or(0, |(find, _)| find + 1);
    find * (table.sorts + 1) + query.sort.map_or(0, |sort| sort + 1)
}

fn index(number: i64, nth: usize, table: &Table, find: Option<usize>, sort: Option<usize>) -> Index {
    let natural = table.ordered.then(|| table.keys() - 1);
    let order = sort.map(|sort| table.finds + sort).or(natural);
    let find_column = find.map(|find| column(table, find));
    let keys: Vec<String> = find_column.clone().into_iter().chain(order.map(|key| format!("k{key}"))).collect();
    let name = (!keys.is_empty()).then(|| format!("rows_{number}_{nth}"));
    let columns = keys.into_iter().chain(["id".to_string()]).collect::<Vec<_>>().join(", ");
    Index { number: number * SPAN + nth as i64, find, find_column, order, name, columns }
}

fn column(table: &Table, find: usize) -> String {
    match find.checked_sub(table.finds) {
        None => format!("k{find}"),
        Some(pair) => format!("p{pair}"),
    }
}

impl Index {
    pub fn key(&self, table: &Table, id: Id, keys: &[i64]) -> IndexKey {
        let find = self.find.and_then(|find| table.find_key(find, keys));
        (find.unwrap_or(0), self.order.map_or(0, |key| keys[key]), id.0 as i64)
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

    /// The rows from a key on.
    pub fn from(&self, key: IndexKey) -> Vec<Range> {
        let columns: Vec<&str> = self.columns.split(", ").collect();
        behind(&columns, &self.parts(key), ">=")
    }

    /// The key of a row that is selected by the columns of this index.
    pub fn read(&self, row: &rusqlite::Row<'_>) -> rusqlite::Result<IndexKey> {
        let parts = (0..self.columns.split(", ").count()).map(|nth| row.get(nth));
        Ok(self.whole(&parts.collect::<rusqlite::Result<Vec<i64>>>()?))
    }

    /// Rows that pass `ranges`, in the order of a list of columns; a limit and an offset follow.
    pub fn select(&self, ranges: &[Range], columns: &str, order: &str) -> (String, Vec<i64>) {
        let (table, hint) = (self.number / SPAN, self.hint());
        let select =
            |(range, _): &Range| format!("SELECT {columns} FROM rows_{table} {hint} WHERE listed = 1 AND {range}");
        let selects: Vec<String> = ranges.iter().map(select).collect();
        let values = ranges.iter().flat_map(|(_, values)| values.iter().copied());
        (format!("{} ORDER BY {order} LIMIT ? OFFSET ?", selects.join(" UNION ALL ")), values.collect())
    }

    /// "INDEXED BY …": the planner is told, so that no statistics can lead it astray.
    pub fn hint(&self) -> String {
        match &self.name {
            Some(name) => format!("INDEXED BY {name}"),
            None => "NOT INDEXED".to_string(),
        }
    }

    pub fn create(&self) -> Option<String> {
        let name = self.name.as_ref()?;
        // The id stands at the end of every index anyway.
        let keys = self.columns.strip_suffix(", id")?;
        let table = self.number / SPAN;
        Some(format!("CREATE INDEX {name} ON rows_{table} ({keys}) WHERE listed = 1"))
    }
}
