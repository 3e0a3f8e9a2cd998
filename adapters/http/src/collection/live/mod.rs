//! Live: the present rows, then each change as it happens, as server-sent events.
mod backlog;
pub(crate) mod frame;
mod stream;
pub(crate) mod watched;

use crate::collection::live::stream::Stream;
use crate::collection::live::watched::WatchedRows;
use crate::problem::HttpResult;
use crate::request::LAST_EVENT_ID;
use crate::request::life_mark::LifeMark;
use crate::response::events;
use axum::http::HeaderMap;
use futures_util::stream::unfold;

/// The change a client has seen last. An id that this life of the store did not give is none.
pub(crate) fn last_event_id(headers: &HeaderMap, life: &LifeMark) -> Option<u64> {
    life.read(headers.get(LAST_EVENT_ID)?.to_str().ok()?.trim())
}

/// `after` is the change the client has seen last; `is_watch`: it is one of several streams over one connection.
pub(super) fn response(watched: WatchedRows, after: Option<u64>, is_watch: bool) -> HttpResult {
    let server = watched.collection.mount.server.clone();
    let permit = server.bounds.stream(is_watch)?;
    let stream = Stream::open(watched, after)?;
    let frames = unfold(stream, |mut stream| async move {
        let frame = stream.next().await?;
        Some((frame, stream))
    });
    Ok(events::response(&server, permit, frames))
}
