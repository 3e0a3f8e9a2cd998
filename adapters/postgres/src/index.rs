//! The orders in which a table's listed rows are asked for, each an index of narrow keys.
use crate::fault::Done;
use crate::owners;
use kernel::{Id, Relation};
use runtime::port::store::{Query, Table};

/// Find key, order key, id; 0 where an index has none. The order of these is the order of the index.
pub(crate) type IndexKey = (i64, i64, i64);

pub(crate) struct Index {
    pub find: Option<usize>,
    /// The column that is found by: "k0" of a find, "p0" of a pair.
    pub find_column: Option<String>,
    /// The key column rows are ordered by before their id.
    pub order: Option<usize>,
    /// `None` for the primary key itself.
    pub name: Option<String>,
    pub table: i32,
}

pub(crate) fn all(number: i32, table: &Table) -> Vec<Index> {
    let finds = std::iter::once(None).chain((0..table.finds + table.pairs.len()).map(Some));
    let shapes =
        finds.flat_map(|find| std::iter::once(None).chain((0..table.sorts).map(Some)).map(move |sort| (find, sort)));
    shapes.enumerate().map(|(nth, (find, sort))| index(number, nth, table, find, sort)).collect()
}

/// Those of owners, one after the other each in all orders.
pub(crate) fn owned(number: i32, table: &Table) -> Vec<Index> {
    let parts = Relation::ALL.into_iter().filter(|_| table.owned);
    let shapes =
        parts.flat_map(|part| std::iter::once(None).chain((0..table.sorts).map(Some)).map(move |sort| (part, sort)));
    let index = |(nth, (part, sort)): (usize, (Relation, Option<usize>))| {
        let named = index(number, nth, table, Some(Table::find_of(part)), sort);
        Index { name: Some(format!("rows_{number}_owned_{nth}")), ..named }
    };
    shapes.enumerate().map(index).collect()
}

/// Whose rows a query asks for, if it asks by an owner.
pub(crate) fn part(query: &Query) -> Option<Relation> {
    query.find.and_then(|(find, _)| Table::part_of(find))
}

/// Which of `owned` a query goes by.
pub(crate) fn nth_owned(table: &Table, query: &Query, part: Relation) -> usize {
    part as usize * (table.sorts + 1) + query.sort.map_or(0, |sort| sort + 1)
}

/// Which of `all` a query goes by.
pub(crate) fn nth(table: &Table, query: &Query) -> usize {
    let find = query.find.map_or(0, |(find, _)| find + 1);
    find * (table.sorts + 1) + query.sort.map_or(0, |sort| sort + 1)
}

fn index(number: i32, nth: usize, table: &Table, find: Option<usize>, sort: Option<usize>) -> Index {
    let natural = table.ordered.then(|| table.keys() - 1);
    let order = sort.map(|sort| table.finds + sort).or(natural);
    let find_column = find.map(|find| match (Table::part_of(find), find.checked_sub(table.finds)) {
        (Some(part), _) => owners::column(part).into(),
        (None, None) => format!("k{find}"),
        (None, Some(pair)) => format!("p{pair}"),
    });
    let name = (find.is_some() || order.is_some()).then(|| format!("rows_{number}_{nth}"));
    Index { find, find_column, order, name, table: number }
}

impl Index {
    /// The columns rows are ordered by: "k2", "id".
    pub fn order_columns(&self) -> Vec<String> {
        self.order.map(|key| format!("k{key}")).into_iter().chain(["id".into()]).collect()
    }

    /// All of its columns: "k0", "k2", "id".
    pub fn columns(&self) -> Vec<String> {
        self.find_column.iter().cloned().chain(self.order_columns()).collect()
    }

    pub fn key(&self, table: &Table, id: Id, keys: &[i64]) -> IndexKey {
        let find = self.find.and_then(|find| table.find_key(find, keys));
        let order = self.order.and_then(|key| keys.get(key).copied());
        (find.unwrap_or(0), order.unwrap_or(0), id.0 as i64)
    }

    /// The parts of a key that this index has, as its columns name them.
    pub fn parts(&self, (find, order, id): IndexKey) -> Vec<i64> {
        let (find, order) = (self.find.map(|_| find), self.order.map(|_| order));
        find.into_iter().chain(order).chain([id]).collect()
    }

    /// The key of a row that is selected by the columns of this index.
    pub fn read(&self, row: &tokio_postgres::Row) -> Done<IndexKey> {
        let (finds, orders) = (usize::from(self.find.is_some()), usize::from(self.order.is_some()));
        let find = if finds > 0 { row.try_get(0)? } else { 0 };
        let order = if orders > 0 { row.try_get(finds)? } else { 0 };
        Ok((find, order, row.try_get(finds + orders)?))
    }

    pub fn create(&self) -> Option<String> {
        let name = self.name.as_ref()?;
        let part = self.find.and_then(Table::part_of);
        let somebodys = part.map(|part| format!(" AND {} IS NOT NULL", owners::column(part))).unwrap_or_default();
        let columns = self.columns().join(", ");
        Some(format!("CREATE INDEX {name} ON @rows_{} ({columns}) WHERE listed{somebodys};", self.table))
    }
}
