//! A snapshot that is held for long, such as that of a dump, makes neither groups nor counts dearer.
use super::{Place, silent};
use postgres::PostgresOptions;
use runtime::port::store::Store;
use testkit::conformance::Sample;

const GROUPS: usize = 2000;
/// An index may have become one page deeper, and a page may be full.
const MORE_MAX: usize = 6;

/// Pages that a statement looks at.
fn pages(place: &Place, statement: &str) -> usize {
    let plan = place.sql(&format!("BEGIN; EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) {statement}; ROLLBACK"));
    let lines: Vec<String> = plan.concat();
    let buffers = lines.iter().find_map(|line| line.trim().strip_prefix("Buffers: shared "));
    let parts = buffers.unwrap_or_else(|| panic!("{lines:?}")).split(' ');
    let number = |part: &str| part.strip_prefix("hit=").or(part.strip_prefix("read="))?.parse::<usize>().ok();
    parts.filter_map(number).sum()
}

fn append(place: &Place) -> usize {
    let group = place
        .sql("SELECT version, epoch, quote_literal(id) FROM @groups ORDER BY version DESC LIMIT 1")
        .concat()
        .join(", ");
    pages(place, &format!("SELECT @append_group({group}, gen_random_uuid(), 0, 0, '{{}}')"))
}

fn head(place: &Place) -> usize {
    pages(place, "SELECT head FROM @groups ORDER BY version DESC LIMIT 1")
}

/// What a reader asks for that knows no counts yet.
fn counts(place: &Place) -> usize {
    let newest = "SELECT version FROM @counts WHERE collection = 1 ORDER BY version DESC LIMIT 1";
    pages(place, newest)
        + pages(place, &format!("SELECT rows FROM @moves WHERE collection = 1 AND version > ({newest})"))
}

#[test]
fn groups_cost_the_same_while_an_old_snapshot_is_held() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut store = place.open_as(PostgresOptions { moved_max: 20, ..silent("one") }).expect("a store");
    let mut write = |groups: usize| {
        for _ in 0..groups {
            let commits = vec![sample.commit(1)];
            assert_eq!(store.apply(&sample.group(commits)).and_then(|()| store.maintain()), Ok(()));
        }
    };
    write(10);
    let holder = place.0.session();
    holder.sql("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM taxi_catch.groups");
    let before = [append(&place), head(&place), counts(&place)];
    write(GROUPS);
    let after = [append(&place), head(&place), counts(&place)];
    let is_dearer = before.iter().zip(&after).any(|(before, after)| *after > before + MORE_MAX);
    assert!(!is_dearer, "{before:?}, then {after:?}");
    assert_eq!(holder.sql("SELECT count(*) FROM taxi_catch.log").concat(), ["10"]);
}
