//! One writer a file: the operating system's lock on a file beside it, gone with the process that held it.
use crate::fault::{Done, failed, unopened};
use runtime::port::store::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

pub(crate) fn lock(path: &Path) -> Done<File> {
    let file = beside(path, ".lock");
    let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&file);
    let opened = match opened {
        Ok(opened) => opened,
        Err(error) => {
            let said = format!("{} can't be written ({error}). Let this user write its folder.", file.display());
            return Err(unopened(&file, &error, said))?;
        }
    };
    match opened.try_lock() {
        Ok(()) => Ok(opened),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy(format!(
            "Another process has {} open. Stop it, or give this one a folder of its own.",
            path.display()
        )))?,
        Err(TryLockError::Error(error)) => {
            failed(format!("{} can't be locked ({error}). Put the store on a local disk.", file.display()))
        }
    }
}

/// The file of the same name with more at its end.
pub(crate) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
