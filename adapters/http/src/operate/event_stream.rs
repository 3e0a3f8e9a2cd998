//! The events of a context as they are committed, from now on or from where a client has come.
use crate::collection::live::{frame, last_event_id};
use crate::operate::recent_events::RecentEvents;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::life_mark::LifeMark;
use crate::response::events;
use crate::server::mount::Mount;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::unfold;
use kernel::{Life, Name};
use runtime::error::UnavailableReason;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// The log that is followed.
pub(super) struct Followed {
    pub mount: Mount,
    pub context: Name,
    pub life: LifeMark,
    pub recent: Arc<RecentEvents>,
}

impl Followed {
    /// Whether it is the context's still, as far as that is known.
    fn is_there(&self) -> bool {
        let life = self.mount.hosted.work.life(self.context);
        life == Life::default() || LifeMark::new(life) == self.life
    }
}

pub(super) struct EventStream {
    followed: Followed,
    /// Counts the groups of the context.
    groups: watch::Receiver<u64>,
    /// The last position that was told; `None`: where the log ends is still to be looked up.
    after: Option<u64>,
    frames: VecDeque<Bytes>,
    /// There may be more in the log.
    behind: bool,
    is_current: bool,
}

impl EventStream {
    pub fn open(
        mount: &Mount,
        context: Name,
        recent: Arc<RecentEvents>,
        request: &HttpRequest,
    ) -> HttpResult<Response> {
        let permit = mount.server.bounds.stream(request.is_watch)?;
        let retry_after_ms = mount.server.settings.retry_after_ms;
        let groups = mount.hosted.hub.commits(context).ok_or_else(|| {
            Problem::retry_later(&reasons::UNAVAILABLE, UnavailableReason::Fault.code(), retry_after_ms)
        })?;
        let life = LifeMark::new(mount.hosted.work.life(context));
        let stream = EventStream {
            after: last_event_id(&request.headers, &life),
            followed: Followed { mount: mount.clone(), context, life, recent },
            groups,
            frames: VecDeque::from([frame::HELLO]),
            behind: true,
            is_current: false,
        };
        let frames = unfold(stream, |mut stream| async move { stream.next().await.map(|frame| (frame, stream)) });
        Ok(events::response(&mount.server, permit, frames))
    }

    /// `None` at the end: the log that is followed is not the context's any more.
    async fn next(&mut self) -> Option<Bytes> {
        let pause = Duration::from_millis(self.followed.mount.server.settings.stream_heartbeat_ms);
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return Some(frame);
            }
            if !self.followed.is_there() {
                return None;
            }
            if self.behind && self.read().await {
                continue;
            }
            match timeout(pause, self.groups.changed()).await {
                Ok(_) => self.behind = true,
                Err(_) => return Some(frame::HEARTBEAT),
            }
        }
    }

    /// False while the context is stopped.
    async fn read(&mut self) -> bool {
        let groups = *self.groups.borrow_and_update();
        let Some(after) = self.begin().await else { return false };
        let Some(part) = self.followed.recent.behind(&self.followed, after, groups).await else { return false };
        self.after = Some(part.seen);
        self.behind = part.more;
        self.frames.extend(part.frames);
        if !self.behind && !std::mem::replace(&mut self.is_current, true) {
            self.frames.push_back(frame::current(&self.followed.life.write(part.seen)));
        }
        true
    }

    /// The position behind which it goes on: at first the end of the log, where the client has named none.
    async fn begin(&mut self) -> Option<u64> {
        let Followed { mount, context, .. } = &self.followed;
        if self.after.is_none() {
            let reader = mount.hosted.work.reader(context)?;
            let head = mount.server.operator_reads.run(move || reader.head()).await.ok()?;
            self.after = Some(head.position);
        }
        self.after
    }
}
