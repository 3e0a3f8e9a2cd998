//! Moves the write-ahead log into the file beside the writer, not in front of it.
//!
//! A second connection does the long part while groups go on being written; what came meanwhile is little, and the
//! writer moves it itself in a quiet moment. Only then is the log empty and begins again from its start: left to the
//! second connection alone, it would grow for as long as the writer is busy.
//!
//! A page is moved once however often it has changed in the log. Rows with random keys change other pages of a large
//! file than of a small one, so the log of a large file may grow longer: moving then costs a row no more than at first.
use crate::connection;
use crate::lock::beside;
use rusqlite::wal::CheckpointMode;
use rusqlite::{Connection, ErrorCode, MAIN_DB, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Of a page and its head in the log.
const PAGE_BYTES: u64 = 4096 + 24;

/// The log may grow to this part of its file before it is moved, where that is more than the setting.
const PART_OF_FILE: u64 = 4;

/// The log may grow to so many times its usual length before the writer no longer waits for a quiet moment.
const PATIENCE: i32 = 4;

/// So few pages the writer moves without being missed.
const FEW: i32 = 1000;
/// The second connection goes over what came meanwhile so often at most.
const PASSES: usize = 4;

#[derive(Default)]
struct Progress {
    /// Pages in the log after the last commit.
    pages: AtomicI32,
    /// Of those, what the second connection has moved. 0 until it is done with the long part.
    moved: AtomicI32,
}

pub(crate) struct Checkpoint {
    progress: Arc<Progress>,
    path: PathBuf,
    /// How long the log of a small file may grow.
    pages_min: i32,
    /// The thread ends when this goes.
    nudge: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoint {
    pub fn start(writer: &mut Connection, path: &Path, pages_min: u32) -> Result<Checkpoint> {
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
            path: path.to_path_buf(),
            pages_min: i32::try_from(pages_min).unwrap_or(i32::MAX),
            nudge: Some(nudge),
            thread: Some(thread),
        })
    }

    /// After each group.
    pub fn committed(&self, writer: &Connection) {
        let pages = self.progress.pages.load(Relaxed);
        if pages < self.pages_min {
            return;
        }
        let usual = usual_pages(file_bytes(&self.path), self.pages_min);
        if pages >= usual.saturating_mul(PATIENCE) {
            return self.finish(writer);
        }
        if self.not_moved() >= usual {
            self.move_beside();
        }
    }

    /// Pages of the log that the second connection has still to move.
    fn not_moved(&self) -> i32 {
        self.progress.pages.load(Relaxed) - self.progress.moved.load(Relaxed)
    }

    fn move_beside(&self) {
        // Full means that it is at work already.
        let _at_work = self.nudge.as_ref().map(|nudge| nudge.try_send(()));
    }

    /// In a quiet moment.
    pub fn maintain(&self, writer: &Connection) {
        if self.progress.moved.load(Relaxed) > 0 {
            self.finish(writer);
        }
    }

    /// A log that has grown while somebody read gives its room back; where somebody still reads, the next quiet moment tries again.
    pub fn shrink(&self, writer: &Connection) {
        let small = u64::from(self.pages_min.unsigned_abs()) * PAGE_BYTES;
        if file_bytes(&beside(&self.path, "-wal")) <= small {
            return;
        }
        if self.not_moved() > FEW {
            return self.move_beside(); // the next quiet moment has little left to move
        }
        if writer.busy_timeout(Duration::ZERO).is_err() {
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
        self.progress.moved.store(0, Relaxed);
    }
}

fn file_bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}

/// How many pages the log may have before it is moved.
fn usual_pages(file_bytes: u64, pages_min: i32) -> i32 {
    i32::try_from(file_bytes / PAGE_BYTES / PART_OF_FILE).unwrap_or(i32::MAX).max(pages_min)
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
        for _ in 0..PASSES {
            let Some(moved) = run(&connection) else { break };
            progress.moved.store(moved, Relaxed);
            if progress.pages.load(Relaxed) - moved <= FEW {
                break;
            }
        }
    }
}

/// How many pages of the log are in the file now. One that fails loses nothing: the log stays as it is, and the next one moves it.
fn run(connection: &Connection) -> Option<i32> {
    match connection.wal_checkpoint_v2(Some(MAIN_DB), CheckpointMode::PASSIVE) {
        Ok((_, moved)) => return Some(moved),
        // writer and thread have met: nothing an operator should look into
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
            tracing::debug!("The write-ahead log is being moved already.");
        }
        Err(error) => {
            tracing::warn!(%error, "The write-ahead log could not be moved into the store's file; it is tried again.");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_of_a_large_file_may_grow_longer() {
        assert_eq!([0, 50, 4000].map(|pages| usual_pages(pages * PAGE_BYTES, 20)), [20, 20, 1000]);
        assert_eq!(usual_pages(u64::MAX, 20), i32::MAX);
    }
}
