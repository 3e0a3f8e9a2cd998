//! What somebody who was away has missed, as a store remembers it.
use super::FollowedRows;
use crate::port::store::{ListedChange, ListedChanges, ReadLimit, Reader, Result};
use kernel::Id;

/// Rows as they are now, or gone; the change they go up to, and whether the store has no more for now.
#[derive(Debug)]
pub struct Missed {
    pub changes: Vec<ListedChange>,
    pub seen: u64,
    pub complete: bool,
}

/// How far a stream has come.
#[derive(Clone, Copy, Debug)]
pub struct StreamProgress {
    /// The newest change that was sent.
    pub seen: u64,
    /// A row that was deleted up to this change was never sent, so its deletion is not sent either.
    pub fresh_until: u64,
}

impl StreamProgress {
    /// Where a stream begins in a store whose newest change is `newest`. A client that has seen a later change saw another life of this
    /// store, so it is sent everything again.
    pub fn begin(self, newest: u64) -> StreamProgress {
        let seen = if self.seen <= newest { self.seen } else { 0 };
        StreamProgress { seen, fresh_until: if seen == 0 { newest } else { 0 } }
    }
}

impl FollowedRows {
    /// # Errors
    /// The store can't be read.
    pub fn missed(&self, reader: &dyn Reader, table: &str, from: StreamProgress, limit: ReadLimit) -> Result<Missed> {
        match (self.only, self.filters.id) {
            (Some(id), _) => self.missed_of_row(reader, table, id, from),
            (None, Some(id)) if from.seen == 0 => self.missed_of_row(reader, table, id, from),
            (None, _) => {
                let ListedChanges { changes, more } = self.changes(reader, table, from.seen, limit)?;
                let seen = changes.last().map_or(from.seen, |last| last.change);
                let changes = changes.into_iter().filter(|change| self.tells(change, from)).collect();
                Ok(Missed { changes, seen, complete: !more })
            }
        }
    }

    fn missed_of_row(&self, reader: &dyn Reader, table: &str, id: Id, from: StreamProgress) -> Result<Missed> {
        let row = reader.row(table, id)?;
        let row = row.filter(|row| self.sight.includes(row));
        let row = row.filter(|row| self.only.is_some() || row.listed && self.covers(id, row));
        let (change, seen) = match row {
            Some(row) if row.change > from.seen => {
                let change = row.change;
                (Some(ListedChange { change, id, row: Some(row).filter(|row| row.body.is_some()) }), change)
            }
            None if from.seen > 0 => (Some(ListedChange { change: from.seen, id, row: None }), from.seen),
            Some(_) | None => (None, from.seen),
        };
        Ok(Missed { changes: change.into_iter().collect(), seen, complete: true })
    }

    /// By what the store finds the rows: those with all keys of one of these, or of another.
    fn found(&self) -> Vec<Vec<(usize, i64)>> {
        let asked = || self.filters.keys();
        // of rows whose private fields are asked for, only those are told who see them: also of one that has left
        let private = || self.filters.ask_what_is_hidden(&self.sight).then(|| self.sight.own());
        match self.sight.found_by().or_else(private) {
            Some(own) => own.into_iter().map(|own| [own].into_iter().chain(asked()).collect()).collect(),
            None => vec![asked().collect()],
        }
    }

    /// Of rows that are seen or were.
    fn changes(&self, reader: &dyn Reader, table: &str, seen: u64, limit: ReadLimit) -> Result<ListedChanges> {
        let mut all = ListedChanges::default();
        let mut whole_until = u64::MAX;
        for found in self.found() {
            let ListedChanges { changes, more } = reader.changes(table, seen, &found, limit)?;
            let end = changes.last().map_or(seen, |last| last.change);
            whole_until = if more { whole_until.min(end) } else { whole_until };
            all.more |= more;
            all.changes.extend(changes);
        }
        all.changes.retain(|change| change.change <= whole_until);
        all.changes.sort_by_key(|change| (change.change, change.id, change.row.is_none()));
        let mut kept: Vec<ListedChange> = vec![];
        for change in all.changes {
            // somebody may be two things to a row, and cease to be one of them
            if !kept.iter().rev().take_while(|other| other.change == change.change).any(|other| other.id == change.id) {
                kept.push(change);
            }
        }
        Ok(ListedChanges { changes: kept, ..all })
    }

    fn tells(&self, ListedChange { change, id, row }: &ListedChange, from: StreamProgress) -> bool {
        match row {
            Some(row) => row.body.is_some() && self.covers(*id, row),
            None => self.filters.may_include(*id) && *change > from.fresh_until,
        }
    }
}
