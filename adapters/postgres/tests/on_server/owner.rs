//! One owner at a time: who claims, who waits, and what becomes of an owner whose store is taken over.
use super::{Place, all, next, owned_by, silent};
use kernel::Head;
use runtime::port::store::{Store, StoreError};
use testkit::conformance::Sample;

/// Another process takes the store over, and the connections of the one before stay as they are.
fn take_over(place: &Place, until: &str) {
    place.sql(&format!(
        "BEGIN; UPDATE @lease SET epoch = epoch + 1, owner = 'other', until = clock_timestamp() + interval '{until}';
         INSERT INTO @groups (version, epoch, id, position, change, claim, head)
         SELECT version + 1, (SELECT epoch FROM @lease), gen_random_uuid(), position, change, true, head
         FROM @groups ORDER BY version DESC LIMIT 1; COMMIT"
    ));
}

#[test]
fn an_owner_whose_store_is_taken_over_writes_nothing_more() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut store = place.open_as(silent("one")).expect("a store");
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    let before = place.sql("SELECT * FROM @log");
    take_over(&place, "1 hour");
    assert_eq!(store.apply(&next(&mut sample)), Err(StoreError::Conflict));
    assert_eq!(place.sql("SELECT * FROM @log"), before);
    assert_eq!(store.apply(&next(&mut sample)), Err(StoreError::Conflict), "not until it has claimed again");
    let Err(StoreError::Busy(said)) = store.head() else { panic!("claimed what another one holds") };
    assert!(said.starts_with("other has the schema taxi_catch open."), "{said}");
}

#[test]
fn a_second_process_of_the_same_owner_takes_over_at_once() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut first = place.open_as(silent("one")).expect("a store");
    assert_eq!(first.apply(&next(&mut sample)), Ok(()));
    let mut second = place.open_as(silent("one")).expect("a store");
    let mut late = sample.clone();
    assert_eq!(second.apply(&next(&mut sample)), Ok(()));
    let before = all(&second);
    assert_eq!(first.apply(&next(&mut late)), Err(StoreError::Conflict));
    assert_eq!(all(&second), before);
}

#[test]
fn a_store_that_was_lost_is_claimed_again_by_the_next_machine() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut store = place.open_as(silent("one")).expect("a store");
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    take_over(&place, "0 ms");
    assert_eq!(store.apply(&next(&mut sample.clone())), Err(StoreError::Conflict));
    assert_eq!(store.row("trips", kernel::Id(1001)), Err(StoreError::Conflict));
    assert_eq!(store.head(), Ok(sample.head.clone()));
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

#[test]
fn a_heartbeat_that_finds_another_owner_ends_the_work() {
    let place = Place::new();
    let store = place.open_as(owned_by("one")).expect("a store");
    take_over(&place, "1 hour");
    let lost = || store.state("trip", kernel::Id(1)) == Err(StoreError::Conflict);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !lost() {
        assert!(std::time::Instant::now() < until, "never noticed");
        std::thread::yield_now();
    }
}

#[test]
fn an_owner_that_holds_the_store_is_named() {
    let place = Place::new();
    drop(place.store());
    place.sql("UPDATE @lease SET owner = 'db2 /srv/nadul', until = clock_timestamp() + interval '1 hour'");
    let StoreError::Busy(said) = place.refused() else { panic!("another kind") };
    assert!(said.starts_with("db2 /srv/nadul has the schema taxi_catch open. Stop it"), "{said}");
    let epoch = place.value("SELECT epoch FROM @lease");
    let StoreError::Busy(_) = place.refused() else { panic!("another kind") };
    assert_eq!(place.value("SELECT epoch FROM @lease"), epoch, "nothing was changed");
}

#[test]
fn an_owner_that_lives_is_told_from_one_that_is_gone() {
    let place = Place::new();
    let store = place.open_as(owned_by("one")).expect("a store");
    let Err(StoreError::Busy(said)) = place.open_as(owned_by("two")).map(|_| ()) else { panic!("two owners") };
    assert!(said.starts_with("one has"), "{said}");
    drop(store);
    assert_eq!(place.value("SELECT until <= clock_timestamp() FROM @lease"), "t", "given back at an orderly end");
    place.sql("UPDATE @lease SET owner = 'gone', until = clock_timestamp() + interval '300 ms'");
    assert!(place.open_as(owned_by("two")).is_ok());
}

#[test]
fn a_database_that_went_back_is_noticed() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut store = place.store();
    for _ in 0..3 {
        assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    }
    place.sql("DELETE FROM @groups WHERE version = (SELECT max(version) FROM @groups)");
    let Err(StoreError::Mismatched(said)) = store.apply(&next(&mut sample)) else { panic!("another kind") };
    assert!(said.starts_with("The schema taxi_catch has gone back in time: it ends with group 3"), "{said}");
}

/// Of the same owner, in the same epoch, as many groups as there were: only their ids tell.
#[test]
fn a_database_that_went_back_and_went_on_is_noticed() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut store = place.open_as(silent("one")).expect("a store");
    for _ in 0..3 {
        assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    }
    place.sql("UPDATE @groups SET id = gen_random_uuid() WHERE version = (SELECT max(version) FROM @groups)");
    let before = place.sql("SELECT * FROM @log");
    let Err(StoreError::Mismatched(said)) = store.apply(&next(&mut sample)) else { panic!("another kind") };
    assert!(said.contains("ends with group 4, and group 4 is not the one"), "{said}");
    assert_eq!(place.sql("SELECT * FROM @log"), before);
}

#[test]
fn every_owner_leaves_its_claim_behind_the_groups_of_the_one_before() {
    let (place, mut sample) = (Place::new(), Sample::default());
    for round in 1..=3 {
        let mut store = place.open_as(silent("one")).expect("a store");
        assert_eq!(store.head(), Ok(if round == 1 { Head::default() } else { sample.head.clone() }));
        assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    }
    let rows = place.sql("SELECT version, epoch, claim FROM @groups ORDER BY version");
    let rows: Vec<String> = rows.into_iter().map(|row| row.join(" ")).collect();
    assert_eq!(rows, ["0 0 f", "1 1 t", "2 1 f", "3 2 t", "4 2 f", "5 3 t", "6 3 f"]);
}
