//! Rows that wait in the pending list are found as if they were in the indexes.
use kernel::{Id, Relation};
use runtime::port::store::{Query, ReadLimit, Store, Table};
use rusqlite::Connection;
use sqlite::Options;
use tempfile::TempDir;
use testkit::conformance::{Model, Sample};

const ROWS: u64 = 12_000;

/// Two customers and two rooms; most rows are of the first of both.
fn keys(id: u64) -> Vec<i64> {
    vec![i64::from(id.is_multiple_of(5)), i64::from(id.is_multiple_of(7)), (id % 100) as i64]
}

#[test]
fn pages_have_what_waits_in_its_place() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("reservation.db");
    let table = Table { name: "trips".into(), finds: 2, sorts: 1, pairs: vec![(0, 1)], ordered: false, owned: true };
    let open = || {
        // Rows that wait belong to several runs.
        let options = Options { run_rows: 1500, pending_rows: 5000, ..Options::default() };
        sqlite::open(&path, "reservation", "stay", std::slice::from_ref(&table), options).expect("a store")
    };
    let (mut store, mut sample, mut model) = (open(), Sample::default(), Model::new(table.clone()));
    for first in (1..ROWS).step_by(400) {
        let new = (first..first + 400).map(|id| (id, Some((!id.is_multiple_of(3), keys(id)))));
        // Of the older ones some are listed late, some leave, some go elsewhere, and some are deleted.
        let older = (1..first).filter(|id| id % 37 == first / 400 % 37).map(|id| match id % 5 {
            0 => (id, None),
            1 => (id, Some((false, keys(id)))),
            2 => (id, Some((true, keys(id * 3)))),
            _ => (id, Some((true, keys(id)))),
        });
        let commits = new.chain(older).map(|(id, to)| model.commit(Id(id), to, &mut sample.head)).collect();
        assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    }
    drop(store);
    let store = open(); // the writer knows again what waits
    let waiting = Connection::open(&path).and_then(|file| {
        file.query_row("SELECT count(*) FROM rows_1 WHERE listed = 2", [], |row| row.get::<_, i64>(0))
    });
    assert!(waiting.as_ref().is_ok_and(|rows| *rows > 1000), "{waiting:?} rows wait");
    let own = [(Relation::Owner, 1), (Relation::Owner, 2), (Relation::Partner, 1), (Relation::Partner, 3)];
    let own = own.map(|(part, key)| Some((Table::find_of(part), key)));
    let pairs = [(0, 0), (1, 1)].map(|(one, other)| Some((2, kernel::pair_key(one, other))));
    let finds = [None, Some((0, 0)), Some((0, 1)), Some((1, 0))].into_iter().chain(own).chain(pairs);
    let reader = store.reader();
    for find in finds {
        for (sort, descending) in [(None, false), (None, true), (Some(0), false), (Some(0), true)] {
            let mut behind = None;
            for offset in [0, 10, 1000, 2049, 3000, 5000, 7000, ROWS] {
                for after in [None, behind] {
                    let query = Query { find, sort, descending, offset, limit: ReadLimit::rows(20), after };
                    let page = reader.page("trips", &query);
                    assert_eq!(page, Ok(model.page(&query)), "{query:?}");
                    let last = page.ok().and_then(|page| page.rows.last().cloned());
                    behind = last.map(|(id, row)| (sort.map_or(0, |_| row.keys[2]), id)).or(behind);
                }
            }
        }
    }
    assert_eq!(reader.verify(), Ok(vec![]));
}
