//! A live stream of another process: handed on frame by frame, ended with either side.
use crate::pass_on::load::UnderWay;
use crate::response::events;
use crate::server::Server;
use axum::body::Body;
use axum::http::response::Parts;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::unfold;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

/// What a stream holds as long as it is open.
pub(super) struct StreamHold {
    pub _under_way: UnderWay,
    pub _permit: OwnedSemaphorePermit,
}

struct PassedStream {
    from: Incoming,
    /// Longer without a sign of life, and the other process is gone.
    silence: Duration,
}

pub(super) fn response(parts: Parts, from: Incoming, server: &Arc<Server>, hold: StreamHold) -> Response {
    let heartbeat = Duration::from_millis(server.settings.stream_heartbeat_ms);
    let stream = PassedStream { from, silence: heartbeat * 2 + Duration::from_secs(1) };
    let frames = unfold(stream, |mut stream| async move {
        let frame = stream.next().await?;
        Some((frame, stream))
    });
    events::passed_on(Response::from_parts(parts, Body::empty()), server, hold, frames)
}

impl PassedStream {
    /// `None` at the end, wherever it came from.
    async fn next(&mut self) -> Option<Bytes> {
        timeout(self.silence, self.from.frame()).await.ok()??.ok()?.into_data().ok()
    }
}
