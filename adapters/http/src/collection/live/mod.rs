//! Live: the present rows, then each change as it happens, as server-sent events.
mod backlog;
mod frame;
mod stream;
pub(crate) mod watched;

use crate::collection::live::stream::Stream;
use crate::collection::live::watched::WatchedRows;
use crate::endpoint::unsent::HoldsNothing;
use crate::negotiate::media_type::EVENTS;
use crate::problem::HttpResult;
use crate::request::life_mark::LifeMark;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use futures_util::stream::unfold;
use std::convert::Infallible;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The change a client has seen last. An id that this life of the store did not give is none.
pub(super) fn last_event_id(headers: &HeaderMap, life: &LifeMark) -> Option<u64> {
    life.read(headers.get(LAST_EVENT_ID)?.to_str().ok()?.trim())
}

/// `after` is the change the client has seen last.
pub(super) fn response(watched: WatchedRows, after: Option<u64>) -> HttpResult {
    let server = watched.collection.mount.server.clone();
    let permit = server.bounds.stream()?;
    let stream = Stream::open(watched, after, permit)?;
    let frames = unfold(stream, |mut stream| async move {
        let frame = stream.next().await?;
        Some((Ok::<_, Infallible>(frame), stream))
    });
    let mut response = Response::new(Body::from_stream(frames));
    response.extensions_mut().insert(HoldsNothing);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(EVENTS));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    Ok(response)
}
