//! Stores of older releases: read as they are, written on in this layout, and found by a pair once it is declared.
use kernel::{Id, Relation, pair_key};
use runtime::port::store::{Query, ReadLimit, Reader, Store, StoreError, Table};
use rusqlite::Connection;
use sqlite::{Options, Sqlite};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use testkit::conformance::{Model, Sample, contents, sample_tables};

const ROWS: u64 = 9000;
/// None, and each by itself.
const FINDS: [Option<(usize, i64)>; 5] = [None, Some((0, 0)), Some((0, 1)), Some((1, 0)), Some((1, 1))];

fn table(pairs: &[(usize, usize)]) -> Table {
    Table { name: "reservations".into(), finds: 2, sorts: 1, pairs: pairs.to_vec(), ordered: false, owned: false }
}

fn tables(pairs: &[(usize, usize)]) -> [Table; 2] {
    [table(pairs), Table { pairs: vec![], owned: false, ..sample_tables().remove(0) }]
}

fn open(path: &Path, pairs: &[(usize, usize)]) -> Sqlite {
    sqlite::open(path, "reservation", "stay", &tables(pairs), Options::default()).expect("a store")
}

/// With every row in its indexes, as in a store that has no pending lists.
fn open_without_pending(path: &Path, tables: &[Table]) -> Sqlite {
    sqlite::open(path, "reservation", "stay", tables, Options { pending_rows: 1, ..Options::default() })
        .expect("a store")
}

/// Two customers and two rooms; most rows are of the first of both. Some are not listed.
fn keys(id: u64) -> Vec<i64> {
    vec![i64::from(id.is_multiple_of(5)), i64::from(id.is_multiple_of(7)), (id % 100) as i64]
}

/// A store without the pair, closed again, as an older release leaves it.
fn without_the_pair(first: bool) -> (TempDir, PathBuf, Model) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("reservation.db");
    let (mut store, mut sample, mut model) =
        (open_without_pending(&path, &tables(&[])), Sample::default(), Model::new(table(&[])));
    let rows = (1..=ROWS).map(|id| (id, Some((!id.is_multiple_of(11), keys(id)))));
    let mut commits: Vec<_> = rows.map(|(id, to)| model.commit(Id(id), to, &mut sample.head)).collect();
    commits.push(sample.commit(3));
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    drop(store);
    make_older(&path, first);
    (folder, path, model)
}

/// The file as an older release laid it out: no owners, no runs. In the first one there was also a record for each block, and no
/// table of pairs.
fn make_older(path: &Path, first: bool) {
    edit(path, |file| {
        let names = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%(run, %'";
        let sql = format!("SELECT name, replace(sql, '(run, ', '(') FROM sqlite_schema WHERE name IN ({names})");
        let mut indexes = file.prepare(&sql)?;
        let indexes = indexes.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let indexes: Vec<(String, String)> = indexes.collect::<rusqlite::Result<_>>()?;
        assert!(indexes.len() > 4, "{indexes:?}");
        for (name, sql) in indexes {
            file.execute_batch(&format!("DROP INDEX {name}; {sql};"))?;
        }
        file.execute_batch(
            "DROP INDEX rows_1_pending; DROP INDEX rows_2_pending; ALTER TABLE rows_1 DROP COLUMN run; ALTER TABLE rows_2 DROP COLUMN run; DROP TABLE runs;
             UPDATE log SET who = (SELECT signature FROM signatures WHERE number = log.who);
             DROP TABLE signatures; DROP TABLE owned;
             CREATE TABLE older (idx INTEGER, a INTEGER, b INTEGER, c INTEGER, records INTEGER NOT NULL, cuts BLOB,
                 PRIMARY KEY (idx, a, b, c)) WITHOUT ROWID;
             INSERT INTO older SELECT idx, a, b, c, records, cuts FROM blocks;
             DROP TABLE blocks; ALTER TABLE older RENAME TO blocks; PRAGMA user_version = 3",
        )?;
        if first { make_first(file) } else { Ok(()) }
    });
}

fn make_first(file: &Connection) -> rusqlite::Result<()> {
    let mut chunks = file.prepare("SELECT idx, a, b, c, cuts FROM blocks WHERE length(cuts) > 0")?;
    let chunks = chunks.query_map([], |row| Ok(([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?], row.get(4)?)));
    let chunks: Vec<([i64; 4], Vec<u8>)> = chunks?.collect::<rusqlite::Result<_>>()?;
    assert!(!chunks.is_empty(), "there is something to take apart");
    let mut record = file.prepare("INSERT INTO blocks (idx, a, b, c, records) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for ([index, a, b, c], cuts) in chunks {
        let numbers = |block: &[u8]| -> Vec<i64> {
            block.chunks_exact(8).map(|number| i64::from_be_bytes(number.try_into().expect("8 bytes"))).collect()
        };
        for block in cuts.chunks_exact(32).map(numbers) {
            record.execute([index, block[0], block[1], block[2], block[3]])?;
            let less = "UPDATE blocks SET records = records - ?5 WHERE idx = ?1 AND a = ?2 AND b = ?3 AND c = ?4";
            file.execute(less, [index, a, b, c, block[3]])?;
        }
    }
    file.execute_batch("ALTER TABLE blocks DROP COLUMN cuts; DROP TABLE pairs; PRAGMA user_version = 1")
}

fn edit<T>(path: &Path, look: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> T {
    Connection::open(path).and_then(|file| look(&file)).expect("a file")
}

fn format(path: &Path) -> i64 {
    edit(path, |file| file.pragma_query_value(None, "user_version", |row| row.get(0)))
}

/// Pages by every order, near and far, as the model says.
fn are_the_pages(reader: &dyn Reader, model: &Model, finds: impl IntoIterator<Item = Option<(usize, i64)>>) {
    for find in finds {
        for (sort, descending) in [(None, false), (None, true), (Some(0), false), (Some(0), true)] {
            for offset in [0, 2048, 3000, 5000, ROWS, 2 * ROWS] {
                let query = Query { find, sort, descending, offset, limit: ReadLimit::rows(20), after: None };
                assert_eq!(reader.page("reservations", &query), Ok(model.page(&query)), "{query:?}");
            }
        }
    }
}

fn is_found(reader: &dyn Reader, model: &Model) {
    let pairs = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)];
    are_the_pages(reader, model, pairs.map(|(one, other)| Some((2, pair_key(one, other)))));
    assert_eq!(reader.verify(), Ok(vec![]));
}

#[test]
fn a_store_made_without_the_pair_is_found_by_it() {
    let (_folder, path, mut model) = without_the_pair(true);
    let before = contents(&open(&path, &[]), &tables(&[]));
    let store = open(&path, &[(0, 1)]);
    model.table = table(&[(0, 1)]);
    is_found(&*store.reader(), &model);
    assert_eq!(contents(&store, &tables(&[])), before, "nothing else changes");
    drop(store);
    assert_eq!(format(&path), 7, "an older release would write rows without the key of the pair");
    is_found(&*open(&path, &[(0, 1)]).reader(), &model);
    is_found(&*sqlite::read_still(&path, "reservation", "stay").expect("a store"), &model);
}

#[test]
fn a_store_of_the_first_release_is_read_as_it_is_and_written_on() {
    is_read_as_it_is_and_written_on(true);
}

#[test]
fn a_store_without_runs_is_read_as_it_is_and_written_on() {
    is_read_as_it_is_and_written_on(false);
}

fn is_read_as_it_is_and_written_on(first: bool) {
    let (_folder, path, mut model) = without_the_pair(first);
    assert_eq!(format(&path), if first { 1 } else { 3 });
    let still = sqlite::read_still(&path, "reservation", "stay").expect("a store");
    assert_eq!(still.verify(), Ok(vec![]));
    are_the_pages(&*still, &model, FINDS);
    are_the_pages(&*open(&path, &[]).reader(), &model, FINDS);
    assert_eq!(format(&path), 7);
    let small = Options { run_rows: 1000, ..Options::default() };
    let mut store = sqlite::open(&path, "reservation", "stay", &tables(&[]), small).expect("a store");
    let mut sample = Sample { head: store.head().expect("a head") };
    // Rows come in everywhere, and half of them go again: blocks are cut and joined.
    for first in (ROWS + 1..3 * ROWS).step_by(1000) {
        let rows = first..first + 1000;
        let commits = rows.map(|id| model.commit(Id(id), Some((true, keys(id))), &mut sample.head)).collect();
        assert_eq!(store.apply(&sample.group(commits)), Ok(()));
        let rows = (first..first + 1000).filter(|id| id.is_multiple_of(2));
        let commits = rows.map(|id| model.commit(Id(id - ROWS), None, &mut sample.head)).collect();
        assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    }
    assert_eq!(store.reader().verify(), Ok(vec![]));
    are_the_pages(&*store.reader(), &model, FINDS);
    let runs = edit(&path, |file| file.query_row("SELECT count(*) FROM runs", [], |row| row.get::<_, i64>(0)));
    assert!(runs > 5, "{runs} runs");
}

/// The last write of the many that a pair takes can't be done: the store is as it was, and opens once there is room.
#[test]
fn a_pair_is_there_whole_or_not_at_all() {
    let (_folder, path, mut model) = without_the_pair(true);
    drop(open(&path, &[])); // in this release's layout, without the pair
    let pages: u32 = edit(&path, |file| file.pragma_query_value(None, "page_count", |row| row.get(0)));
    let small = Options { pages_max: Some(pages + 20), ..Options::default() };
    let full = sqlite::open(&path, "reservation", "stay", &tables(&[(0, 1)]), small);
    assert!(matches!(full, Err(StoreError::Full(_))), "{:?}", full.err());
    let columns = edit(&path, |file| {
        file.query_row("SELECT count(*) FROM pragma_table_info('rows_1') WHERE name = 'p0'", [], |row| {
            row.get::<_, i64>(0)
        })
    });
    assert_eq!(columns, 0);
    model.table = table(&[(0, 1)]);
    is_found(&*open(&path, &[(0, 1)]).reader(), &model);
}

/// The same of the layout: a store that has no room for it stays as the older release has left it.
#[test]
fn a_layout_is_there_whole_or_not_at_all() {
    let (_folder, path, model) = without_the_pair(true);
    edit(&path, |file| file.execute_batch("VACUUM")); // no page is free
    let pages: u32 = edit(&path, |file| file.pragma_query_value(None, "page_count", |row| row.get(0)));
    let small = Options { pages_max: Some(pages), ..Options::default() };
    let full = sqlite::open(&path, "reservation", "stay", &tables(&[]), small);
    assert!(matches!(full, Err(StoreError::Full(_))), "{:?}", full.err());
    assert_eq!(format(&path), 1);
    let still = sqlite::read_still(&path, "reservation", "stay").expect("a store");
    assert_eq!(still.verify(), Ok(vec![]));
    are_the_pages(&*open(&path, &[]).reader(), &model, FINDS);
    assert_eq!(format(&path), 7);
}

/// What was made before people could sign in is nobody's, and what is made from then on somebody's.
#[test]
fn a_store_made_without_owners_gets_them() {
    let (_folder, path, mut model) = without_the_pair(false);
    let mut store = open(&path, &[]);
    let mut sample = Sample { head: store.head().expect("a head") };
    let left = (1..9).map(|id| model.commit(Id(id), Some((false, keys(id))), &mut sample.head)).collect();
    assert_eq!(store.apply(&sample.group(left)), Ok(()));
    drop(store);
    edit(&path, |file| {
        file.execute_batch("DROP INDEX rows_1_pending; DROP INDEX rows_2_pending; DROP TABLE signatures; DROP TABLE owned; PRAGMA user_version = 4")
    });
    let owned = Table { owned: true, ..table(&[]) };
    let open = || sqlite::open(&path, "reservation", "stay", std::slice::from_ref(&owned), Options::default());
    let mut store = open().expect("a store");
    assert_eq!(format(&path), 7, "an older release would lose whose rows are");
    let of = |part, key| Some((Table::find_of(part), key));
    let owners =
        [of(Relation::Owner, 1), of(Relation::Owner, 2), of(Relation::Partner, 1), of(Relation::Partner, 3), None];
    are_the_pages(&*store.reader(), &model, owners);
    model.table = owned.clone();
    let rows = (ROWS - 500..ROWS + 500).map(|id| model.commit(Id(id), Some((true, keys(id))), &mut sample.head));
    let rows = rows.collect();
    assert_eq!(store.apply(&sample.group(rows)), Ok(()));
    are_the_pages(&*store.reader(), &model, owners);
    let left = (ROWS - 9..ROWS + 9).map(|id| model.commit(Id(id), Some((false, keys(id))), &mut sample.head));
    let left = left.collect();
    assert_eq!(store.apply(&sample.group(left)), Ok(()));
    for found in
        [&[][..], &[(0, 0)], &[(Table::find_of(Relation::Owner), 1)], &[(Table::find_of(Relation::Partner), 1), (1, 0)]]
    {
        let (changes, limit) =
            (store.reader().changes("reservations", 1, found, ReadLimit::rows(2000)), ReadLimit::rows(2000));
        assert_eq!(changes, Ok(model.changes(1, found, limit)), "{found:?}");
    }
    drop(store);
    let store = open().expect("a store");
    are_the_pages(&*store.reader(), &model, owners);
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

/// The release that brought owners kept whose a row was that left in a table of its own at first, and had an index of owners for each order.
#[test]
fn a_store_that_kept_apart_whose_rows_were_that_left_tells_the_same_of_them() {
    an_older_one_tells_the_same(&format!("{WITHOUT_PENDING}{APART}{OLDER}"));
}

#[test]
fn a_store_with_an_index_of_owners_for_each_order_is_brought_to_one() {
    an_older_one_tells_the_same(&format!("{WITHOUT_PENDING}{OLDER}"));
}

#[test]
fn a_store_without_pending_lists_that_did_not_count_what_is_somebodys_tells_the_same() {
    an_older_one_tells_the_same(WITHOUT_PENDING);
}

/// As SQL, for one table of rows.
const APART: &str = "CREATE TABLE left_1 (part INTEGER, person INTEGER, id INTEGER, change INTEGER NOT NULL,
         PRIMARY KEY (part, person, id)) WITHOUT ROWID;
     CREATE INDEX left_1_change ON left_1 (part, person, change);
     INSERT INTO left_1 SELECT 0, owner, id, change FROM gone_1 WHERE owner <> 0;
     INSERT INTO left_1 SELECT 1, partner, id, change FROM gone_1 WHERE partner <> 0;
     CREATE TABLE older (id INTEGER, change INTEGER NOT NULL, k0 INTEGER, k1 INTEGER, PRIMARY KEY (id, k0, k1)) WITHOUT ROWID;
     INSERT INTO older SELECT id, change, k0, k1 FROM gone_1;
     DROP TABLE gone_1; ALTER TABLE older RENAME TO gone_1;
     CREATE INDEX gone_1_change ON gone_1 (change);";
const OLDER: &str = "DROP INDEX rows_1_owner; DROP INDEX rows_1_partner;
     CREATE INDEX rows_1_owned_0 ON rows_1 (owner) WHERE listed = 1 AND owner IS NOT NULL;
     CREATE INDEX rows_1_owned_1 ON rows_1 (owner, k2) WHERE listed = 1 AND owner IS NOT NULL;
     CREATE INDEX rows_1_owned_2 ON rows_1 (partner) WHERE listed = 1 AND partner IS NOT NULL;
     CREATE INDEX rows_1_owned_3 ON rows_1 (partner, k2) WHERE listed = 1 AND partner IS NOT NULL;
     UPDATE log SET who = (SELECT signature FROM signatures WHERE number = log.who);
     DROP TABLE signatures; PRAGMA user_version = 5";
const WITHOUT_PENDING: &str =
    "DROP INDEX rows_1_pending; DELETE FROM blocks WHERE idx % 1048576 >= 1048574; PRAGMA user_version = 6;";

fn an_older_one_tells_the_same(older: &str) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("reservation.db");
    let owned = Table { owned: true, ..table(&[]) };
    let open = || sqlite::open(&path, "reservation", "stay", std::slice::from_ref(&owned), Options::default());
    let mut store = open_without_pending(&path, std::slice::from_ref(&owned));
    let (mut sample, mut model) = (Sample::default(), Model::new(owned.clone()));
    for listed in [true, false] {
        let rows = (1..=40).filter(|id| listed || id % 3 == 0);
        let commits = rows.map(|id| model.commit(Id(id), Some((listed, keys(id))), &mut sample.head)).collect();
        assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    }
    drop(store);
    edit(&path, |file| file.execute_batch(older));
    let store = open().expect("a store");
    assert_eq!(format(&path), 7, "an older release would not find whose they were");
    are_the_pages(&*store.reader(), &model, [None, Some((Table::find_of(Relation::Owner), 1))]);
    let owners = [(Relation::Owner, 1), (Relation::Owner, 2), (Relation::Partner, 1), (Relation::Partner, 3)];
    let mut told = 0;
    for found in owners.map(|(part, key)| [(Table::find_of(part), key)]) {
        let expected = model.changes(1, &found, ReadLimit::rows(2000));
        told += expected.changes.iter().filter(|change| change.row.is_none()).count();
        assert_eq!(store.reader().changes("reservations", 1, &found, ReadLimit::rows(2000)), Ok(expected), "{found:?}");
    }
    assert!(told > 3, "some were somebody's: {told}");
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

#[test]
fn a_pair_of_finds_that_are_not_there_is_refused() {
    let (_folder, path, _) = without_the_pair(true);
    let refused = sqlite::open(&path, "reservation", "stay", &tables(&[(0, 2)]), Options::default());
    let Some(StoreError::Failed(said)) = refused.err() else { panic!("another kind") };
    assert!(said.contains("The table reservations has no finds (0, 2)"), "{said}");
}
