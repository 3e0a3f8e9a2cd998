//! Totals and deep pages by counts: true at the moment of each look, whatever is written meanwhile, and held against the rows.
use super::Place;
use kernel::{Commit, Id};
use postgres::{Postgres, PostgresOptions};
use runtime::port::store::{Query, ReadLimit, Reader, RowPage, Store, Table};
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::conformance::{Model, Sample, sample_tables};

/// Several blocks of each index.
const MANY: u64 = 4000;
const DEEP: u64 = 1500;
const GROUPS: u64 = 300;

/// A store with rows under two keys, sorted in no order; its counts are written anew all the time.
struct Rows {
    store: Postgres,
    model: Model,
    sample: Sample,
}

fn table() -> Table {
    sample_tables().swap_remove(0)
}

fn open(place: &Place) -> Postgres {
    let options = PostgresOptions { moved_max: 20, ..PostgresOptions::default() };
    place.open_as(options).expect("a store")
}

impl Rows {
    fn new(place: &Place, rows: u64) -> Rows {
        let mut new = Rows { store: open(place), model: Model::new(table()), sample: Sample::default() };
        new.write(1..rows + 1);
        new
    }

    fn write(&mut self, ids: std::ops::Range<u64>) {
        let keys = |id: u64| vec![(id % 2) as i64, 7, (id.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as i64];
        let commits = ids.map(|id| self.model.commit(Id(id), Some((true, keys(id))), &mut self.sample.head)).collect();
        self.apply(commits);
    }

    fn remove(&mut self, id: u64) {
        let gone = self.model.commit(Id(id), None, &mut self.sample.head);
        self.apply(vec![gone]);
    }

    fn apply(&mut self, commits: Vec<Commit>) {
        let group = self.sample.group(commits);
        assert_eq!(self.store.apply(&group).and_then(|()| self.store.maintain()), Ok(()));
    }
}

fn page(reader: &dyn Reader, query: &Query) -> RowPage {
    reader.page("trips", query).expect("a page")
}

fn total(reader: &dyn Reader) -> u64 {
    page(reader, &Query::default()).total
}

/// From the same depth on, to the end.
fn deep_queries() -> Vec<Query> {
    let limit = ReadLimit::rows(usize::MAX);
    let query = |find, sort, descending| Query { find, sort, descending, offset: DEEP, limit, ..Query::default() };
    let all = [None, Some((0, 1)), Some((1, 7))].into_iter().flat_map(|find| [(find, None), (find, Some(0))]);
    all.flat_map(|(find, sort)| [query(find, sort, false), query(find, sort, true)]).collect()
}

/// Looks end with the test, also where it fails.
struct Ended<'a>(&'a AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_page_and_its_total_are_of_one_moment_while_rows_come_and_go() {
    let place = Place::new();
    let mut rows = Rows::new(&place, MANY);
    let (reader, done) = (rows.store.reader(), AtomicBool::new(false));
    let look = |queries: &[Query]| {
        while !done.load(Ordering::Relaxed) {
            for query in queries {
                let page = page(&*reader, query);
                assert_eq!(page.rows.len() as u64, page.total - DEEP, "{query:?}");
            }
        }
    };
    let queries = deep_queries();
    std::thread::scope(|scope| {
        for some in queries.chunks(queries.len() / 2) {
            scope.spawn(|| look(some));
        }
        let _ended = Ended(&done);
        for nth in 0..GROUPS {
            rows.write(MANY + 2 * nth + 1..MANY + 2 * nth + 3);
            rows.remove(1 + nth * 7);
        }
    });
    deep_queries().iter().for_each(|query| assert_eq!(page(&*reader, query), rows.model.page(query), "{query:?}"));
    assert_eq!(reader.verify(), Ok(vec![]));
    assert!(place.value("SELECT sum(cardinality(rows)) FROM @moves").parse().unwrap_or(0) <= 20 * 5, "few are kept");
}

#[test]
fn a_count_that_is_wrong_is_found() {
    let place = Place::new();
    let rows = Rows::new(&place, 3);
    let verify = || rows.store.reader().verify().expect("it can be read");
    assert_eq!(verify(), Vec::<String>::new());
    place.sql("UPDATE @counts SET blocks[4] = 5 WHERE collection = 1 AND nth = 1");
    let said = verify();
    assert!(matches!(&said[..], [one] if one.starts_with("trips by k2, id has 3 rows from ")), "{said:?}");
    place.sql("DELETE FROM @counts WHERE collection = 1");
    assert_eq!((verify(), total(&*rows.store.reader())), (vec![], 3), "without counts each row is counted");
}

#[test]
fn a_reader_does_not_go_by_counts_of_groups_that_are_not_there_any_more() {
    let place = Place::new();
    let mut rows = Rows::new(&place, 3);
    rows.write(4..6);
    let reader = rows.store.reader();
    assert_eq!(total(&*reader), 5);
    // another group in the place of the newest one, as after a restore
    let newest = "version = (SELECT max(version) FROM @moves)";
    place.sql(&format!(
        "DELETE FROM @rows_1 WHERE id = 5; UPDATE @moves SET rows = rows[:5], id = gen_random_uuid() WHERE {newest}"
    ));
    assert_eq!(total(&*reader), 4);
    assert_eq!(reader.verify(), Ok(vec![]));
}

#[test]
fn a_schema_of_the_format_before_is_counted_row_by_row_until_it_is_lifted() {
    let place = Place::new();
    let rows = Rows::new(&place, MANY);
    let model = rows.model;
    drop(rows.store);
    place.sql("DROP TABLE @counts, @moves; UPDATE @identity SET value = '2' WHERE name = 'format'");
    let before = postgres::read(&place.address(), "catch", "taxi", PostgresOptions::default()).expect("it can be read");
    let is_there = |reader: &dyn Reader| {
        deep_queries().iter().for_each(|query| assert_eq!(page(reader, query), model.page(query), "{query:?}"));
        assert_eq!(reader.verify(), Ok(vec![]));
    };
    is_there(&*before);
    let store = open(&place);
    assert_eq!(place.value("SELECT value FROM @identity WHERE name = 'format'"), "5");
    assert!(
        place
            .value("SELECT cardinality(blocks) FROM @counts WHERE collection = 1 AND nth = 1")
            .parse::<u64>()
            .is_ok_and(|numbers| numbers >= 4 * 4)
    );
    is_there(&*store.reader());
    is_there(&*before);
}
