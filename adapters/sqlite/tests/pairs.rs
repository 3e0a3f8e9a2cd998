//! A store that was made without a pair of finds is found by it once the pair is declared.
use kernel::{Id, pair_key};
use runtime::port::store::{Query, ReadLimit, Reader, Store, StoreError, Table};
use rusqlite::Connection;
use sqlite::{Options, Sqlite};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use testkit::conformance::{Model, Sample, contents, sample_tables};

const ROWS: u64 = 9000;

fn table(pairs: &[(usize, usize)]) -> Table {
    Table { name: "reservations".into(), finds: 2, sorts: 1, pairs: pairs.to_vec(), ordered: false }
}

fn tables(pairs: &[(usize, usize)]) -> [Table; 2] {
    [table(pairs), Table { pairs: vec![], ..sample_tables().remove(0) }]
}

fn open(path: &Path, pairs: &[(usize, usize)]) -> Sqlite {
    sqlite::open(path, "reservation", "stay", &tables(pairs), Options::default()).expect("a store")
}

/// Two customers and two rooms; most rows are of the first of both. Some are not listed.
fn keys(id: u64) -> Vec<i64> {
    vec![i64::from(id.is_multiple_of(5)), i64::from(id.is_multiple_of(7)), (id % 100) as i64]
}

/// A store without the pair, closed again, as an older release leaves it.
fn without_the_pair() -> (TempDir, PathBuf, Model) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("reservation.db");
    let (mut store, mut sample, mut model) = (open(&path, &[]), Sample::default(), Model::new(table(&[])));
    let rows = (1..=ROWS).map(|id| (id, Some((!id.is_multiple_of(11), keys(id)))));
    let mut commits: Vec<_> = rows.map(|(id, to)| model.commit(Id(id), to, &mut sample.head)).collect();
    commits.push(sample.commit(3));
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    drop(store);
    assert_eq!(format(&path), 1);
    (folder, path, model)
}

fn edit<T>(path: &Path, look: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> T {
    Connection::open(path).and_then(|file| look(&file)).expect("a file")
}

fn format(path: &Path) -> i64 {
    edit(path, |file| file.pragma_query_value(None, "user_version", |row| row.get(0)))
}

fn is_found(reader: &dyn Reader, model: &Model) {
    for (one, other) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)] {
        for (sort, descending) in [(None, false), (None, true), (Some(0), false), (Some(0), true)] {
            for offset in [0, 2048, 3000, 5000, ROWS] {
                let find = Some((2, pair_key(one, other)));
                let limit = ReadLimit::rows(20);
                let query = Query { find, sort, descending, offset, limit, after: None };
                assert_eq!(reader.page("reservations", &query), Ok(model.page(&query)), "{query:?}");
            }
        }
    }
    assert_eq!(reader.verify(), Ok(vec![]));
}

#[test]
fn a_store_made_without_the_pair_is_found_by_it() {
    let (_folder, path, mut model) = without_the_pair();
    let before = contents(&open(&path, &[]), &tables(&[]));
    let store = open(&path, &[(0, 1)]);
    model.table = table(&[(0, 1)]);
    is_found(&*store.reader(), &model);
    assert_eq!(contents(&store, &tables(&[])), before, "nothing else changes");
    drop(store);
    assert_eq!(format(&path), 2, "an older release would write rows without the key of the pair");
    is_found(&*open(&path, &[(0, 1)]).reader(), &model);
    is_found(&*sqlite::read_still(&path, "reservation", "stay").expect("a store"), &model);
}

#[test]
fn a_store_without_pairs_keeps_its_format() {
    let (_folder, path, _) = without_the_pair();
    drop(open(&path, &[]));
    assert_eq!(format(&path), 1);
    let reader = sqlite::read_still(&path, "reservation", "stay").expect("a store");
    assert_eq!(reader.verify(), Ok(vec![]));
}

/// The last write of the many that a pair takes can't be done: the store is as it was, and opens once there is room.
#[test]
fn a_pair_is_there_whole_or_not_at_all() {
    let (_folder, path, mut model) = without_the_pair();
    let pages: u32 = edit(&path, |file| file.pragma_query_value(None, "page_count", |row| row.get(0)));
    let small = Options { pages_max: Some(pages + 20), ..Options::default() };
    let full = sqlite::open(&path, "reservation", "stay", &tables(&[(0, 1)]), small);
    assert!(matches!(full, Err(StoreError::Full(_))), "{:?}", full.err());
    assert_eq!(format(&path), 1);
    let columns = edit(&path, |file| {
        file.query_row("SELECT count(*) FROM pragma_table_info('rows_1') WHERE name = 'p0'", [], |row| {
            row.get::<_, i64>(0)
        })
    });
    assert_eq!(columns, 0);
    model.table = table(&[(0, 1)]);
    is_found(&*open(&path, &[(0, 1)]).reader(), &model);
}

#[test]
fn a_pair_of_finds_that_are_not_there_is_refused() {
    let (_folder, path, _) = without_the_pair();
    let refused = sqlite::open(&path, "reservation", "stay", &tables(&[(0, 2)]), Options::default());
    let Some(StoreError::Failed(said)) = refused.err() else { panic!("another kind") };
    assert!(said.contains("The table reservations has no finds (0, 2)"), "{said}");
}
