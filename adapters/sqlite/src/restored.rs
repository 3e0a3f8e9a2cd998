//! Tells a store that it was put back to an earlier moment, where its file shows nothing of it.
use crate::fault::{Done, failed};
use crate::identity::Whose;
use crate::{connection, lock, place};
use runtime::port::store::Result;
use std::path::Path;

/// From its next group on it lives another life. Nothing else is changed.
///
/// # Errors
/// `Busy` where a process has the store; there is none, or it is not this context's.
pub fn restored(path: &Path, context: &str, system: &str) -> Result<()> {
    tell(&Whose { path, context, system }).map_err(|fault| fault.at(path))
}

fn tell(whose: &Whose<'_>) -> Done<()> {
    let path = whose.path;
    if !path.exists() {
        return failed(format!("There is no store {}.", path.display()));
    }
    let _lock = lock::lock(path)?;
    whose.file()?;
    let writer = connection::writer(path)?;
    if !whose.check(&writer)? {
        return failed(format!("There is no store in {} yet.", path.display()));
    }
    place::settle(&writer, place::RESTORED)
}
