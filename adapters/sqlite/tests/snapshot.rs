//! A snapshot is one moment, whatever is written while it is copied.
use runtime::port::store::{Store, StoreError};
use sqlite::{Options, Sqlite};
use std::path::Path;
use tempfile::TempDir;
use testkit::conformance::{Sample, contents, sample_tables};

fn open(path: &Path) -> Sqlite {
    let small = Options { checkpoint_pages: 20, ..Options::default() };
    sqlite::open(path, "catch", "taxi", &sample_tables(), small).expect("a store")
}

#[test]
fn what_is_written_later_is_not_in_the_copy() {
    let folder = TempDir::new().expect("a folder");
    let (mut store, mut sample) = (open(&folder.path().join("catch.db")), Sample::default());
    let mut grow = |store: &mut Sqlite, rounds| {
        for round in 0..rounds {
            let commits = (0..20).map(|_| sample.commit(round)).collect();
            assert_eq!(store.apply(&sample.group(commits)), Ok(()));
            assert_eq!(store.maintain(), Ok(()));
        }
    };
    grow(&mut store, 20);
    let then = contents(&store, &sample_tables());
    let copy = store.reader().snapshot().expect("a snapshot");
    grow(&mut store, 20);
    let file = folder.path().join("backup/catch.db");
    std::fs::create_dir(folder.path().join("backup")).expect("a folder");
    std::thread::scope(|scope| {
        let copying = scope.spawn(|| copy(&file));
        grow(&mut store, 20);
        assert_eq!(copying.join().expect("no panic"), Ok(()));
    });
    assert_eq!(contents(&open(&file), &sample_tables()), then);
    assert_ne!(contents(&store, &sample_tables()), then);
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

#[test]
fn a_copy_that_can_not_be_written_leaves_none() {
    let folder = TempDir::new().expect("a folder");
    let store = open(&folder.path().join("catch.db"));
    let copy = store.reader().snapshot().expect("a snapshot");
    let file = folder.path().join("missing/catch.db");
    assert!(matches!(copy(&file), Err(StoreError::Failed(_))));
    assert!(!file.exists());
}
