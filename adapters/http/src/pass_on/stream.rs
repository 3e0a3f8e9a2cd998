//! A live stream of another process: handed on frame by frame, ended with either side.
use crate::endpoint::unsent::HoldsNothing;
use crate::pass_on::load::UnderWay;
use crate::server::Server;
use crate::server::farewell::Farewell;
use axum::body::Body;
use axum::http::response::Parts;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::unfold;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::convert::Infallible;
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
    server: Arc<Server>,
    /// When the edge stops.
    farewell: Option<Farewell>,
    _hold: StreamHold,
}

pub(super) fn response(parts: Parts, from: Incoming, server: &Arc<Server>, hold: StreamHold) -> Response {
    let heartbeat = Duration::from_millis(server.settings.stream_heartbeat_ms);
    let stream = PassedStream {
        from,
        silence: heartbeat * 2 + Duration::from_secs(1),
        server: server.clone(),
        farewell: None,
        _hold: hold,
    };
    let frames = unfold(stream, |mut stream| async move {
        let frame = stream.next().await?;
        Some((Ok::<_, Infallible>(frame), stream))
    });
    let mut response = Response::from_parts(parts, Body::from_stream(frames));
    response.extensions_mut().insert(HoldsNothing);
    response
}

impl PassedStream {
    /// `None` at the end. A client whose stream ends comes back by itself, wherever the end came from.
    async fn next(&mut self) -> Option<Bytes> {
        let server = self.server.clone();
        tokio::select! {
            biased;
            () = server.shutdown.cancelled() => self.farewell.get_or_insert_with(|| server.farewell()).next().await,
            frame = timeout(self.silence, self.from.frame()) => frame.ok()??.ok()?.into_data().ok(),
        }
    }
}
