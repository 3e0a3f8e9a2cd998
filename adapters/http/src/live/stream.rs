//! One client's stream: from the store until it has caught up, then as groups are committed; back to the store when it lags.
use super::backlog::Progress;
use super::frame;
use crate::filter::Filters;
use crate::hub::Changes;
use crate::row::Shelf;
use bytes::Bytes;
use kernel::{Id, Row, RowChange};
use metrics::{Gauge, gauge};
use runtime::store::StoreError;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// What a client watches: a row, or the rows of a collection that pass its filters.
pub(crate) struct Watched {
    pub shelf: Shelf,
    pub only: Option<Id>,
    pub filters: Filters,
}

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
        let site = &watched.shelf.place.site;
        let open = gauge!("nadul_http_streams", "system" => site.system().name);
        open.increment(1);
        Stream {
            changes: site.hub.changes(watched.shelf.context),
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
        let end = self.watched.shelf.place.house.shutdown.clone();
        tokio::select! {
            biased;
            () = end.cancelled() => None,
            frame = self.frame() => frame,
        }
    }

    async fn frame(&mut self) -> Option<Bytes> {
        let pause = Duration::from_millis(self.watched.shelf.place.house.bounds.stream_heartbeat_ms);
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
        let Ok((table, reader)) = self.watched.shelf.open() else { return false };
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
        let Ok((backlog, from)) = self.watched.shelf.place.house.reads.run(read).await else { return false };
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
                self.frames.extend(self.watched.happened(change));
                self.progress.seen = change.change;
            }
        }
    }

    /// Whether a rebuilt view answers from another table now.
    fn has_moved(&self, table: &str) -> bool {
        let shelf = &self.watched.shelf;
        let rebuilt = table.split('@').next() == Some(shelf.name);
        rebuilt && shelf.place.site.host.table(shelf.context, shelf.name).is_some_and(|now| now != self.table)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.open.decrement(1);
    }
}

impl Watched {
    fn happened(&self, change: &RowChange) -> Option<Bytes> {
        let (before, after) = (change.before.as_deref(), change.after.as_deref());
        match self.only {
            Some(id) if id != change.id => None,
            Some(id) => {
                let shown = after.and_then(|row| frame::row(&self.shelf, id, row));
                shown.or_else(|| before?.body.is_some().then(|| frame::deleted(id, change.change)))
            }
            None => {
                let listed =
                    |row: Option<&'_ Row>| row.is_some_and(|row| row.listed && self.filters.covers(change.id, row));
                let shown = after.filter(|_| listed(after)).and_then(|row| frame::row(&self.shelf, change.id, row));
                shown.or_else(|| listed(before).then(|| frame::deleted(change.id, change.change)))
            }
        }
    }
}
