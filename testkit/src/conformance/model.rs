//! A store's rows as one would write them down: a list that is filtered and sorted for every question.
use super::row;
use kernel::{Commit, Head, Id, Row, RowChange};
use runtime::port::store::{ListedChange, ListedChanges, Query, ReadLimit, RowPage, Table};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct Model {
    pub table: Table,
    pub rows: BTreeMap<Id, Arc<Row>>,
    /// Every time a row was listed and then was not, or not under the same find keys or owners: the change and the row.
    left: Vec<(u64, Id, Arc<Row>)>,
}

impl Model {
    pub fn new(table: Table) -> Model {
        Model { table, rows: BTreeMap::new(), left: vec![] }
    }

    /// Sets a row (listed or not, with its keys) or takes it away, and says so as a change.
    pub fn set(&mut self, id: Id, to: Option<(bool, Vec<i64>)>, head: &mut Head) -> RowChange {
        head.change += 1;
        self.set_as(head.change, id, to)
    }

    /// Other keys and owners of a row that looks as it did, which is no change to readers. `None`: there is no such row.
    pub fn set_unseen(&mut self, id: Id, (listed, keys): (bool, Vec<i64>)) -> Option<RowChange> {
        let change = self.rows.get(&id).filter(|row| row.listed == listed)?.change;
        Some(self.set_as(change, id, Some((listed, keys))))
    }

    fn set_as(&mut self, change: u64, id: Id, to: Option<(bool, Vec<i64>)>) -> RowChange {
        let before = self.rows.get(&id).cloned();
        let owners = |keys: &[i64]| if self.table.owned { owners(keys) } else { [0; 2] };
        let after = to.map(|(listed, keys)| {
            let row = Arc::unwrap_or_clone(row(change, listed, &keys));
            Arc::new(Row { owners: owners(&keys), ..row })
        });
        let place = |row: &Arc<Row>| row.listed.then(|| (row.keys[..self.table.finds].to_vec(), row.owners));
        let (was, is) = (before.as_ref().and_then(place), after.as_ref().and_then(place));
        if was.is_some() && was != is {
            self.left.extend(before.clone().map(|row| (change, id, row)));
        }
        match &after {
            Some(row) => self.rows.insert(id, row.clone()),
            None => self.rows.remove(&id),
        };
        RowChange { table: self.table.name.clone(), id, change, before, after }
    }

    pub fn commit(&mut self, id: Id, to: Option<(bool, Vec<i64>)>, head: &mut Head) -> Commit {
        Commit { rows: vec![self.set(id, to, head)], ..Commit::default() }
    }

    fn has_all(&self, found: &[(usize, i64)], row: &Row) -> bool {
        found.iter().all(|(find, key)| self.table.row_key(*find, row) == Some(*key))
    }

    fn listed<'a>(&'a self, found: &'a [(usize, i64)]) -> impl Iterator<Item = (Id, &'a Arc<Row>)> {
        let here = move |row: &&Arc<Row>| row.listed && self.has_all(found, row);
        self.rows.iter().filter_map(move |(id, row)| Some((*id, Some(row).filter(here)?)))
    }

    fn order(&self, row: &Row, sort: Option<usize>) -> i64 {
        let natural = || if self.table.ordered { row.keys[self.table.keys() - 1] } else { 0 };
        sort.map_or_else(natural, |sort| row.keys[self.table.finds + sort])
    }

    /// Then a sort key says nothing.
    fn by_id(&self, query: &Query) -> bool {
        query.sort.is_none() && !self.table.ordered
    }

    pub fn page(&self, query: &Query) -> RowPage {
        let place = |id: Id, row: &Row| (self.order(row, query.sort), id);
        let mut rows: Vec<(Id, &Arc<Row>)> = self.listed(query.find.as_slice()).collect();
        rows.sort_by_key(|(id, row)| place(*id, row));
        if query.descending {
            rows.reverse();
        }
        let total = rows.len() as u64;
        let after = query.after.map(|(key, id)| (if self.by_id(query) { 0 } else { key }, id));
        let behind = |(id, row): &(Id, &Arc<Row>)| match after {
            Some(after) if query.descending => place(*id, row) < after,
            Some(after) => place(*id, row) > after,
            None => true,
        };
        let offset = if query.after.is_some() { 0 } else { query.offset as usize };
        let rows: Vec<_> = rows.into_iter().filter(behind).skip(offset).collect();
        let fit = fitting(rows.iter().map(|(_, row)| Some(row.as_ref())), query.limit);
        let page = rows[..fit].iter().map(|(id, row)| (*id, Row::clone(row)));
        RowPage { rows: page.collect(), total, more: fit < rows.len() }
    }

    pub fn changes(&self, after: u64, found: &[(usize, i64)], limit: ReadLimit) -> ListedChanges {
        let now: BTreeMap<Id, &Arc<Row>> = self.listed(found).collect();
        let mut changes: BTreeMap<Id, ListedChange> = BTreeMap::new();
        for (change, id, row) in self.left.iter().filter(|(change, ..)| after > 0 && *change > after) {
            if self.has_all(found, row) && !now.contains_key(id) {
                changes.insert(*id, ListedChange { change: *change, id: *id, row: None });
            }
        }
        for (id, row) in now.into_iter().filter(|(_, row)| row.change > after) {
            changes.insert(id, ListedChange { change: row.change, id, row: Some(Row::clone(row)) });
        }
        let mut changes: Vec<ListedChange> = changes.into_values().collect();
        changes.sort_by_key(|change| change.change);
        let fit = fitting(changes.iter().map(|change| change.row.as_ref()), limit);
        let more = fit < changes.len();
        changes.truncate(fit);
        ListedChanges { changes, more }
    }
}

/// Rows belong to few people and to nobody, by their keys, so that they change hands.
fn owners(keys: &[i64]) -> [i64; 2] {
    let nth = |at: usize| keys.get(at).copied().unwrap_or_default();
    [nth(0).rem_euclid(3), (nth(0) + nth(1)).rem_euclid(4)]
}

/// How many rows, from the first one on, are no more than the limit, or pass its bytes with the last one only.
fn fitting<'a>(rows: impl Iterator<Item = Option<&'a Row>>, limit: ReadLimit) -> usize {
    let shown = |row: &Row| [&row.body, &row.history].into_iter().flatten().map(|text| text.len()).sum::<usize>();
    let before = rows.scan(0, |bytes, row| {
        let before = *bytes;
        *bytes += row.map_or(0, shown);
        Some(before)
    });
    before.take(limit.rows).take_while(|before| *before < limit.bytes).count()
}
