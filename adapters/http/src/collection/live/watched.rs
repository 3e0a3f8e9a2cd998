//! The rows a client watches, and which frame a committed change is for its watcher.
use crate::collection::collection_ref::CollectionRef;
use crate::collection::live::frame;
use crate::request::life_mark::LifeMark;
use bytes::Bytes;
use kernel::{Id, Row, RowChange};
use runtime::follow::{FollowedRows, Told};

/// One row, or the rows of a collection that pass its filters.
pub(crate) struct WatchedRows {
    /// Of the store, when the client began to watch.
    pub life: LifeMark,
    pub collection: CollectionRef,
    pub rows: FollowedRows,
}

impl WatchedRows {
    /// `None` where the client sees nothing of the change.
    pub(super) fn frame(&self, change: &RowChange) -> Option<Bytes> {
        match self.rows.told(change)? {
            Told::Row(row) => self.row(change.id, row),
            Told::Gone => Some(self.deleted(change.id, change.change)),
        }
    }

    pub(super) fn row(&self, id: Id, row: &Row) -> Option<Bytes> {
        frame::row(&self.collection, &self.life, (id, row), &self.rows.sight)
    }

    pub(super) fn deleted(&self, id: Id, change: u64) -> Bytes {
        frame::deleted(&self.life, id, change)
    }
}
