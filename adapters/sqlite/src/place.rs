//! Where a store's file lies, and where it has worked last: so a copy that comes to life is told from the store it was copied from.
use crate::fault::Done;
use runtime::port::store::{StoreError, StoreOrigin};
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// The file's number in its file system, and when it was made. A copy has others; a renamed file keeps them.
pub(crate) fn of_file(path: &Path) -> Done<String> {
    let cannot_read = |error| StoreError::Failed(format!("{} can't be read ({error}).", path.display()));
    let file = std::fs::metadata(path).map_err(cannot_read)?;
    let made = file.created().ok().and_then(|made| made.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    Ok(format!("{}.{}", number(&file), made.as_nanos()))
}

#[cfg(unix)]
fn number(file: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

#[cfg(not(unix))]
fn number(_: &std::fs::Metadata) -> u64 {
    0
}

pub(crate) fn origin(connection: &Connection, place: &str) -> Done<StoreOrigin> {
    let has_worked: i64 = connection.query_row("SELECT count(*) FROM head", [], |row| row.get(0))?;
    let stored: Option<String> =
        connection.query_row("SELECT value FROM identity WHERE name = 'place'", [], |row| row.get(0)).optional()?;
    Ok(match stored {
        _ if has_worked == 0 => StoreOrigin::Here,
        Some(stored) if stored == place => StoreOrigin::Here,
        Some(_) => StoreOrigin::Elsewhere,
        None => StoreOrigin::Backup,
    })
}

/// Where a store lies that was put back to an earlier moment: nowhere else, but it did not work there.
pub(crate) const RESTORED: &str = "restored";

/// In the transaction of a group: from now on the store works here.
pub(crate) fn settle(connection: &Connection, place: &str) -> Done<()> {
    connection.execute("INSERT OR REPLACE INTO identity VALUES ('place', ?1)", [place])?;
    Ok(())
}

/// A backup has not worked anywhere.
pub(crate) fn forget(connection: &Connection) -> Done<()> {
    connection.execute("DELETE FROM identity WHERE name = 'place'", [])?;
    Ok(())
}
