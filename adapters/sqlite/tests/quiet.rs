//! The write-ahead log gives back what it took while somebody read, in a quiet moment.
use runtime::port::store::Store;
use sqlite::Options;
use tempfile::TempDir;
use testkit::conformance::{Sample, sample_tables};

#[test]
fn a_log_that_grew_while_somebody_read_shrinks_when_nobody_writes() {
    let folder = TempDir::new().expect("a folder");
    let (file, log) = (folder.path().join("catch.db"), folder.path().join("catch.db-wal"));
    let small = Options { checkpoint_pages: 20, ..Options::default() };
    let mut store = sqlite::open(&file, "catch", "taxi", &sample_tables(), small).expect("a store");
    let bytes = || std::fs::metadata(&log).map_or(0, |log| log.len());
    let mut sample = Sample::default();
    let mut write = |store: &mut sqlite::Sqlite, rounds| {
        for round in 0..rounds {
            let commits = (0..20).map(|_| sample.commit(round)).collect();
            assert_eq!(store.apply(&sample.group(commits)), Ok(()));
            assert_eq!(store.maintain(), Ok(()));
        }
    };
    write(&mut store, 2);
    let reading = store.reader().snapshot().expect("a snapshot"); // a reader that goes on for long
    write(&mut store, 40);
    let grown = bytes();
    assert!(grown > 20 * 4120, "{grown}");
    store.shrink();
    assert_eq!(bytes(), grown, "somebody reads it");
    drop(reading);
    store.shrink();
    assert_eq!(bytes(), 0);
    write(&mut store, 2);
    assert_eq!(store.reader().verify(), Ok(vec![]));
}
