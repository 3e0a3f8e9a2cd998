//! A copy of stores: whole, in a folder of its own, laid out as a data folder is, with one file for those of a system in one database.
use postgres::Dump;
use runtime::port::store::{Reader, StoreError};
use runtime::port::work::SystemAtWork;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use tempfile::{Builder, TempDir};

type Snapshot = Box<dyn FnOnce(&Path) -> Result<(), StoreError> + Send>;

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    pub to: PathBuf,
    pub stores: usize,
    pub bytes: u64,
}

/// One file of a copy, still to be written.
pub struct Part {
    pub system: String,
    pub file: String,
    /// How many stores there are in it.
    pub stores: usize,
    pub write: Snapshot,
}

/// Of running systems: each one's stores at one moment.
pub fn copy_systems(to: &Path, systems: &[&dyn SystemAtWork]) -> Result<Copied, String> {
    let mut parts = vec![];
    for at_work in systems {
        let system = at_work.system().name;
        let snapshots = at_work.snapshots().map_err(|error| format!("{system}: {error}"))?;
        parts.extend(snapshots.into_iter().map(|(context, write)| of_file(system, context, write)));
    }
    write(to, parts)
}

fn of_file(system: &str, context: &str, write: Snapshot) -> Part {
    Part { system: system.to_string(), file: format!("{context}.db"), stores: 1, write }
}

/// Of a store at rest.
pub fn part_from_reader(system: &str, context: &str, reader: &dyn Reader) -> Result<Part, StoreError> {
    Ok(of_file(system, context, reader.snapshot()?))
}

/// Of the stores of a system in one database, at work or at rest.
pub fn part_from_dump((file, dump): (String, Dump)) -> Part {
    let (system, stores) = (dump.system.clone(), dump.contexts.len());
    Part { system, file, stores, write: Box::new(move |to| dump.write(to)) }
}

/// Under its name there is a whole backup or none: it is written beside, in a new folder with a name nobody has, and renamed.
pub fn write(to: &Path, parts: Vec<Part>) -> Result<Copied, String> {
    free(to)?;
    let (parent, part) = beside(to)?;
    let copied = all(part.path(), parts)?;
    std::fs::rename(part.path(), to).map_err(|error| not_renamed(to, &error))?;
    let _renamed = part.keep();
    let cannot_write = |error: std::io::Error| format!("{} can't be written: {error}", parent.display());
    File::open(&parent).and_then(|folder| folder.sync_all()).map_err(cannot_write)?;
    Ok(Copied { to: to.to_path_buf(), ..copied })
}

/// Only an empty folder gives way to a renamed one.
fn not_renamed(to: &Path, error: &Error) -> String {
    match error.kind() {
        ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            format!("{} was made by somebody else meanwhile; name a new folder", to.display())
        }
        _ => format!("{} can't be written: {error}", to.display()),
    }
}

fn all(folder: &Path, parts: Vec<Part>) -> Result<Copied, String> {
    let mut copied = Copied { to: folder.to_path_buf(), stores: 0, bytes: 0 };
    for Part { system, file, stores, write } in parts {
        let home = folder.join(&system);
        let at = home.join(&file);
        let cannot_write = |error: std::io::Error| format!("{} can't be written: {error}", at.display());
        std::fs::create_dir_all(&home).map_err(cannot_write)?;
        write(&at).map_err(|error| format!("{system}/{file}: {error}"))?;
        let written = File::open(&at).map_err(cannot_write)?;
        written.sync_all().map_err(cannot_write)?;
        copied.bytes += written.metadata().map_err(cannot_write)?.len();
        copied.stores += stores;
        File::open(&home).and_then(|folder| folder.sync_all()).map_err(cannot_write)?;
    }
    Ok(copied)
}

/// A backup never writes over anything.
fn free(to: &Path) -> Result<(), String> {
    match std::fs::read_dir(to).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!("{} is not empty; name a new folder", to.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("{} can't be used: {error}", to.display())),
    }
}

/// The folder that the backup will stand in, and a new one in it, which goes when the copy fails.
fn beside(to: &Path) -> Result<(PathBuf, TempDir), String> {
    let name = to.file_name().ok_or_else(|| format!("{} is no name for a new folder", to.display()))?;
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
    std::fs::create_dir_all(&parent).map_err(|error| format!("{} can't be made: {error}", parent.display()))?;
    let part = Builder::new().prefix(name).suffix(".part").tempdir_in(&parent);
    let part = part.map_err(|error| format!("no folder can be made in {}: {error}", parent.display()))?;
    Ok((parent, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(write: impl FnOnce(&Path) -> Result<(), StoreError> + Send + 'static) -> Vec<Part> {
        vec![of_file("taxi", "catch", Box::new(write))]
    }

    fn stores(file: &Path) -> Result<(), StoreError> {
        std::fs::write(file, "a store").map_err(|error| StoreError::Failed(error.to_string()))
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_stands_beside_is_left_as_it_is() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let (to, others) = (home.path().join("monday"), home.path().join("monday.part"));
        std::fs::create_dir(&others).and_then(|()| std::fs::write(others.join("letter"), "dear")).expect("a folder");
        let copied = write(&to, part(stores)).expect("it is written");
        assert_eq!((copied.stores, copied.bytes), (1, 7));
        assert_eq!(names(home.path()), ["monday", "monday.part"]);
        assert_eq!(names(&others), ["letter"]);
        assert_eq!(names(&to.join("taxi")), ["catch.db"]);
    }

    #[test]
    fn of_a_copy_that_fails_nothing_is_left() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let failed = write(&home.path().join("monday"), part(|_| Err(StoreError::Full("no room".into()))));
        assert!(failed.expect_err("it fails").starts_with("taxi/catch.db: "));
        assert_eq!(names(home.path()), [""; 0]);
    }

    #[test]
    fn of_two_to_one_name_the_later_is_told() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let to = home.path().join("monday");
        let other = to.clone();
        let overtaken = part(move |file| {
            write(&other, part(stores)).expect("it is first");
            stores(file)
        });
        let why = write(&to, overtaken).expect_err("the name is taken");
        assert_eq!(why, format!("{} was made by somebody else meanwhile; name a new folder", to.display()));
        assert_eq!(names(home.path()), ["monday"]);
    }
}
