//! Where a store comes from: it has worked here, somebody has copied its file, or it is a backup.
use runtime::port::store::{Store, StoreOrigin};
use sqlite::{Options, Sqlite};
use std::path::Path;
use tempfile::TempDir;
use testkit::conformance::{Sample, sample_tables};

fn open(path: &Path) -> Sqlite {
    sqlite::open(path, "catch", "taxi", &sample_tables(), Options::default()).expect("a store")
}

/// A store that has worked, and is closed.
fn worked(folder: &TempDir) -> (std::path::PathBuf, Sample) {
    let (file, mut sample) = (folder.path().join("catch.db"), Sample::default());
    let mut store = open(&file);
    assert_eq!(store.origin(), StoreOrigin::Here, "it is new");
    let commits = vec![sample.commit(1)];
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    (file, sample)
}

#[test]
fn a_store_that_is_opened_again_where_it_has_worked_is_here() {
    let folder = TempDir::new().expect("a folder");
    let (file, _) = worked(&folder);
    assert_eq!(open(&file).origin(), StoreOrigin::Here);
    let renamed = folder.path().join("renamed.db");
    std::fs::rename(&file, &renamed).expect("it is closed");
    assert_eq!(open(&renamed).origin(), StoreOrigin::Here);
}

#[test]
fn a_file_that_somebody_has_copied_is_elsewhere_until_it_works() {
    let folder = TempDir::new().expect("a folder");
    let (file, mut sample) = worked(&folder);
    let copy = folder.path().join("copy.db");
    std::fs::copy(&file, &copy).expect("it is closed");
    assert_eq!(open(&copy).origin(), StoreOrigin::Elsewhere);
    let mut store = open(&copy);
    assert_eq!(store.origin(), StoreOrigin::Elsewhere, "to look at it changes nothing");
    let commits = vec![sample.commit(2)];
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    assert_eq!(store.origin(), StoreOrigin::Here);
    drop(store);
    assert_eq!(open(&copy).origin(), StoreOrigin::Here);
    assert_eq!(open(&file).origin(), StoreOrigin::Here);
}

#[test]
fn a_snapshot_is_a_backup_also_where_it_takes_the_place_of_the_store() {
    let folder = TempDir::new().expect("a folder");
    let (file, _) = worked(&folder);
    let backup = folder.path().join("backup.db");
    let copy = open(&file).reader().snapshot().expect("a snapshot");
    assert_eq!(copy(&backup), Ok(()));
    assert_eq!(open(&backup).origin(), StoreOrigin::Backup);
    std::fs::copy(&backup, &file).expect("it is closed"); // the file keeps its number
    assert_eq!(open(&file).origin(), StoreOrigin::Backup);
}
