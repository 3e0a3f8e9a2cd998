//! What went wrong, in sentences: what happened, and what to do.
use runtime::port::store::StoreError;
use rusqlite::{Error, ErrorCode};
use std::path::Path;

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

fn store_error(error: &Error, path: &Path) -> StoreError {
    let file = path.display();
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
