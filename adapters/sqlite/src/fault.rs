//! What went wrong, in sentences: what happened, and what to do.
use runtime::port::store::StoreError;
use rusqlite::{Error, ErrorCode};
use std::fs::File;
use std::path::Path;

/// The process has as many open files as it may, or the machine has.
const OUT_OF_HANDLES: [i32; 2] = [23, 24]; // ENFILE, EMFILE
/// The file, its write-ahead log and the log's index.
const HANDLES_OF_A_CONNECTION: usize = 3;

/// Inside this crate: SQLite's word, or ours already.
#[derive(Debug)]
pub(crate) enum Fault {
    Sqlite(Error),
    /// While a transaction ended.
    AtCommit(Error),
    Said(StoreError),
}

pub(crate) type Done<T> = std::result::Result<T, Fault>;

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault::Sqlite(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Said(error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Fault {
        Fault::Said(StoreError::Corrupt(format!("A record of the store can't be read ({error}). Restore a backup.")))
    }
}

pub(crate) fn failed<T>(what: String) -> Done<T> {
    Err(Fault::Said(StoreError::Failed(what)))
}

impl Fault {
    /// As the port says it.
    pub fn at(self, path: &Path) -> StoreError {
        match self {
            Fault::Said(error) => error,
            Fault::AtCommit(error) if error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure) => {
                StoreError::Unconfirmed(format!(
                    "The disk failed under {} ({error}) and did not confirm the last group. Check the disk; the context starts again from what is stored.",
                    path.display()
                ))
            }
            Fault::Sqlite(error) | Fault::AtCommit(error) => store_error(&error, path),
        }
    }
}

/// A file that the operating system does not open: for want of a handle, or as `said`.
pub(crate) fn unopened(path: &Path, error: &std::io::Error, said: String) -> StoreError {
    let is_out_of_handles = error.raw_os_error().is_some_and(|code| OUT_OF_HANDLES.contains(&code));
    if is_out_of_handles { out_of_handles(path) } else { StoreError::Failed(said) }
}

/// Whether SQLite can open all of a connection's files: it keeps those that it could open, used or not, and with them takes the handle that the edge
/// keeps for the next client.
pub(crate) fn has_handles(path: &Path) -> Result<(), StoreError> {
    let opened: std::io::Result<Vec<File>> = (0..HANDLES_OF_A_CONNECTION).map(|_| File::open("/dev/null")).collect();
    let code = opened.err().and_then(|error| error.raw_os_error());
    if code.is_some_and(|code| OUT_OF_HANDLES.contains(&code)) { Err(out_of_handles(path)) } else { Ok(()) }
}

fn out_of_handles(path: &Path) -> StoreError {
    StoreError::Failed(format!(
        "{} can't be opened: this process has as many files open as it may. Raise the limit (ulimit -n), or let it serve fewer clients.",
        path.display()
    ))
}

fn store_error(error: &Error, path: &Path) -> StoreError {
    let file = path.display();
    if is_out_of_handles(error) {
        return out_of_handles(path);
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full(format!(
            "There is no room left to write {file}. Free some, then go on; what was stored before is all there."
        )),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt(format!(
            "{file} is damaged ({error}). Stop, keep the file aside, and restore a backup."
        )),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(format!(
            "{file} is held by another process. Close the program that has it open, then try again."
        )),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => StoreError::Failed(format!(
            "{file} can't be written ({error}). Let this user write the file and its folder."
        )),
        Some(ErrorCode::SystemIoFailure) => StoreError::Failed(format!(
            "The disk failed under {file} ({error}). Check the disk; the last group was not stored."
        )),
        _ => StoreError::Failed(format!(
            "SQLite refused to go on with {file}: {error}. Nothing of the last group was stored."
        )),
    }
}

/// SQLite says only that it can't open a file; whether anything can be opened says the rest.
fn is_out_of_handles(error: &Error) -> bool {
    let is_unopened = matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure));
    let code = || File::open("/dev/null").err()?.raw_os_error();
    is_unopened && code().is_some_and(|code| OUT_OF_HANDLES.contains(&code))
}
