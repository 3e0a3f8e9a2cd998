//! Moves the write-ahead log into the file beside the writer, not in front of it.
//!
//! A second connection does the long part while groups go on being written; what came meanwhile is little, and the
//! writer moves it itself in a quiet moment. Only then is the log empty and begins again from its start: left to the
//! second connection alone, it would grow for as long as the writer is busy.
use crate::connection;
use crate::lock::beside;
use rusqlite::wal::CheckpointMode;
use rusqlite::{Connection, ErrorCode, MAIN_DB, Result};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Of a page and its head in the log.
const PAGE_BYTES: u64 = 4096 + 24;

/// The log may grow to so many times the setting before the writer no longer waits for a quiet moment.
const PATIENCE: i32 = 4;

#[derive(Default)]
struct Progress {
    /// Pages in the log after the last commit.
    pages: AtomicI32,
    /// The second connection is done with the long part.
    ready: AtomicBool,
}

pub(crate) struct Checkpoint {
    progress: Arc<Progress>,
    pages_max: i32,
    /// The thread ends when this goes.
    nudge: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoint {
    pub fn start(writer: &mut Connection, path: &Path, pages_max: u32) -> Result<Checkpoint> {
        let progress = Arc::new(Progress::default());
        let (nudge, nudged) = sync_channel(1);
        let (beside, counted) = (progress.clone(), progress.clone());
        let connection = crate::connection::checkpointer(path)?;
        let thread = std::thread::spawn(move || serve(connection, &nudged, &beside));
        writer.wal_hook(Some(move |_: &'_ mut _, pages| {
            counted.pages.store(pages, Relaxed);
            Ok(())
        }))?;
        Ok(Checkpoint {
            progress,
            pages_max: i32::try_from(pages_max).unwrap_or(i32::MAX / PATIENCE),
            nudge: Some(nudge),
            thread: Some(thread),
        })
    }

    /// After each group.
    pub fn committed(&self, writer: &Connection) {
        let pages = self.progress.pages.load(Relaxed);
        if pages >= self.pages_max.saturating_mul(PATIENCE) {
            return self.finish(writer);
        }
        if pages >= self.pages_max && !self.progress.ready.load(Relaxed) {
            // Full means that it is at work already.
            let _at_work = self.nudge.as_ref().map(|nudge| nudge.try_send(()));
        }
    }

    /// In a quiet moment.
    pub fn maintain(&self, writer: &Connection) {
        if self.progress.ready.load(Relaxed) {
            self.finish(writer);
        }
    }

    /// A log that has grown while somebody read gives its room back; where somebody still reads, the next quiet moment tries again.
    pub fn shrink(&self, writer: &Connection, path: &Path) {
        let log = std::fs::metadata(beside(path, "-wal")).map_or(0, |log| log.len());
        let usual = u64::from(self.pages_max.unsigned_abs()) * PAGE_BYTES;
        if log <= usual || writer.busy_timeout(Duration::ZERO).is_err() {
            return;
        }
        match writer.wal_checkpoint_v2(Some(MAIN_DB), CheckpointMode::TRUNCATE) {
            Ok(_) => self.progress.pages.store(0, Relaxed),
            Err(error) => tracing::debug!(%error, "The write-ahead log is still read."),
        }
        if let Err(error) = writer.busy_timeout(connection::PATIENCE) {
            tracing::warn!(%error, "The writer's patience could not be set.");
        }
    }

    fn finish(&self, writer: &Connection) {
        run(writer);
        self.progress.pages.store(0, Relaxed);
        self.progress.ready.store(false, Relaxed);
    }
}

/// Once a store is gone no connection of its writer is left on the file.
impl Drop for Checkpoint {
    fn drop(&mut self) {
        self.nudge = None;
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::warn!("The thread that moves the write-ahead log ended by a panic; the log is as it was.");
        }
    }
}

fn serve(connection: Connection, nudged: &Receiver<()>, progress: &Progress) {
    while nudged.recv().is_ok() {
        run(&connection);
        progress.ready.store(true, Relaxed);
    }
}

/// One that fails loses nothing: the log stays as it is, and the next one moves it.
fn run(connection: &Connection) {
    match connection.wal_checkpoint_v2(Some(MAIN_DB), CheckpointMode::PASSIVE) {
        Ok(_) => {}
        // writer and thread have met: nothing an operator should look into
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
            tracing::debug!("The write-ahead log is being moved already.");
        }
        Err(error) => {
            tracing::warn!(%error, "The write-ahead log could not be moved into the store's file; it is tried again.");
        }
    }
}
