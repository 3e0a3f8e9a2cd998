//! What a stream has missed, read from the store.
use super::frame;
use super::watched::Watched;
use bytes::Bytes;
use kernel::{Id, Row};
use runtime::store::{Change, Reader, Result};
use std::sync::Arc;

/// Some frames, up to which change they go, and whether that is all for now.
pub(super) struct Backlog {
    pub frames: Vec<Bytes>,
    pub seen: u64,
    pub complete: bool,
}

/// How far a stream has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    /// The newest change that was sent.
    pub seen: u64,
    /// Rows gone up to this change were never sent, so they are not said to be gone.
    pub fresh_until: u64,
}

impl Watched {
    pub(super) fn read(&self, reader: &Arc<dyn Reader>, table: &str, from: Progress) -> Result<Backlog> {
        match (self.only, self.filters.id) {
            (Some(id), _) => self.read_row(reader, table, id, from),
            (None, Some(id)) if from.seen == 0 => self.read_row(reader, table, id, from),
            (None, _) => self.read_rows(reader, table, from),
        }
    }

    fn read_row(&self, reader: &Arc<dyn Reader>, table: &str, id: Id, from: Progress) -> Result<Backlog> {
        let row = reader.row(table, id)?;
        let row = row.filter(|row| self.only.is_some() || row.listed && self.filters.covers(id, row));
        let shown = |row: &Row| frame::row(&self.collection, id, row).unwrap_or_else(|| frame::deleted(id, row.change));
        let (frame, seen) = match &row {
            Some(row) if row.change > from.seen => (Some(shown(row)), row.change),
            None if from.seen > 0 => (Some(frame::deleted(id, from.seen)), from.seen),
            Some(_) | None => (None, from.seen),
        };
        Ok(Backlog { frames: frame.into_iter().collect(), seen, complete: true })
    }

    fn read_rows(&self, reader: &Arc<dyn Reader>, table: &str, from: Progress) -> Result<Backlog> {
        let at_most = self.collection.place.house.bounds.stream_rows;
        let changes = reader.changes(table, from.seen, self.filters.leading(), at_most)?;
        let seen = changes.last().map_or(from.seen, |last| last.change);
        let complete = changes.len() < at_most;
        let frames = changes.into_iter().filter_map(|change| self.changed(&change, from)).collect();
        Ok(Backlog { frames, seen, complete })
    }

    fn changed(&self, Change { change, id, row }: &Change, from: Progress) -> Option<Bytes> {
        match row {
            Some(row) if self.filters.covers(*id, row) => frame::row(&self.collection, *id, row),
            Some(_) => None,
            None if !self.filters.may_be(*id) => None,
            None => (*change > from.fresh_until).then(|| frame::deleted(*id, *change)),
        }
    }
}
