//! What a group costs does not grow with what is stored.
use kernel::Id;
use runtime::port::store::{Store, Table};
use sqlite::{Options, Sqlite};
use std::ops::Range;
use std::path::Path;
use testkit::conformance::{Model, Sample};

/// Rows of a run.
const RUN: u64 = 4000;
/// Less than all pages of the table: those of other runs would have to be read again.
const CACHE_KB: u32 = 1200;

struct Growing {
    store: Sqlite,
    sample: Sample,
    model: Model,
}

impl Growing {
    fn new(file: &Path, pending_rows: u64) -> Growing {
        let table = Table { name: "trips".into(), finds: 2, sorts: 1, pairs: vec![], ordered: false, owned: false };
        let options = Options { run_rows: RUN, pending_rows, writer_cache_kb: CACHE_KB, ..Options::default() };
        let store = sqlite::open(file, "trip", "town", std::slice::from_ref(&table), options).expect("a store");
        Growing { store, sample: Sample::default(), model: Model::new(table) }
    }

    /// Rows with keys that lie anywhere in each index.
    fn add(&mut self, ids: Range<u64>) {
        let keys = |id: u64| (1..4).map(|nth| (id * nth).wrapping_mul(0x9e37_79b9_7f4a_7c15) as i64).collect();
        let Growing { store, sample, model } = self;
        let commits = ids.map(|id| model.commit(Id(id), Some((true, keys(id))), &mut sample.head)).collect();
        assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    }
}

/// Bytes that a group of 100 commits adds to the write-ahead log, on the way through one run.
fn bytes_a_group(growing: &mut Growing, file: &Path, run: u64) -> u64 {
    let log = || std::fs::metadata(file.with_extension("db-wal")).expect("a log").len();
    let first = run * RUN + 1;
    growing.add(first..first + RUN / 2);
    let before = log();
    let groups = (first + RUN / 2..first + RUN).step_by(100);
    groups.clone().for_each(|id| growing.add(id..id + 100));
    (log() - before) / groups.count() as u64
}

#[test]
fn a_group_writes_no_more_into_a_large_table() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("trip.db");
    let mut growing = Growing::new(&file, 1);
    let few = bytes_a_group(&mut growing, &file, 0);
    for run in 1..12 {
        growing.add(run * RUN + 1..(run + 1) * RUN + 1);
    }
    let many = bytes_a_group(&mut growing, &file, 12);
    assert!(many < few * 5 / 4, "{many} bytes a group, and {few} when the table was small");
}

/// Rows go into the indexes many at a time.
#[test]
fn a_group_writes_little_for_indexes() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let bytes = |pending_rows| {
        let file = folder.path().join(format!("{pending_rows}.db"));
        bytes_a_group(&mut Growing::new(&file, pending_rows), &file, 0)
    };
    let (at_once, together) = (bytes(1), bytes(Options::default().pending_rows));
    assert!(together < at_once / 2, "{together} bytes a group, and {at_once} where each row goes in at once");
}
