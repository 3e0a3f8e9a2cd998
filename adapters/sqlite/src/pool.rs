//! Readers' connections: opened when first needed, at most so many, each handed out for one look.
use crate::connection;
use crate::fault::Done;
use crate::options::Options;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

pub(crate) struct Pool {
    path: PathBuf,
    connect: connection::Connect,
    cache_kb: u32,
    max: usize,
    free: Mutex<Free>,
    returned: Condvar,
}

#[derive(Default)]
struct Free {
    connections: Vec<Connection>,
    out: usize,
}

impl Pool {
    pub fn new(path: &Path, options: &Options) -> Pool {
        Pool::connecting(path, options, connection::reader)
    }

    pub fn connecting(path: &Path, options: &Options, connect: connection::Connect) -> Pool {
        let (path, max) = (path.to_path_buf(), options.readers_max.max(1));
        Pool { path, connect, cache_kb: options.reader_cache_kb, max, free: Mutex::default(), returned: Condvar::new() }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a look on what is durable at one moment.
    pub fn read<T>(&self, look: impl FnOnce(&Connection) -> Done<T>) -> Done<T> {
        let held = Held { connection: Some(self.take()?), pool: self };
        let Some(connection) = &held.connection else { return look(&self.connect(self.cache_kb)?) };
        // Ends when it goes, also where the look failed.
        let snapshot = connection.unchecked_transaction()?;
        look(&snapshot)
    }

    /// One more, outside the pool: for what takes long.
    pub fn connect(&self, cache_kb: u32) -> Done<Connection> {
        Ok((self.connect)(&self.path, cache_kb)?)
    }

    fn take(&self) -> Done<Connection> {
        let mut free = self.free();
        while free.connections.is_empty() && free.out >= self.max {
            free = self.returned.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        free.out += 1;
        let connection = free.connections.pop();
        drop(free);
        connection.map_or_else(|| self.connect(self.cache_kb).inspect_err(|_| self.give(None)), Ok)
    }

    fn give(&self, connection: Option<Connection>) {
        let mut free = self.free();
        free.out -= 1;
        free.connections.extend(connection);
        self.returned.notify_one();
    }

    fn free(&self) -> MutexGuard<'_, Free> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Given back however the look ends.
struct Held<'a> {
    connection: Option<Connection>,
    pool: &'a Pool,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.pool.give(self.connection.take());
    }
}
