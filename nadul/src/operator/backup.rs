//! A copy of all stores: whole, in a folder of its own, laid out as a data folder is.
use runtime::port::store::{Reader, StoreError};
use runtime::port::work::SystemAtWork;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

type Snapshot = Box<dyn FnOnce(&Path) -> Result<(), StoreError> + Send>;

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    pub to: PathBuf,
    pub stores: usize,
    pub bytes: u64,
}

/// One store's copy still to be written.
pub struct Part {
    pub system: String,
    pub context: String,
    pub write: Snapshot,
}

/// Of running systems: each one's stores at one moment.
pub fn of_systems(to: &Path, systems: &[Arc<dyn SystemAtWork>]) -> Result<Copied, String> {
    let mut parts = vec![];
    for at_work in systems {
        let system = at_work.system().name;
        for (context, write) in at_work.snapshots().map_err(|error| format!("{system}: {error}"))? {
            parts.push(Part { system: system.to_string(), context: context.to_string(), write });
        }
    }
    write(to, parts)
}

/// Of a store at rest.
pub fn of_reader(system: &str, context: &str, reader: &dyn Reader) -> Result<Part, StoreError> {
    Ok(Part { system: system.to_string(), context: context.to_string(), write: reader.snapshot()? })
}

/// Under its name there is a whole backup or none: it is written beside and renamed.
pub fn write(to: &Path, parts: Vec<Part>) -> Result<Copied, String> {
    free(to)?;
    let part = beside(to)?;
    let cannot_write = |error: std::io::Error| format!("{} can't be written: {error}", part.display());
    if part.exists() {
        std::fs::remove_dir_all(&part).map_err(cannot_write)?;
    }
    let copied = all(&part, parts).inspect_err(|_| drop(std::fs::remove_dir_all(&part)))?;
    if to.exists() {
        std::fs::remove_dir(to).map_err(cannot_write)?;
    }
    std::fs::rename(&part, to).map_err(cannot_write)?;
    if let Some(parent) = to.parent() {
        File::open(parent).and_then(|folder| folder.sync_all()).map_err(cannot_write)?;
    }
    Ok(Copied { to: to.to_path_buf(), ..copied })
}

fn all(folder: &Path, parts: Vec<Part>) -> Result<Copied, String> {
    let mut copied = Copied { to: folder.to_path_buf(), stores: 0, bytes: 0 };
    for Part { system, context, write } in parts {
        let home = folder.join(&system);
        let file = home.join(format!("{context}.db"));
        let cannot_write = |error: std::io::Error| format!("{} can't be written: {error}", file.display());
        std::fs::create_dir_all(&home).map_err(cannot_write)?;
        write(&file).map_err(|error| format!("{system}/{context}: {error}"))?;
        let written = File::open(&file).map_err(cannot_write)?;
        written.sync_all().map_err(cannot_write)?;
        copied.bytes += written.metadata().map_err(cannot_write)?.len();
        copied.stores += 1;
        File::open(&home).and_then(|folder| folder.sync_all()).map_err(cannot_write)?;
    }
    Ok(copied)
}

/// A backup never writes over anything.
fn free(to: &Path) -> Result<(), String> {
    match std::fs::read_dir(to).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!("{} is not empty; name a new folder", to.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("{} can't be used: {error}", to.display())),
    }
}

fn beside(to: &Path) -> Result<PathBuf, String> {
    let name = to.file_name().ok_or_else(|| format!("{} is no name for a new folder", to.display()))?;
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent).map_err(|error| format!("{} can't be made: {error}", parent.display()))?;
    }
    Ok(to.with_file_name(format!("{}.part", name.to_string_lossy())))
}
