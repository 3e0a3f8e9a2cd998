//! One client's stream: from the store until it has caught up, then as groups are committed; back to the store when it lags.
use super::backlog::Progress;
use super::frame;
use super::watched::Watched;
use crate::hub::Changes;
use bytes::Bytes;
use metrics::{Gauge, gauge};
use runtime::store::StoreError;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::{Receiver, error::RecvError};

pub(super) struct Stream {
    watched: Arc<Watched>,
    changes: Receiver<Changes>,
    progress: Progress,
    table: String,
    frames: VecDeque<Bytes>,
    /// Whether there may be more in the store.
    behind: bool,
    /// Whether the store's newest change was looked up.
    begun: bool,
    open: Gauge,
    _seat: OwnedSemaphorePermit,
}

impl Stream {
    pub fn open(watched: Watched, after: Option<u64>, seat: OwnedSemaphorePermit) -> Stream {
        let site = &watched.collection.place.site;
        let open = gauge!("nadul_http_streams", "system" => site.system().name);
        open.increment(1);
        Stream {
            changes: site.hub.changes(watched.collection.context),
            progress: Progress { seen: after.unwrap_or(0), fresh_until: 0 },
            table: String::new(),
            frames: VecDeque::from([frame::HELLO]),
            behind: true,
            begun: false,
            watched: Arc::new(watched),
            open,
            _seat: seat,
        }
    }

    /// `None` at the end: the edge stops.
    pub async fn next(&mut self) -> Option<Bytes> {
        let end = self.watched.collection.place.house.shutdown.clone();
        tokio::select! {
            biased;
            () = end.cancelled() => None,
            frame = self.frame() => frame,
        }
    }

    async fn frame(&mut self) -> Option<Bytes> {
        let pause = Duration::from_millis(self.watched.collection.place.house.bounds.stream_heartbeat_ms);
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return Some(frame);
            }
            if self.behind {
                if !self.catch_up().await {
                    tokio::time::sleep(pause).await;
                    return Some(frame::HEARTBEAT);
                }
                continue;
            }
            match tokio::time::timeout(pause, self.changes.recv()).await {
                Ok(Ok(group)) => self.hear(&group),
                Ok(Err(RecvError::Lagged(_))) => self.behind = true,
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => return Some(frame::HEARTBEAT),
            }
        }
    }

    /// False while the store can't be read: its context is stopped.
    async fn catch_up(&mut self) -> bool {
        let Ok((table, reader)) = self.watched.collection.open() else { return false };
        let (watched, mut from, begun, asked) = (self.watched.clone(), self.progress, self.begun, table.clone());
        let read = move || {
            if !begun {
                let newest = reader.head()?.change;
                let known = from.seen <= newest; // a position of another life of this store: all over again
                from.seen = if known { from.seen } else { 0 };
                from.fresh_until = if from.seen == 0 { newest } else { 0 };
            }
            Ok::<_, StoreError>((watched.read(&reader, &asked, from)?, from))
        };
        let Ok((backlog, from)) = self.watched.collection.place.house.reads.run(read).await else { return false };
        self.table = table;
        self.begun = true;
        self.progress = Progress { seen: backlog.seen, ..from };
        self.frames.extend(backlog.frames);
        self.behind = !backlog.complete;
        true
    }

    fn hear(&mut self, group: &Changes) {
        for change in group.iter() {
            if *change.table != self.table {
                self.behind |= self.has_moved(&change.table);
            } else if change.change > self.progress.seen {
                self.frames.extend(self.watched.frame(change));
                self.progress.seen = change.change;
            }
        }
    }

    /// Whether a rebuilt view answers from another table now.
    fn has_moved(&self, table: &str) -> bool {
        let collection = &self.watched.collection;
        let rebuilt = table.split('@').next() == Some(collection.name);
        rebuilt
            && collection
                .place
                .site
                .host
                .table(collection.context, collection.name)
                .is_some_and(|now| now != self.table)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.open.decrement(1);
    }
}
