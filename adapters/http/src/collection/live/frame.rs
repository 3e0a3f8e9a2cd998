//! Server-sent events as bytes.
use crate::collection::collection_ref::CollectionRef;
use crate::request::life_mark::LifeMark;
use crate::response::hal;
use bytes::Bytes;
use kernel::{Id, Row};
use runtime::follow::Sight;

/// The first thing sent: a sign that the stream is open, and how soon to come back after it breaks.
pub(crate) const HELLO: Bytes = Bytes::from_static(b"retry: 1000\n\n");
/// Everything there was has been sent, from where the client went on: a comment, which clients of the standard pass over.
pub(crate) const CURRENT: Bytes = Bytes::from_static(b": current\n\n");
/// The same, from the start: what was not sent is not there.
pub(crate) const CURRENT_WHOLE: Bytes = Bytes::from_static(b": current whole\n\n");

/// Like [`CURRENT`], with where a client goes on that has been sent nothing.
pub(crate) fn current(mark: &str) -> Bytes {
    format!("id: {mark}\n: current\n\n").into()
}

/// A comment, too: the context was stopped, so that nothing comes until it runs again.
pub(crate) const STOPPED: Bytes = Bytes::from_static(b": stopped\n\n");
pub(crate) const RUNNING: Bytes = Bytes::from_static(b": running\n\n");
/// A sign of life.
pub(crate) const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// `None` where the row shows nothing.
pub(super) fn row(collection: &CollectionRef, life: &LifeMark, (id, row): (Id, &Row), sight: &Sight) -> Option<Bytes> {
    let seen = sight.show(row)?;
    let mut frame = format!("id: {}\nevent: row\ndata: ", life.write(row.change));
    hal::push_row(&mut frame, &seen.body, seen.history.as_deref(), &collection.href(id));
    frame.push_str("\n\n");
    Some(frame.into())
}

/// What is no row of a collection, as JSON in one line.
pub(crate) fn other(id: &str, json: &str) -> Bytes {
    format!("id: {id}\nevent: row\ndata: {json}\n\n").into()
}

pub(super) fn deleted(life: &LifeMark, id: Id, change: u64) -> Bytes {
    let change = life.write(change);
    format!("id: {change}\nevent: deleted\ndata: {{\"id\":{id}}}\n\n").into()
}
