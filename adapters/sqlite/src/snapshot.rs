//! A copy of what is durable at one moment, made while the writer goes on.
use crate::fault::{Done, Fault};
use crate::place;
use crate::pool::Pool;
use runtime::port::store::{Result, StoreError};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::Path;
use tempfile::Builder;

/// Pages copied at once: between two steps nothing of the copy is held in memory.
const PAGES: i32 = 1024;
/// Each page is read once.
const CACHE_KB: u32 = 256;

type Copy = Box<dyn FnOnce(&Path) -> Result<()> + Send>;

pub(crate) fn take(pool: &Pool) -> Done<Copy> {
    let connection = pool.connect(CACHE_KB)?;
    connection.execute_batch("BEGIN")?;
    // The first read fixes what this connection sees until it ends.
    connection.query_row("SELECT count(*) FROM head", [], |row| row.get::<_, i64>(0))?;
    Ok(Box::new(move |file| copy(&connection, file)))
}

/// Written beside, under a name nobody has, and then renamed: under its name there is a whole copy or what was there before.
fn copy(from: &Connection, file: &Path) -> Result<()> {
    let cannot_write =
        |error: std::io::Error| StoreError::Failed(format!("{} can't be written ({error}).", file.display()));
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // its handle is closed here: closing one later would end SQLite's locks on the file
    let part = Builder::new().suffix(".part").tempfile_in(folder).map_err(cannot_write)?.into_temp_path();
    pages(from, &part).map_err(|fault| fault.at(&part))?;
    part.persist_noclobber(file).map_err(|error| cannot_write(error.error))?;
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(cannot_write)
}

fn pages(from: &Connection, part: &Path) -> Done<()> {
    let mut to = Connection::open(part)?;
    let backup = Backup::new(from, &mut to)?;
    loop {
        match backup.step(PAGES)? {
            StepResult::Done => break,
            StepResult::More => {}
            _ => Err(Fault::Said(StoreError::Busy(format!("{} is held by another process.", part.display()))))?,
        }
    }
    drop(backup);
    place::forget(&to)?;
    to.close().map_err(|(_, error)| Fault::Sqlite(error))
}
