//! What a client watches, and which frame a committed change is for its watcher.
use super::frame;
use crate::collection_ref::CollectionRef;
use crate::filter::Filters;
use bytes::Bytes;
use kernel::{Id, Row, RowChange};

/// What a client watches: a row, or the rows of a collection that pass its filters.
pub(crate) struct Watched {
    pub collection: CollectionRef,
    pub only: Option<Id>,
    pub filters: Filters,
}

impl Watched {
    /// `None` where the client sees nothing of the change.
    pub(super) fn frame(&self, change: &RowChange) -> Option<Bytes> {
        let (before, after) = (change.before.as_deref(), change.after.as_deref());
        match self.only {
            Some(id) if id != change.id => None,
            Some(id) => {
                let shown = after.and_then(|row| frame::row(&self.collection, id, row));
                shown.or_else(|| before?.body.is_some().then(|| frame::deleted(id, change.change)))
            }
            None => {
                let listed =
                    |row: Option<&'_ Row>| row.is_some_and(|row| row.listed && self.filters.covers(change.id, row));
                let shown =
                    after.filter(|_| listed(after)).and_then(|row| frame::row(&self.collection, change.id, row));
                shown.or_else(|| listed(before).then(|| frame::deleted(change.id, change.change)))
            }
        }
    }
}
