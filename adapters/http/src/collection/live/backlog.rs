//! The changes a stream has missed, read from the store.
use crate::collection::live::frame;
use crate::collection::live::watched::WatchedRows;
use bytes::Bytes;
use kernel::{Id, Row};
use runtime::port::store::{ListedChange, ListedChanges, ReadLimit, Reader, Result};
use std::sync::Arc;

/// Frames, the change they go up to, and whether the store has no more for now.
pub(super) struct Backlog {
    pub frames: Vec<Bytes>,
    pub seen: u64,
    pub complete: bool,
}

/// How far a stream has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct StreamProgress {
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

impl WatchedRows {
    pub(super) fn read(&self, reader: &Arc<dyn Reader>, table: &str, from: StreamProgress) -> Result<Backlog> {
        match (self.only, self.filters.id) {
            (Some(id), _) => self.read_row(reader, table, id, from),
            (None, Some(id)) if from.seen == 0 => self.read_row(reader, table, id, from),
            (None, _) => self.read_rows(reader, table, from),
        }
    }

    fn read_row(&self, reader: &Arc<dyn Reader>, table: &str, id: Id, from: StreamProgress) -> Result<Backlog> {
        let row = reader.row(table, id)?;
        let row = row.filter(|row| self.sight.includes(row));
        let row = row.filter(|row| self.only.is_some() || row.listed && self.covers(id, row));
        let shown = |row: &Row| {
            frame::row(&self.collection, &self.life, (id, row), &self.sight)
                .unwrap_or_else(|| frame::deleted(&self.life, id, row.change))
        };
        let (frame, seen) = match &row {
            Some(row) if row.change > from.seen => (Some(shown(row)), row.change),
            None if from.seen > 0 => (Some(frame::deleted(&self.life, id, from.seen)), from.seen),
            Some(_) | None => (None, from.seen),
        };
        Ok(Backlog { frames: frame.into_iter().collect(), seen, complete: true })
    }

    fn read_rows(&self, reader: &Arc<dyn Reader>, table: &str, from: StreamProgress) -> Result<Backlog> {
        let settings = &self.collection.mount.server.settings;
        let limit = ReadLimit { rows: settings.stream_rows, bytes: settings.stream_read_bytes };
        let ListedChanges { changes, more } = self.changes(reader, table, from.seen, limit)?;
        let seen = changes.last().map_or(from.seen, |last| last.change);
        let frames = changes.into_iter().filter_map(|change| self.changed_row(&change, from)).collect();
        Ok(Backlog { frames, seen, complete: !more })
    }

    /// By what the store finds the rows: those with all keys of one of these, or of another.
    fn found(&self) -> Vec<Vec<(usize, i64)>> {
        let asked = self.filters.leading();
        // of rows whose private fields are asked for, only those are told who see them: also of one that has left
        let private = || self.filters.ask_what_is_hidden(&self.sight).then(|| self.sight.own());
        match self.sight.found_by().or_else(private) {
            Some(own) => own.into_iter().map(|own| [own].into_iter().chain(asked).collect()).collect(),
            None => vec![asked.into_iter().collect()],
        }
    }

    /// Of rows that are seen or were.
    fn changes(&self, reader: &Arc<dyn Reader>, table: &str, seen: u64, limit: ReadLimit) -> Result<ListedChanges> {
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

    fn changed_row(&self, ListedChange { change, id, row }: &ListedChange, from: StreamProgress) -> Option<Bytes> {
        match row {
            Some(row) if self.covers(*id, row) => frame::row(&self.collection, &self.life, (*id, row), &self.sight),
            Some(_) => None,
            None if !self.filters.may_include(*id) => None,
            None => (*change > from.fresh_until).then(|| frame::deleted(&self.life, *id, *change)),
        }
    }
}
