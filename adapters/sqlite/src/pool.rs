//! Readers' connections: opened when first needed, at most so many, each handed out for one look.
use crate::connection;
use crate::fault::{self, Done};
use crate::options::Options;
use runtime::port::store::StoreError;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A context that reads another's log must not stand still for it.
const CONSUMERS_PATIENCE: Duration = Duration::from_millis(50);

pub(crate) struct Pool {
    path: PathBuf,
    connect: connection::Connect,
    cache_kb: u32,
    max: usize,
    free: Mutex<Free>,
    returned: Condvar,
    /// How long a look waits for a connection.
    patience: Duration,
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
        let (path, max, cache_kb) = (path.to_path_buf(), options.readers_max.max(1), options.reader_cache_kb);
        let (free, returned, patience) = (Mutex::default(), Condvar::new(), connection::PATIENCE);
        Pool { path, connect, cache_kb, max, free, returned, patience }
    }

    /// A pool that turns a look away soon when it has no connection: its user comes again by itself.
    pub fn for_consumers(&self) -> Pool {
        let (free, returned, patience) = (Mutex::default(), Condvar::new(), CONSUMERS_PATIENCE);
        let (path, connect, cache_kb) = (self.path.clone(), self.connect, self.cache_kb);
        Pool { path, connect, cache_kb, max: 1, free, returned, patience }
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
        fault::has_handles(&self.path)?;
        Ok((self.connect)(&self.path, cache_kb)?)
    }

    fn take(&self) -> Done<Connection> {
        let none_free = |free: &mut Free| free.connections.is_empty() && free.out >= self.max;
        let waited = self.returned.wait_timeout_while(self.free(), self.patience, none_free);
        let (mut free, late) = waited.unwrap_or_else(PoisonError::into_inner);
        if late.timed_out() {
            Err(StoreError::Busy(format!("All readers of {} are at work. Try again.", self.path.display())))?;
        }
        free.out += 1;
        let connection = free.connections.pop();
        drop(free);
        connection.map_or_else(|| self.connect(self.cache_kb).inspect_err(|_| self.give_back(None)), Ok)
    }

    fn give_back(&self, connection: Option<Connection>) {
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
        self.pool.give_back(self.connection.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;

    #[test]
    fn a_consumer_that_finds_no_connection_is_turned_away_soon() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = folder.path().join("catch.db");
        connection::writer(&file).and_then(|made| made.execute_batch("CREATE TABLE t (a)")).expect("a file");
        let pool = Pool::new(&file, &Options::default()).for_consumers();
        let inner = pool.read(|_| Ok(pool.read(|_| Ok(()))));
        assert!(matches!(inner, Ok(Err(Fault::Said(StoreError::Busy(_))))));
        assert!(pool.read(|_| Ok(())).is_ok());
    }
}
