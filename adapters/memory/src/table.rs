//! The rows of one collection, with an index for each way they are asked for.
use kernel::{Id, Row, RowChange};
use runtime::port::store::{ListedChange, ListedChanges, Query, ReadLimit, Result, RowPage, StoreError, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ops::Bound::{Excluded, Included};
use std::sync::Arc;

/// By what an index finds and sorts.
type Shape = (Option<usize>, Option<usize>);
/// Find key, sort key, id; 0 where there is none.
type IndexKey = (i64, i64, u64);
/// Find keys and owners.
type Place = (Vec<i64>, [i64; 2]);

#[derive(Clone)]
pub(crate) struct Rows {
    table: Table,
    rows: BTreeMap<Id, Arc<Row>>,
    /// Built when first asked for and kept up from then on: a simulation that never lists pays nothing.
    indexes: BTreeMap<Shape, BTreeSet<IndexKey>>,
    /// Rows that left the list, or the list of one find or owner: id, find keys and owners to the change that took them away.
    removed: BTreeMap<(Id, Place), u64>,
}

impl Rows {
    pub fn new(table: Table) -> Rows {
        Rows { table, rows: BTreeMap::new(), indexes: BTreeMap::new(), removed: BTreeMap::new() }
    }

    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Rows that lie here already are found by the pairs and owners that are declared now.
    pub fn declare(&mut self, Table { pairs, owned, .. }: &Table) {
        if self.table.pairs != *pairs {
            self.table.pairs = pairs.to_vec();
            self.indexes.retain(|(find, _), _| find.is_none_or(|find| find < self.table.finds));
        }
        self.table.owned |= owned;
    }

    pub fn get(&self, id: Id) -> Option<&Arc<Row>> {
        self.rows.get(&id)
    }

    pub fn behind(&self, after: Id) -> impl Iterator<Item = (&Id, &Arc<Row>)> {
        self.rows.range(Id(after.0.saturating_add(1))..)
    }

    pub fn check(&self, change: &RowChange, present: bool) -> Result<()> {
        let wrong = |what: &str| {
            let RowChange { table, id, .. } = change;
            Err(StoreError::Failed(format!("Row {id} of {table} {what}. Nothing was written.")))
        };
        if change.before.is_some() != present {
            return wrong("is not as the commit says it was");
        }
        match &change.after {
            Some(row) if row.keys.len() != self.table.keys() && (row.listed || !row.keys.is_empty()) => {
                wrong("has not as many keys as its table")
            }
            _ => Ok(()),
        }
    }

    pub fn change(&mut self, change: &RowChange) {
        let RowChange { id, before, after, .. } = change;
        let (before, after) = (listed(before), listed(after));
        for (shape, index) in &mut self.indexes {
            if let Some(key) = before.and_then(|row| index_key(&self.table, *shape, *id, row)) {
                index.remove(&key);
            }
            index.extend(after.and_then(|row| index_key(&self.table, *shape, *id, row)));
        }
        if let Some((finds, owners)) = self.table.left(change) {
            self.removed.insert((*id, (finds.to_vec(), owners)), change.change);
        }
        match &change.after {
            Some(row) => self.rows.insert(*id, row.clone()),
            None => self.rows.remove(id),
        };
    }

    /// Whether `page` can answer without `index` first.
    pub fn indexed(&self, query: &Query) -> bool {
        self.indexes.contains_key(&shape(query))
    }

    pub fn index(&mut self, query: &Query) {
        let shape = shape(query);
        let listed = self.rows.iter().filter(|(_, row)| row.listed);
        let index = listed.filter_map(|(id, row)| index_key(&self.table, shape, *id, row)).collect();
        self.indexes.insert(shape, index);
    }

    pub fn declares(&self, find: Option<(usize, i64)>, sort: Option<usize>) -> Result<()> {
        let found = find.is_none_or(|(find, _)| self.table.is_found_by(find));
        let known = found && sort.is_none_or(|sort| sort < self.table.sorts);
        let name = &self.table.name;
        let refused =
            || StoreError::Failed(format!("The table {name} is not declared to be found or sorted that way."));
        known.then_some(()).ok_or_else(refused)
    }

    pub fn page(&self, query: &Query) -> RowPage {
        let Some(index) = self.indexes.get(&shape(query)) else { return RowPage::default() };
        let (low, high) = query.find.map_or((i64::MIN, i64::MAX), |(_, key)| (key, key));
        let (low, high) = ((low, i64::MIN, 0), (high, i64::MAX, u64::MAX));
        let total = match query.find {
            None => index.len(),
            Some(_) => index.range(low..=high).count(),
        };
        let by_id = query.sort.is_none() && !self.table.ordered;
        let find = query.find.map_or(0, |(_, key)| key);
        let after = query.after.map(|(key, id)| (find, if by_id { 0 } else { key }, id.0));
        let offset = if after.is_some() { 0 } else { query.offset as usize };
        let (rows, more) = match query.descending {
            false => {
                let from = after.map_or(Included(low), |after| Excluded(after.clamp(low, high)));
                self.take(index.range((from, Included(high))).skip(offset), query.limit)
            }
            true => {
                let to = after.map_or(Included(high), |after| Excluded(after.clamp(low, high)));
                self.take(index.range((Included(low), to)).rev().skip(offset), query.limit)
            }
        };
        RowPage { rows, total: total as u64, more }
    }

    fn take<'a>(&self, keys: impl Iterator<Item = &'a IndexKey>, limit: ReadLimit) -> (Vec<(Id, Row)>, bool) {
        let row = |key: &IndexKey| self.rows.get(&Id(key.2)).map(|row| Ok((Id(key.2), Row::clone(row))));
        taken(limit.take(keys.filter_map(row), |(_, row)| Some(row)))
    }

    pub fn changes(&self, after: u64, found: &[(usize, i64)], limit: ReadLimit) -> ListedChanges {
        let has_all = |keys: &[i64], owners: [i64; 2]| {
            found.iter().all(|(find, key)| match Table::part_of(*find) {
                Some(part) => owners[part as usize] == *key,
                None => keys[*find] == *key,
            })
        };
        let here = |row: &&Arc<Row>| row.listed && has_all(&row.keys, row.owners);
        let mut latest = BTreeMap::new();
        let removed = self.removed.iter();
        let removed =
            removed.filter(|((_, (finds, owners)), change)| after > 0 && **change > after && has_all(finds, *owners));
        for ((id, _), change) in removed.filter(|((id, _), _)| self.rows.get(id).filter(here).is_none()) {
            let latest = latest.entry(*id).or_insert((*change, None));
            latest.0 = latest.0.max(*change);
        }
        for (id, row) in self.rows.iter().filter(|(_, row)| row.change > after && here(row)) {
            latest.insert(*id, (row.change, Some(Row::clone(row))));
        }
        let mut changes: Vec<ListedChange> =
            latest.into_iter().map(|(id, (change, row))| ListedChange { change, id, row }).collect();
        changes.sort_by_key(|change| (change.change, change.id));
        let (changes, more) = taken(limit.take(changes.into_iter().map(Ok), |change| change.row.as_ref()));
        ListedChanges { changes, more }
    }
}

/// What can't fail.
fn taken<T>(taken: std::result::Result<T, Infallible>) -> T {
    match taken {
        Ok(taken) => taken,
    }
}

fn listed(row: &Option<Arc<Row>>) -> Option<&Arc<Row>> {
    row.as_ref().filter(|row| row.listed)
}

fn shape(query: &Query) -> Shape {
    (query.find.map(|(find, _)| find), query.sort)
}

/// `None` for a row that nobody owns, where the index is of owners.
fn index_key(table: &Table, (find, sort): Shape, id: Id, row: &Row) -> Option<IndexKey> {
    let natural = || if table.ordered { row.keys.last().copied() } else { None };
    let order = sort.map_or_else(natural, |sort| Some(row.keys[table.finds + sort]));
    let find = match find {
        Some(find) => table.row_key(find, row)?,
        None => 0,
    };
    Some((find, order.unwrap_or(0), id.0))
}
