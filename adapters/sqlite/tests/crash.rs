//! The files as a crash leaves them: copied between two groups while the store is open, then opened elsewhere.
use runtime::port::store::Store;
use sqlite::{Options, Sqlite};
use std::path::Path;
use tempfile::TempDir;
use testkit::conformance::{Sample, contents, sample_tables};

fn open(path: &Path, options: Options) -> Sqlite {
    sqlite::open(path, "catch", "taxi", &sample_tables(), options).expect("a store")
}

fn copy(from: &Path, to: &Path) {
    for file in ["catch.db", "catch.db-wal"] {
        if from.join(file).exists() {
            std::fs::copy(from.join(file), to.join(file)).expect("copied");
        }
    }
}

#[test]
fn whatever_was_applied_is_there_after_a_crash() {
    let folder = TempDir::new().expect("a folder");
    let mut store = open(&folder.path().join("catch.db"), Options::default());
    let mut sample = Sample::default();
    for round in 0..20 {
        let commits = (0..30).map(|_| sample.commit(round)).collect();
        assert_eq!(store.apply(&sample.group(commits)), Ok(()));
        let crashed = TempDir::new().expect("a folder");
        copy(folder.path(), crashed.path());
        let copied = open(&crashed.path().join("catch.db"), Options::default());
        assert_eq!(contents(&copied, &sample_tables()), contents(&store, &sample_tables()));
    }
}

#[test]
fn a_log_torn_anywhere_gives_whole_groups() {
    let folder = TempDir::new().expect("a folder");
    let mut store = open(&folder.path().join("catch.db"), Options::default());
    let mut sample = Sample::default();
    for round in 0..12 {
        let commits = (0..4).map(|_| sample.commit(round)).collect();
        assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    }
    let wal = std::fs::metadata(folder.path().join("catch.db-wal")).expect("a write-ahead log").len();
    let mut seen = vec![];
    // Behind the tables of the empty store, wherever that is: they are there or the file is not ours yet.
    for part in 1..=40 {
        let crashed = TempDir::new().expect("a folder");
        copy(folder.path(), crashed.path());
        let torn = crashed.path().join("catch.db-wal");
        let file = std::fs::OpenOptions::new().write(true).open(torn).expect("a write-ahead log");
        file.set_len(wal * part / 40 + part % 3).expect("cut");
        let store = open(&crashed.path().join("catch.db"), Options::default());
        let position = store.head().expect("a head").position;
        assert_eq!(position % 4, 0, "a part of a group is there");
        assert_eq!(store.reader().verify(), Ok(vec![]));
        seen.push(position);
    }
    assert!(seen.is_sorted());
    assert_eq!(seen.last(), Some(&48));
    assert!(seen.windows(2).filter(|two| two[0] != two[1]).count() > 5, "{seen:?}");
}

#[test]
fn the_write_ahead_log_stays_small_with_and_without_quiet_moments() {
    for quiet in [true, false] {
        let folder = TempDir::new().expect("a folder");
        let mut store = open(&folder.path().join("catch.db"), Options { checkpoint_pages: 20, ..Options::default() });
        let mut sample = Sample::default();
        for round in 0..300 {
            let commits = vec![sample.commit(round)];
            assert_eq!(store.apply(&sample.group(commits)), Ok(()));
            if quiet {
                assert_eq!(store.maintain(), Ok(()));
            }
        }
        let wal = std::fs::metadata(folder.path().join("catch.db-wal")).expect("a write-ahead log").len();
        assert!(wal < 1000 * 4096, "{wal} bytes");
        assert_eq!(store.reader().verify(), Ok(vec![]));
    }
}
