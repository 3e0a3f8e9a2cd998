//! The events of a context as they are committed, from now on or from where a client has come.
use crate::collection::live::{frame, last_event_id};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::life_mark::LifeMark;
use crate::response::events;
use crate::server::farewell::Farewell;
use crate::server::mount::Mount;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::unfold;
use kernel::Name;
use runtime::error::UnavailableReason;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::timeout;

/// Read from the log at a time.
const PAGE_EVENTS: usize = 200;

pub(super) struct EventStream {
    mount: Mount,
    context: Name,
    life: LifeMark,
    /// Moves with each group of the context.
    commits: watch::Receiver<u64>,
    /// The last position that was told; `None`: where the log ends is still to be looked up.
    after: Option<u64>,
    frames: VecDeque<Bytes>,
    /// There may be more in the log.
    behind: bool,
    is_current: bool,
    /// When the edge stops.
    farewell: Option<Farewell>,
    _permit: OwnedSemaphorePermit,
}

impl EventStream {
    pub fn open(mount: &Mount, context: Name, request: &HttpRequest) -> HttpResult<Response> {
        let permit = mount.server.bounds.stream(request.is_watch)?;
        let retry_after_ms = mount.server.settings.retry_after_ms;
        let commits = mount.hosted.hub.commits(context).ok_or_else(|| {
            Problem::retry_later(&reasons::UNAVAILABLE, UnavailableReason::Fault.code(), retry_after_ms)
        })?;
        let life = LifeMark::new(mount.hosted.work.life(context));
        let stream = EventStream {
            mount: mount.clone(),
            context,
            after: last_event_id(&request.headers, &life),
            life,
            commits,
            frames: VecDeque::from([frame::HELLO]),
            behind: true,
            is_current: false,
            farewell: None,
            _permit: permit,
        };
        Ok(events::response(unfold(stream, |mut stream| async move {
            let frame = stream.next().await?;
            Some((frame, stream))
        })))
    }

    /// `None` at the end.
    async fn next(&mut self) -> Option<Bytes> {
        let server = self.mount.server.clone();
        tokio::select! {
            biased;
            () = server.shutdown.cancelled() => self.farewell.get_or_insert_with(|| server.farewell()).next().await,
            frame = self.frame() => Some(frame),
        }
    }

    async fn frame(&mut self) -> Bytes {
        let pause = Duration::from_millis(self.mount.server.settings.stream_heartbeat_ms);
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return frame;
            }
            if self.behind {
                self.commits.mark_unchanged();
                if self.read().await {
                    continue;
                }
            }
            match timeout(pause, self.commits.changed()).await {
                Ok(_) => self.behind = true,
                Err(_) => return frame::HEARTBEAT,
            }
        }
    }

    /// False while the context is stopped.
    async fn read(&mut self) -> bool {
        let Some(reader) = self.mount.hosted.work.reader(self.context) else { return false };
        let after = self.after;
        let read = move || match after {
            Some(after) => Ok((after, reader.log(after, PAGE_EVENTS)?)),
            None => Ok((reader.head()?.position, vec![])),
        };
        let Ok((from, found)) = self.mount.server.operator_reads.run(read).await else { return false };
        self.after = Some(found.last().map_or(from, |last| last.position));
        self.behind = found.len() == PAGE_EVENTS;
        let frames =
            found.iter().map(|event| frame::other(&self.life.write(event.position), &event.log_frame(self.context)));
        self.frames.extend(frames);
        if !self.behind && !std::mem::replace(&mut self.is_current, true) {
            self.frames.push_back(frame::CURRENT);
        }
        true
    }
}
