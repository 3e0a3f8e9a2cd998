//! A value that is looked at a few times a second, and told whenever it is another one.
use crate::collection::live::frame;
use crate::problem::HttpResult;
use crate::response::events;
use crate::server::Server;
use crate::server::farewell::Farewell;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::unfold;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, sleep};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(300);

struct ValueStream<F> {
    server: Arc<Server>,
    /// The value as JSON in one line.
    value: F,
    frames: VecDeque<Bytes>,
    /// What was told last.
    told: String,
    count: u64,
    spoke: Instant,
    /// When the edge stops.
    farewell: Option<Farewell>,
    _permit: OwnedSemaphorePermit,
}

pub(super) fn response(
    server: &Arc<Server>,
    is_watch: bool,
    value: impl Fn() -> String + Send + Sync + 'static,
) -> HttpResult<Response> {
    let permit = server.bounds.stream(is_watch)?;
    let mut stream = ValueStream {
        server: server.clone(),
        value,
        frames: VecDeque::from([frame::HELLO]),
        told: String::new(),
        count: 0,
        spoke: Instant::now(),
        farewell: None,
        _permit: permit,
    };
    stream.look();
    stream.frames.push_back(frame::CURRENT_WHOLE);
    Ok(events::response(unfold(stream, |mut stream| async move {
        let frame = stream.next().await?;
        Some((frame, stream))
    })))
}

impl<F: Fn() -> String> ValueStream<F> {
    /// `None` at the end.
    async fn next(&mut self) -> Option<Bytes> {
        let server = self.server.clone();
        tokio::select! {
            biased;
            () = server.shutdown.cancelled() => self.farewell.get_or_insert_with(|| server.farewell()).next().await,
            frame = self.frame() => Some(frame),
        }
    }

    async fn frame(&mut self) -> Bytes {
        let heartbeat = Duration::from_millis(self.server.settings.stream_heartbeat_ms);
        loop {
            if let Some(frame) = self.frames.pop_front() {
                self.spoke = Instant::now();
                return frame;
            }
            sleep(PAUSE).await;
            self.look();
            if self.frames.is_empty() && self.spoke.elapsed() >= heartbeat {
                self.frames.push_back(frame::HEARTBEAT);
            }
        }
    }

    fn look(&mut self) {
        let now = (self.value)();
        if now != self.told {
            self.count += 1;
            self.frames.push_back(frame::other(&self.count.to_string(), &now));
            self.told = now;
        }
    }
}
