//! Server-sent events as bytes.
use crate::collection::collection_ref::CollectionRef;
use crate::request::life_mark::LifeMark;
use crate::response::hal;
use bytes::Bytes;
use kernel::{Id, Row};
use runtime::follow::Sight;

/// The first thing sent: a sign that the stream is open, and how soon to come back after it breaks.
pub(super) const HELLO: Bytes = Bytes::from_static(b"retry: 1000\n\n");
/// A sign of life.
pub(super) const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// `None` where the row shows nothing.
pub(super) fn row(collection: &CollectionRef, life: &LifeMark, (id, row): (Id, &Row), sight: &Sight) -> Option<Bytes> {
    let seen = sight.show(row)?;
    let mut frame = format!("id: {}\nevent: row\ndata: ", life.write(row.change));
    hal::push_row(&mut frame, &seen.body, seen.history.as_deref(), &collection.href(id));
    frame.push_str("\n\n");
    Some(frame.into())
}

pub(super) fn deleted(life: &LifeMark, id: Id, change: u64) -> Bytes {
    let change = life.write(change);
    format!("id: {change}\nevent: deleted\ndata: {{\"id\":{id}}}\n\n").into()
}
