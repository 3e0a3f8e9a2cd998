//! What can be wrong with a file or a disk, and what an operator is told.
use runtime::port::store::{Result, Store, StoreError};
use rusqlite::Connection;
use sqlite::{Options, Sqlite};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use testkit::conformance::{Sample, contents, sample_tables};

fn open(path: &Path) -> Result<Sqlite> {
    sqlite::open(path, "catch", "taxi", &sample_tables(), Options::default())
}

fn refused(path: &Path) -> StoreError {
    open(path).err().expect("opened what should be refused")
}

/// A folder and a store in it with something in it, closed again.
fn filled() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("catch.db");
    let (mut store, mut sample) = (open(&path).expect("a store"), Sample::default());
    let commits = (0..500).map(|key| sample.commit(key)).collect();
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    (folder, path)
}

fn edit(path: &Path, sql: &str) {
    Connection::open(path).and_then(|file| file.execute_batch(sql)).expect("edited");
}

#[test]
fn a_missing_folder_is_made() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("data/taxi/catch.db");
    assert!(open(&path).is_ok());
    assert!(path.exists());
}

#[test]
fn a_folder_that_can_not_be_made_is_named() {
    let StoreError::Failed(said) = refused(Path::new("/proc/nadul/catch.db")) else { panic!("another kind") };
    assert!(said.starts_with("The folder /proc/nadul can't be made"), "{said}");
}

#[test]
fn a_folder_that_can_not_be_written_is_named() {
    let StoreError::Failed(said) = refused(Path::new("/proc/self/catch.db")) else { panic!("another kind") };
    assert!(said.starts_with("/proc/self/catch.db.lock can't be written"), "{said}");
}

#[test]
fn a_file_that_is_not_sqlite_is_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("catch.db");
    let letter = "Dear reader, this is a letter and not a store.";
    std::fs::write(&path, letter).expect("written");
    let StoreError::Foreign(said) = refused(&path) else { panic!("another kind") };
    assert!(said.contains("is not a SQLite file"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).expect("still there"), letter);
}

#[test]
fn the_file_of_another_program_is_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("catch.db");
    edit(&path, "CREATE TABLE recipes (name TEXT)");
    let before = std::fs::read(&path).expect("a file");
    let StoreError::Foreign(said) = refused(&path) else { panic!("another kind") };
    assert!(said.contains("some other program"), "{said}");
    assert!(std::fs::read(&path).expect("still there") == before);
}

#[test]
fn the_store_of_another_context_or_system_is_refused() {
    let (_folder, path) = filled();
    let open_as = |context, system| sqlite::open(&path, context, system, &sample_tables(), Options::default()).err();
    let Some(StoreError::Foreign(said)) = open_as("payment", "taxi") else { panic!("another kind") };
    assert!(said.contains("the store of the context catch, not of payment"), "{said}");
    let Some(StoreError::Foreign(said)) = open_as("catch", "fruit") else { panic!("another kind") };
    assert!(said.contains("the store of the system taxi, not of fruit"), "{said}");
    assert!(open(&path).is_ok());
}

#[test]
fn the_store_of_a_newer_release_is_refused() {
    let (_folder, path) = filled();
    edit(&path, "PRAGMA user_version = 99");
    let StoreError::Newer(said) = refused(&path) else { panic!("another kind") };
    assert!(said.contains("format 99"), "{said}");
}

#[test]
fn a_second_process_is_kept_out() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("catch.db");
    let first = open(&path).expect("a store");
    let StoreError::Busy(said) = refused(&path) else { panic!("another kind") };
    assert!(said.starts_with("Another process has"), "{said}");
    drop(first);
    assert!(open(&path).is_ok());
}

#[test]
fn a_damaged_file_is_said_to_be() {
    let (_folder, path) = filled();
    let mut bytes = std::fs::read(&path).expect("a file");
    let pages = bytes.len() / 4096;
    assert!(pages > 20);
    bytes[4096..].fill(0xa5);
    std::fs::write(&path, bytes).expect("written");
    let StoreError::Corrupt(said) = refused(&path) else { panic!("another kind") };
    assert!(said.contains("restore a backup"), "{said}");
}

#[test]
fn a_file_cut_short_is_not_taken_for_a_whole_one() {
    let (_folder, path) = filled();
    let file = std::fs::OpenOptions::new().write(true).open(&path).expect("a file");
    file.set_len(file.metadata().expect("its size").len() / 8192 * 4096).expect("cut");
    match open(&path) {
        Err(StoreError::Corrupt(_)) => {}
        Err(other) => panic!("{other:?}"),
        Ok(store) => {
            let found = store.reader().verify();
            assert!(
                found.as_ref().is_ok_and(|found| !found.is_empty()) || matches!(found, Err(StoreError::Corrupt(_)))
            );
        }
    }
}

#[test]
fn a_full_disk_loses_nothing_and_passes() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("catch.db");
    let small = Options { pages_max: Some(160), ..Options::default() };
    let mut store = sqlite::open(&path, "catch", "taxi", &sample_tables(), small).expect("a store");
    let mut sample = Sample::default();
    let (said, before) = loop {
        let (before, held) = (sample.clone(), contents(&store, &sample_tables()));
        let commits = (0..50).map(|key| sample.commit(key)).collect();
        if let Err(error) = store.apply(&sample.group(commits)) {
            assert_eq!(contents(&store, &sample_tables()), held);
            sample = before;
            break (error, held);
        }
    };
    let StoreError::Full(said) = said else { panic!("{said:?}") };
    assert!(said.starts_with("There is no room left to write"), "{said}");
    // Still usable: what needs no room goes, and with room everything does.
    assert_eq!(store.apply(&sample.group(vec![])), Ok(()));
    drop(store);
    let mut store = open(&path).expect("a store");
    assert_eq!(contents(&store, &sample_tables()).lines().nth(2), before.lines().nth(2));
    let commits = (0..50).map(|key| sample.commit(key)).collect();
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

#[test]
fn a_table_declared_in_another_shape_is_refused() {
    let (_folder, path) = filled();
    let mut tables = sample_tables();
    tables[0].finds += 1;
    let Err(StoreError::Failed(said)) = sqlite::open(&path, "catch", "taxi", &tables, Options::default()) else {
        panic!("another kind")
    };
    assert!(said.contains("The table trips is kept with 2 finds"), "{said}");
    assert!(open(&path).is_ok());
}
