//! A value that is looked at a few times a second, and told whenever it is another one.
use crate::collection::live::frame;
use crate::problem::HttpResult;
use crate::response::events;
use crate::server::Server;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::unfold;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(300);

/// A value that is made once for everybody who looks at it within the same pause.
#[derive(Default)]
pub(super) struct SharedValue(Mutex<Option<(Instant, Arc<str>)>>);

impl SharedValue {
    pub fn look(&self, value: impl FnOnce() -> String) -> Arc<str> {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*made {
            Some((at, value)) if at.elapsed() < PAUSE => value.clone(),
            _ => made.insert((Instant::now(), value().into())).1.clone(),
        }
    }
}

struct ValueStream<F> {
    server: Arc<Server>,
    /// The value as JSON in one line.
    value: F,
    frames: VecDeque<Bytes>,
    /// What was told last.
    told: Arc<str>,
    count: u64,
    spoke: Instant,
}

pub(super) fn response(
    server: &Arc<Server>,
    is_watch: bool,
    value: impl Fn() -> Arc<str> + Send + Sync + 'static,
) -> HttpResult<Response> {
    let permit = server.bounds.stream(is_watch)?;
    let mut stream = ValueStream {
        server: server.clone(),
        value,
        frames: VecDeque::from([frame::HELLO]),
        told: "".into(),
        count: 0,
        spoke: Instant::now(),
    };
    stream.look();
    stream.frames.push_back(frame::CURRENT_WHOLE);
    let frames = unfold(stream, |mut stream| async move { Some((stream.next().await, stream)) });
    Ok(events::response(server, permit, frames))
}

impl<F: Fn() -> Arc<str>> ValueStream<F> {
    async fn next(&mut self) -> Bytes {
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
