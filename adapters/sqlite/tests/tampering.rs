//! Whatever is changed behind the store's back is found, and named.
use kernel::{CallKey, CallRecord, Commit, Id, Parked, StoredAnswer, Timestamp};
use runtime::port::store::Store;
use rusqlite::Connection;
use sqlite::{Options, Sqlite};
use std::path::Path;
use tempfile::TempDir;
use testkit::conformance::{Sample, sample_tables};

/// `pending_rows` of 1: every row goes into the indexes at once.
fn open(path: &Path, pending_rows: u64) -> Sqlite {
    let options = Options { pending_rows, ..Options::default() };
    sqlite::open(path, "catch", "taxi", &sample_tables(), options).expect("a store")
}

fn records() -> Commit {
    let key = |ticket| CallKey { caller: "stay".into(), ticket: Id(ticket), step: 2 };
    let answer = |key: &str| StoredAnswer {
        route: "POST /catches".into(),
        key: key.into(),
        digest: 1,
        at: Timestamp(1),
        answer: "{}".into(),
    };
    let parked = Parked {
        key: Id(1),
        order: 1,
        event_type: "TripTaken".into(),
        reason: "no".into(),
        attempts: 1,
        retry_at: None,
        since: Timestamp(0),
        event: Sample::default().event(1, "{}"),
    };
    Commit {
        calls: vec![(key(7), CallRecord::Void), (key(8), CallRecord::Void)],
        answers: vec![answer("a"), answer("b")],
        parked: vec![(("trips".into(), "catch".into(), 3), Some(parked))],
        ..Commit::default()
    }
}

/// What is found after the store's file was edited.
fn found_after(pending_rows: u64, sql: &str) -> Vec<String> {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("catch.db");
    let (mut store, mut sample) = (open(&path, pending_rows), Sample::default());
    let commits = (0..9).map(|key| sample.commit(key)).chain([records()]).collect();
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    assert_eq!(store.reader().verify(), Ok(vec![]));
    drop(store);
    Connection::open(&path).and_then(|file| file.execute_batch(sql)).expect("edited");
    open(&path, pending_rows).reader().verify().expect("findings")
}

#[track_caller]
fn finds(sql: &str, sentence: &str) {
    finds_with(1, sql, sentence);
}

#[track_caller]
fn finds_with(pending_rows: u64, sql: &str, sentence: &str) {
    let found = found_after(pending_rows, sql);
    assert!(found.iter().any(|finding| finding.contains(sentence)), "{sql}: {found:?}");
}

#[test]
fn a_changed_record_is_named() {
    finds("UPDATE log SET body = '{}' WHERE position = 4", "Event 4 of the log was changed");
    finds("UPDATE log SET at = at + 1 WHERE position = 5", "Event 5 of the log was changed");
    finds("UPDATE signatures SET signature = replace(signature, 'mina', 'lena')", "Event 3 of the log was changed");
    finds(
        "UPDATE calls SET call = 'x', body = '', answer = '' WHERE ticket = 7",
        "The call of stay with ticket 7, step 2,",
    );
    finds(
        "UPDATE answers SET answer = '[]' WHERE key = 'b'",
        "The answer stored for POST /catches under the key b was",
    );
    finds("UPDATE parked SET parked = replace(parked, 'no', 'yes')", "What trips set aside of catch at position 3 was");
    finds("UPDATE head SET body = replace(body, '\"reserved\":521', '\"reserved\":1')", "The head was changed");
}

#[test]
fn a_lost_record_is_missed() {
    finds("DELETE FROM log WHERE position = 4", "no events from position 4 to 4");
    finds("DELETE FROM signatures", "Who asked for event 3 of the log is missing");
    finds("DELETE FROM log WHERE position = 9", "The head is at position 9, but the log ends at 8");
    finds("DELETE FROM calls WHERE ticket = 8", "The table calls has 1 records where 2 were written");
    finds("DELETE FROM answers WHERE key = 'a'", "The table answers has 1 records where 2 were written");
    finds("DELETE FROM parked", "The table parked has 0 records where 1 were written");
    finds("DELETE FROM head", "The head is missing");
}

#[test]
fn a_smuggled_record_is_found() {
    finds("UPDATE calls SET ticket = 9, sum = sum + 1 WHERE ticket = 8", "The call of stay with ticket 9, step 2,");
    finds(
        "INSERT INTO answers SELECT NULL, 'x', key, digest, at, answer, sum FROM answers WHERE key = 'a'",
        "The answer stored for x under the key a was",
    );
    finds("UPDATE calls SET sum = sum + 1 WHERE ticket = 8", "The checksum of the table calls");
}

#[test]
fn rows_and_counts_that_differ_are_found() {
    finds("DELETE FROM rows_1 WHERE id = 1003", "trips by id has 8 rows from");
    finds("UPDATE rows_1 SET listed = 0 WHERE id = 1003", "trips by k0, id has 8 rows from");
    finds("UPDATE rows_1 SET change = 900 WHERE id = 1003", "Row 1003 of trips has change 900");
    finds("UPDATE rows_1 SET p0 = p0 + 1 WHERE id = 1003", "Row 1003 of trips is not found by k0 and k1 together");
    finds("UPDATE rows_1 SET listed = 0 WHERE id = 1003", "trips by p0, id has 8 rows from");
    finds("UPDATE blocks SET records = records + 1 WHERE idx % 1048576 = 1", "trips by k2, id has 9 rows from");
    for spoiled in
        ["records = -9223372036854775808, cuts = zeroblob(31) || x'01'", "cuts = zeroblob(5)", "cuts = 'text'"]
    {
        finds(&format!("UPDATE blocks SET {spoiled}"), "The counts of an index can't be read");
    }
    finds("UPDATE blocks SET cuts = zeroblob(24) || x'ffffffffffffffff'", "The counts of an index can't be read");
}

#[test]
fn pending_rows_that_were_changed_are_found() {
    let finds = |sql, sentence| finds_with(1000, sql, sentence);
    finds("DELETE FROM rows_1 WHERE id = 1003", "trips by id has 8 rows from");
    finds("UPDATE rows_1 SET listed = 0 WHERE id = 1003", "trips by id has 8 rows from");
    finds("UPDATE rows_1 SET listed = 1 WHERE id = 1003", "trips by k0, id has 1 rows from");
    finds(
        "UPDATE rows_1 SET listed = 3 WHERE id = 1003",
        "Row 1003 of trips has an unknown value (3) for whether it is listed",
    );
    finds("UPDATE rows_1 SET change = 900 WHERE id = 1003", "Row 1003 of trips has change 900");
    finds("UPDATE rows_1 SET p0 = p0 + 1 WHERE id = 1003", "Row 1003 of trips is not found by k0 and k1 together");
}
