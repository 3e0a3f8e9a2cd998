//! Connections, set up alike.
use crate::options::Options;
use rusqlite::{Connection, OpenFlags, Result};
use std::path::Path;
use std::time::Duration;

/// Statements kept prepared: more than a context with five collections needs.
const STATEMENTS: usize = 512;
/// SQLite's own short locks, such as the end of a checkpoint; never another writer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) fn writer(path: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags() | OpenFlags::SQLITE_OPEN_CREATE)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Only once the file is known to be ours: the journal's mode is written into it.
pub(crate) fn tune_writer(connection: &Connection, options: &Options) -> Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    if let Some(pages) = options.pages_max {
        connection.pragma_update(None, "max_page_count", pages)?;
    }
    tune(connection, options.writer_cache_kb)
}

pub(crate) fn reader(path: &Path, cache_kb: u32) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags())?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "query_only", true)?;
    tune(&connection, cache_kb)?;
    Ok(connection)
}

/// How a reader's connection is opened, with its cache in KiB.
pub(crate) type Connect = fn(&Path, u32) -> Result<Connection>;

/// For a file that nobody writes. Without a write-ahead log it is read as it lies there; with one, that is read too and stays.
pub(crate) fn still(path: &Path, cache_kb: u32) -> Result<Connection> {
    let log = std::fs::metadata(crate::lock::beside(path, "-wal")).map_or(0, |log| log.len());
    let only_read = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match path.to_str() {
        Some(path) if log == 0 => {
            let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let address = format!("file:{path}?immutable=1");
            Connection::open_with_flags(address, only_read | OpenFlags::SQLITE_OPEN_URI)?
        }
        _ => Connection::open_with_flags(path, only_read)?,
    };
    connection.busy_timeout(PATIENCE)?;
    tune(&connection, cache_kb)?;
    Ok(connection)
}

fn tune(connection: &Connection, cache_kb: u32) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "cache_size", -i64::from(cache_kb))?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")
}

fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

pub(crate) fn checkpointer(path: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags())?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    tune(&connection, 256)?;
    Ok(connection)
}

/// A bound of a range: whatever lies beyond SQLite's numbers lies behind all of them.
pub(crate) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number of rows, as a limit says it.
pub(crate) fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
