//! The rows a client watches, and which frame a committed change is for its watcher.
use crate::collection::collection_ref::CollectionRef;
use crate::collection::filter::Filters;
use crate::collection::live::frame;
use crate::collection::sight::Sight;
use crate::request::life_mark::LifeMark;
use bytes::Bytes;
use kernel::{Id, Row, RowChange};

/// One row, or the rows of a collection that pass its filters.
pub(crate) struct WatchedRows {
    /// Of the store, when the client began to watch.
    pub life: LifeMark,
    pub collection: CollectionRef,
    pub only: Option<Id>,
    pub filters: Filters,
    pub sight: Sight,
}

impl WatchedRows {
    /// `None` where the client sees nothing of the change.
    pub(super) fn frame(&self, change: &RowChange) -> Option<Bytes> {
        let (before, after) = (change.before.as_deref(), change.after.as_deref());
        let shown = after.filter(|row| self.shows(change.id, row));
        let frame = shown.and_then(|row| frame::row(&self.collection, &self.life, (change.id, row), &self.sight));
        let was_shown = || before.is_some_and(|row| self.showed(change.id, row));
        frame.or_else(|| was_shown().then(|| frame::deleted(&self.life, change.id, change.change)))
    }

    /// Whether the row passes all filters, and the client may be told so.
    pub(super) fn covers(&self, id: Id, row: &Row) -> bool {
        self.filters.covers(id, row) && self.sight.includes(row) && self.filters.may_be_asked(row, &self.sight)
    }

    /// Whether the client sees the row as it is now.
    fn shows(&self, id: Id, row: &Row) -> bool {
        let is_asked = match self.only {
            Some(only) => only == id,
            None => row.listed && self.covers(id, row),
        };
        is_asked && self.sight.includes(row)
    }

    /// Whether the client saw the row before its change.
    fn showed(&self, id: Id, row: &Row) -> bool {
        self.shows(id, row) && (self.only.is_none() || row.body.is_some())
    }
}
