//! A schema as the first release has left it: read as it is, and lifted by whoever claims it.
use super::{Place, next, owned_by};
use kernel::{Head, Id};
use postgres::PostgresOptions;
use runtime::port::replica::{Replica, ReplicaState};
use runtime::port::store::{Query, ReadLimit, Reader, Store, StoreError};
use testkit::conformance::Sample;

/// A dump of a store with the samples' tables and four commits, whose owner has given it back.
const DUMP: &str = include_str!("format_1.sql");

fn old() -> Place {
    let place = Place::new();
    place.0.sql(DUMP);
    place
}

/// What the dump holds.
fn sample() -> Sample {
    let mut sample = Sample::default();
    next(&mut sample);
    next(&mut sample);
    sample
}

fn is_all_there(reader: &dyn Reader, head: &Head) {
    assert_eq!(reader.head().as_ref(), Ok(head));
    assert_eq!(reader.log(0, 100).map(|log| log.len()), Ok(4));
    let by_pair = Query { find: Some((2, kernel::pair_key(1, -1))), limit: ReadLimit::rows(9), ..Query::default() };
    assert_eq!(reader.page("trips", &by_pair).map(|page| page.rows.len()), Ok(2));
    assert_eq!(reader.verify(), Ok(vec![]));
}

fn format(place: &Place) -> String {
    place.value("SELECT value FROM @identity WHERE name = 'format'")
}

fn columns(place: &Place) -> String {
    place.value("SELECT count(*) FROM information_schema.columns WHERE table_schema = 'taxi_catch'")
}

#[test]
fn it_is_opened_with_all_it_holds_and_written_on() {
    let (place, mut sample) = (old(), sample());
    let mut store = place.store();
    is_all_there(&*store.reader(), &sample.head);
    assert_eq!(store.state("trip", Id(1003)).map(|state| state.is_some()), Ok(true));
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    assert_eq!(store.reader().verify(), Ok(vec![]));
    assert_eq!(format(&place), "5");
    let new = Place::new();
    drop(new.store());
    assert_eq!(columns(&place), columns(&new), "as if it had been made by this release");
    drop(store);
    assert_eq!(place.store().head(), Ok(sample.head));
}

#[test]
fn commands_read_it_as_it_is() {
    let (place, sample) = (old(), sample());
    let before = columns(&place);
    for read in [postgres::read, postgres::read_still] {
        let reader = read(&place.address(), "catch", "taxi", PostgresOptions::default()).expect("it can be read");
        is_all_there(&*reader, &sample.head);
    }
    assert_eq!((format(&place), columns(&place)), ("1".into(), before));
}

#[test]
fn a_replica_reads_it_as_it_is_and_lifts_it_when_it_claims() {
    let (place, sample) = (old(), sample());
    place.sql("UPDATE @lease SET until = clock_timestamp() + interval '1 hour'");
    let mut one = place.standby(PostgresOptions::default(), Replica { id: "one".into(), ..Replica::default() });
    let said = one.look(ReplicaState::Ready).expect("it can be looked at");
    assert_eq!(said.owner.map(|owner| owner.id), Some("db2:/srv/nadul".into()));
    assert!(!said.is_free && said.replicas.len() == 1);
    is_all_there(&*one.reader().expect("it can be read"), &sample.head);
    assert!(matches!(one.claim(), Err(StoreError::Busy(_))));
    assert_eq!(format(&place), "1", "not by who may not claim it");
    place.sql("UPDATE @lease SET until = '-infinity'");
    let store = one.claim().expect("it is free");
    is_all_there(&*store.reader(), &sample.head);
    assert_eq!(format(&place), "5");
    let said = one.look(ReplicaState::Ready).expect("it can be looked at");
    assert_eq!(said.owner.map(|owner| owner.id), Some("one".into()));
}

#[test]
fn a_schema_that_can_not_be_lifted_is_not_claimed() {
    let place = old();
    place.sql("UPDATE @lease SET until = '-infinity'");
    let (reads, groups) = (place.0.session(), place.sql("SELECT * FROM @groups"));
    reads.sql("BEGIN; SELECT * FROM taxi_catch.lease");
    let refused = place.open_as(PostgresOptions { lock_ms: 100, ..owned_by("one") }).map(|_| ());
    assert!(matches!(&refused, Err(StoreError::Busy(said)) if said.contains("holds a lock")), "{refused:?}");
    assert_eq!((format(&place), place.sql("SELECT * FROM @groups")), ("1".into(), groups));
    reads.sql("COMMIT");
    assert!(place.open_as(owned_by("one")).is_ok());
}

#[test]
fn of_several_that_lift_it_at_once_one_owns_it() {
    let place = old();
    let opened: Vec<_> = std::thread::scope(|scope| {
        let open = |nth: usize| {
            let replica = Replica { id: nth.to_string(), ..Replica::default() };
            let mut standby = place.standby(PostgresOptions::default(), replica);
            scope.spawn(move || standby.claim())
        };
        let threads: Vec<_> = (0..8).map(open).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let failed: Vec<_> = opened.iter().filter_map(|opened| opened.as_ref().err()).collect();
    assert!(failed.len() == 7 && failed.iter().all(|error| matches!(error, StoreError::Busy(_))), "{failed:?}");
    assert_eq!(place.value("SELECT count(*) FROM @groups WHERE claim"), "2");
}
