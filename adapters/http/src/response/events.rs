//! Server-sent events: an answer that goes on as long as both sides want it to.
use crate::endpoint::unsent::HoldsNothing;
use crate::negotiate::media_type::EVENTS;
use crate::server::Server;
use crate::server::farewell::Farewell;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::{BoxStream, Stream, StreamExt, unfold};
use std::convert::Infallible;
use std::sync::Arc;

/// Tells a proxy to pass on what it gets at once.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// `held` is given back when the stream ends.
pub(crate) fn response(
    server: &Arc<Server>,
    held: impl Send + 'static,
    frames: impl Stream<Item = Bytes> + Send + 'static,
) -> Response {
    let mut response = passed_on(Response::default(), server, held, frames);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(EVENTS));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    response
}

/// The same under the head that another process has written.
pub(crate) fn passed_on(
    head: Response,
    server: &Arc<Server>,
    held: impl Send + 'static,
    frames: impl Stream<Item = Bytes> + Send + 'static,
) -> Response {
    let open = Open { server: server.clone(), frames: frames.boxed(), farewell: None, _held: held };
    let frames = unfold(open, |mut open| async move {
        let frame = open.next().await?;
        Some((Ok::<_, Infallible>(frame), open))
    });
    let mut response = head.map(|_| Body::from_stream(frames));
    response.extensions_mut().insert(HoldsNothing);
    response
}

/// One open stream.
struct Open<T> {
    server: Arc<Server>,
    frames: BoxStream<'static, Bytes>,
    /// When the edge stops.
    farewell: Option<Farewell>,
    _held: T,
}

impl<T> Open<T> {
    /// `None` at the end. A client whose stream ends comes back by itself.
    async fn next(&mut self) -> Option<Bytes> {
        let Open { server, frames, farewell, .. } = self;
        tokio::select! {
            biased;
            () = server.shutdown.cancelled() => farewell.get_or_insert_with(|| server.farewell()).next().await,
            frame = frames.next() => frame,
        }
    }
}
