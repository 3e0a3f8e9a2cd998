//! Live: the present rows, then each change as it happens, as server-sent events.
mod backlog;
mod frame;
mod stream;
mod watched;

pub(crate) use watched::Watched;

use crate::accept::EVENTS;
use crate::cause;
use crate::problem::{Outcome, Problem};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use stream::Stream;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The position a client has seen; something else than ours is none.
pub(crate) fn resumed(headers: &HeaderMap) -> Option<u64> {
    headers.get(LAST_EVENT_ID)?.to_str().ok()?.trim().parse().ok()
}

pub(crate) fn response(watched: Watched, after: Option<u64>) -> Outcome<Response> {
    let house = watched.collection.place.house.clone();
    let Ok(seat) = house.streams.clone().try_acquire_owned() else {
        return Err(Problem::later(&cause::OVERLOADED, house.bounds.retry_after_ms));
    };
    let stream = Stream::open(watched, after, seat);
    let frames = futures_util::stream::unfold(stream, |mut stream| async move {
        let frame = stream.next().await?;
        Some((Ok::<_, std::convert::Infallible>(frame), stream))
    });
    let mut response = Response::new(Body::from_stream(frames));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(EVENTS));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    Ok(response)
}
