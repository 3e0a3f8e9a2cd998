//! The changes a stream has missed, read from the store.
use crate::collection::live::watched::WatchedRows;
use bytes::Bytes;
pub(super) use runtime::follow::StreamProgress;
use runtime::port::store::{ListedChange, ReadLimit, Reader, Result};

/// Frames, the change they go up to, and whether the store has no more for now.
pub(super) struct Backlog {
    pub frames: Vec<Bytes>,
    pub seen: u64,
    pub complete: bool,
}

impl WatchedRows {
    pub(super) fn read(&self, reader: &dyn Reader, table: &str, from: StreamProgress) -> Result<Backlog> {
        let settings = &self.collection.mount.server.settings;
        let limit = ReadLimit { rows: settings.stream_rows, bytes: settings.stream_read_bytes };
        let missed = self.rows.missed(reader, table, from, limit)?;
        let frame = |ListedChange { change, id, row }: ListedChange| match row {
            Some(row) => self.row(id, &row),
            None => Some(self.deleted(id, change)),
        };
        let frames = missed.changes.into_iter().filter_map(frame).collect();
        Ok(Backlog { frames, seen: missed.seen, complete: missed.complete })
    }
}
