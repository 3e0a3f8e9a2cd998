//! One client's stream: from the store until it has caught up, then as groups are committed; back to the store when it lags.
use crate::collection::live::backlog::StreamProgress;
use crate::collection::live::frame;
use crate::collection::live::watched::WatchedRows;
use crate::problem::{HttpResult, Problem, reasons};
use crate::server::hub::{BufferedGroup, News};
use bytes::Bytes;
use kernel::TableName;
use metrics::{Gauge, gauge};
use runtime::error::UnavailableReason;
use runtime::port::store::StoreError;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::watch;
use tokio::time::timeout;

pub(super) struct Stream {
    watched: Arc<WatchedRows>,
    changes: Receiver<News>,
    /// Moves with each group of the context, and when it can be read again after a stop.
    commits: watch::Receiver<u64>,
    /// Whether the context runs.
    running: watch::Receiver<bool>,
    progress: StreamProgress,
    /// The table that was read last; `None` before the first read.
    table: Option<TableName>,
    frames: VecDeque<Bytes>,
    /// A group that was received, and how many of its changes were looked at.
    group: Option<(Arc<BufferedGroup>, usize)>,
    /// Whether there may be more in the store.
    behind: bool,
    /// Whether the store's newest change was looked up.
    begun: bool,
    /// Whether it was said that everything there was has been sent.
    is_current: bool,
    /// Whether it began at the start.
    is_whole: bool,
    open: Gauge,
}

impl Stream {
    /// Unavailable where the system has no such context.
    pub fn open(watched: WatchedRows, after: Option<u64>) -> HttpResult<Stream> {
        let hosted = &watched.collection.mount.hosted;
        let context = watched.collection.context;
        let channels = hosted.hub.changes(context).zip(hosted.hub.commits(context)).zip(hosted.hub.running(context));
        let retry_after_ms = watched.collection.mount.server.settings.retry_after_ms;
        let ((changes, commits), mut running) = channels.ok_or_else(|| {
            Problem::retry_later(&reasons::UNAVAILABLE, UnavailableReason::Fault.code(), retry_after_ms)
        })?;
        if !*running.borrow() {
            running.mark_changed();
        }
        let open = gauge!("nadul_http_streams", "system" => hosted.name());
        open.increment(1);
        Ok(Stream {
            changes,
            commits,
            running,
            progress: StreamProgress { seen: after.unwrap_or(0), fresh_until: 0 },
            table: None,
            frames: VecDeque::from([frame::HELLO]),
            group: None,
            behind: true,
            begun: false,
            is_current: false,
            is_whole: true,
            watched: Arc::new(watched),
            open,
        })
    }

    /// `None` at the end.
    pub async fn next(&mut self) -> Option<Bytes> {
        let mut running = self.running.clone();
        tokio::select! {
            biased;
            frame = self.frame() => frame,
            Ok(()) = running.changed() => {
                self.running.mark_unchanged();
                Some(if *running.borrow_and_update() { frame::RUNNING } else { frame::STOPPED })
            }
        }
    }

    async fn frame(&mut self) -> Option<Bytes> {
        let pause = Duration::from_millis(self.watched.collection.mount.server.settings.stream_heartbeat_ms);
        loop {
            if let Some(frame) = self.frames.pop_front().or_else(|| self.next_of_group()) {
                return Some(frame);
            }
            if self.behind {
                self.commits.mark_unchanged();
                if !self.catch_up().await && timeout(pause, self.commits.changed()).await.is_err() {
                    return Some(frame::HEARTBEAT);
                }
                continue;
            }
            match timeout(pause, self.changes.recv()).await {
                Ok(Ok(Some(group))) => self.group = Some((group, 0)),
                Ok(Ok(None) | Err(RecvError::Lagged(_))) => self.behind = true,
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => return Some(frame::HEARTBEAT),
            }
        }
    }

    /// False while the store can't be read: its context is stopped.
    async fn catch_up(&mut self) -> bool {
        self.changes = self.changes.resubscribe(); // all that waits there is in the store
        let Ok((table, reader)) = self.watched.collection.open() else { return false };
        let (watched, progress, begun, read_table) = (self.watched.clone(), self.progress, self.begun, table.clone());
        let read = move || {
            let from = if begun { progress } else { progress.begin(reader.head()?.change) };
            Ok::<_, StoreError>((watched.read(&*reader, &read_table, from)?, from))
        };
        let Ok((backlog, from)) = self.watched.collection.mount.server.reads.run(read).await else { return false };
        self.table = Some(table);
        if !self.begun {
            self.is_whole = from.seen == 0;
        }
        self.begun = true;
        self.progress = StreamProgress { seen: backlog.seen, ..from };
        self.frames.extend(backlog.frames);
        self.behind = !backlog.complete;
        if !self.behind && !std::mem::replace(&mut self.is_current, true) {
            self.frames.push_back(if self.is_whole { frame::CURRENT_WHOLE } else { frame::CURRENT });
        }
        true
    }

    /// The next frame of the group that was received: made only when the client takes it, as all streams share the group.
    fn next_of_group(&mut self) -> Option<Bytes> {
        let (group, looked_at) = self.group.take()?;
        for (nth, change) in group.changes.iter().enumerate().skip(looked_at) {
            if self.table.as_ref() != Some(&change.table) {
                self.behind |= self.has_moved(&change.table);
            } else if change.change > self.progress.seen {
                self.progress.seen = change.change;
                if let Some(frame) = self.watched.frame(change) {
                    self.group = Some((group.clone(), nth + 1));
                    return Some(frame);
                }
            }
        }
        None
    }

    /// Whether a rebuilt view answers from another table now.
    fn has_moved(&self, table: &TableName) -> bool {
        let collection = &self.watched.collection;
        let is_rebuilt = table.collection() == collection.name;
        is_rebuilt && collection.table().is_some_and(|now| self.table.as_ref() != Some(&now))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.open.decrement(1);
    }
}
