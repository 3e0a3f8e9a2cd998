//! What only Postgres can do to a replica that stands by.
use super::{Place, next, owned_by};
use kernel::Id;
use postgres::PostgresOptions;
use postgres_server::PostgresServer;
use runtime::port::replica::{Replica, ReplicaState, Standby};
use runtime::port::store::{Query, ReadLimit, Reader, Store, StoreError, Table};
use std::time::{Duration, Instant};
use testkit::conformance::{Sample, sample_tables};

const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(5);

fn replica(id: &str) -> Replica {
    Replica { id: id.into(), url: format!("http://{id}:9088"), release: 7, state: ReplicaState::Starting }
}

fn stands_by(place: &Place, id: &str) -> Box<dyn Standby> {
    place.standby(PostgresOptions::default(), replica(id))
}

fn with_tables(place: &Place, id: &str, tables: &[Table]) -> impl Standby + use<> {
    let options = PostgresOptions::default();
    postgres::standby(&place.address(), "catch", "taxi", tables, options, replica(id)).expect("an address")
}

fn is_free(standby: &mut dyn Standby) -> bool {
    standby.look(ReplicaState::Ready).expect("it can be looked at").is_free
}

#[test]
fn a_server_that_is_away_is_an_error_and_the_next_call_connects_anew() {
    let server = PostgresServer::start();
    let place = Place(server.database());
    let mut one = stands_by(&place, "one");
    server.stop_immediately();
    assert!(one.look(ReplicaState::Ready).is_err() && one.claim().is_err() && one.leave().is_err());
    assert!(one.reader().is_err());
    assert_eq!(one.release(Some("two")), Ok(()), "it owns nothing");
    server.start_again();
    assert!(is_free(&mut *one));
    let store = one.claim().expect("it is free");
    let reader = one.reader().expect("it is made");
    server.stop_immediately();
    assert!(one.look(ReplicaState::Ready).is_err() && reader.head().is_err());
    drop(store);
    assert!(one.release(Some("two")).is_err());
    server.start_again();
    assert!(one.look(ReplicaState::Ready).is_ok() && reader.head().is_ok());
    server.stop_immediately();
    server.start_again();
    assert_eq!(one.release(Some("two")), Ok(()), "what broke between two calls is not noticed");
    assert_eq!(place.value("SELECT heir FROM @lease"), "two");
}

#[test]
fn how_far_the_clock_is_from_the_servers_is_seen_with_each_look() {
    let place = Place::new();
    let (mut one, _store) = (stands_by(&place, "one"), place.open_as(owned_by("db2:/srv/nadul")).expect("a store"));
    let began = Instant::now();
    let ahead_ms = one.look(ReplicaState::Ready).expect("it can be looked at").clock_ahead_ms;
    let slack_ms = 1 + began.elapsed().as_millis() as i64;
    assert!((-1..=slack_ms).contains(&ahead_ms), "both are this machine's clock: {ahead_ms} ms of {slack_ms}");
}

#[test]
fn a_process_that_does_not_stand_by_owns_the_store_like_a_replica() {
    let place = Place::new();
    let (mut one, store) = (stands_by(&place, "one"), place.open_as(owned_by("db2:/srv/nadul")).expect("a store"));
    let said = one.look(ReplicaState::Ready).expect("it can be looked at");
    let owner = Replica { id: "db2:/srv/nadul".into(), state: ReplicaState::Ready, ..Replica::default() };
    assert_eq!((said.owner, said.is_free), (Some(owner), false));
    assert!(matches!(one.claim(), Err(StoreError::Busy(_))));
    drop(store);
    let store = one.claim().expect("it was given back");
    let Err(StoreError::Busy(said)) = place.open_as(owned_by("db2:/srv/nadul")).map(|_| ()) else {
        panic!("two owners")
    };
    assert!(said.starts_with("one has the schema taxi_catch open."), "{said}");
    drop(store);
    assert_eq!(one.release(None), Ok(()));
    assert!(place.open_as(owned_by("db2:/srv/nadul")).is_ok());
}

/// A backup that was restored, or a server whose clock was set back.
#[test]
fn a_lease_that_never_ends_by_the_server_s_clock_is_not_waited_for() {
    let place = Place::new();
    drop(place.store());
    place.sql("UPDATE @lease SET owner = 'gone', until = clock_timestamp() + interval '1 year'");
    let (mut one, before) = (stands_by(&place, "one"), Instant::now());
    while !is_free(&mut *one) {
        assert!(before.elapsed() < PATIENCE, "never free");
        std::thread::sleep(PAUSE);
    }
    assert!(before.elapsed() >= Duration::from_secs(3), "{:?}", before.elapsed());
    let mut two = stands_by(&place, "two");
    assert!(matches!(two.claim(), Err(StoreError::Busy(_))), "it has not watched for so long");
    assert!(one.claim().is_ok());
}

#[test]
fn a_store_that_can_not_be_opened_is_given_back_at_once() {
    let place = Place::new();
    drop(place.store());
    let mut tables = sample_tables();
    tables[0].sorts += 1;
    let mut one = with_tables(&place, "one", &tables);
    assert!(matches!(one.claim(), Err(StoreError::Failed(said)) if said.contains("The table trips is kept with")));
    assert!(is_free(&mut one));
    assert!(stands_by(&place, "two").claim().is_ok());
}

#[test]
fn a_newer_release_s_store_is_neither_claimed_nor_read() {
    let place = Place::new();
    drop(place.store());
    place.sql("UPDATE @identity SET value = '99' WHERE name = 'format'");
    let (mut one, groups) = (stands_by(&place, "one"), place.sql("SELECT * FROM @groups"));
    assert!(matches!(one.claim(), Err(StoreError::Newer(_))));
    assert!(matches!(one.reader(), Err(StoreError::Newer(_))));
    assert!(matches!(one.look(ReplicaState::Ready), Err(StoreError::Newer(_))));
    assert_eq!(place.sql("SELECT * FROM @groups"), groups, "not even claimed");
    assert_eq!(place.value("SELECT count(*) FROM @replicas"), "0");
}

#[test]
fn a_schema_that_is_wiped_is_not_made_again() {
    let place = Place::new();
    let mut one = stands_by(&place, "one");
    drop(one.claim().expect("it is free"));
    assert!(one.look(ReplicaState::Ready).is_ok());
    place.sql("DROP SCHEMA taxi_catch CASCADE");
    assert!(one.look(ReplicaState::Ready).is_err() && one.look(ReplicaState::Ready).is_err());
    let claimed = one.claim().map(|_| ());
    assert!(matches!(&claimed, Err(StoreError::Failed(said)) if said.contains("taxi_catch is gone")), "{claimed:?}");
    assert_eq!(place.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'taxi_catch'"), "0");
}

#[test]
fn replicas_that_are_long_gone_leave_no_rows() {
    let place = Place::new();
    drop(place.store());
    place.sql(
        "INSERT INTO @replicas VALUES ('gone', '', 1, 'ready', clock_timestamp() - interval '2 min'),
            ('silent', '', 1, 'ready', clock_timestamp() - interval '10 s'),
            ('ahead', '', 1, 'ready', clock_timestamp() + interval '10 s'),
            ('new', '', 1, 'resting', clock_timestamp())",
    );
    let said = stands_by(&place, "one").look(ReplicaState::Ready).expect("it can be looked at");
    let seen: Vec<_> = said.replicas.iter().map(|replica| (replica.id.as_str(), replica.state)).collect();
    assert_eq!(seen, [("new", ReplicaState::Starting), ("one", ReplicaState::Ready)]);
    assert_eq!(place.sql("SELECT id FROM @replicas ORDER BY id").concat(), ["ahead", "new", "one", "silent"]);
}

fn found(reader: &dyn Reader, table: &str, find: Option<(usize, i64)>) -> Result<usize, StoreError> {
    let query = Query { find, limit: ReadLimit::rows(9), ..Query::default() };
    reader.page(table, &query).map(|page| page.rows.len())
}

/// With one of the tables, and without its pair.
fn older_release(place: &Place) -> (impl Standby + use<>, Box<dyn Store>) {
    let mut tables = sample_tables();
    tables.truncate(1);
    tables[0].pairs.clear();
    let mut old = with_tables(place, "old", &tables);
    let store = old.claim().expect("it is free");
    (old, store)
}

/// Each row takes longer than a statement may, as a large table does.
#[test]
fn a_table_takes_as_long_to_change_as_it_takes() {
    let place = Place::new();
    let (mut old, mut store) = older_release(&place);
    let mut sample = Sample::default();
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    drop(store);
    assert_eq!(old.release(None), Ok(()));
    place.0.sql(
        "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN PERFORM pg_sleep(1.3); RETURN NEW; END';
         CREATE TRIGGER slowly BEFORE UPDATE ON taxi_catch.rows_1 FOR EACH ROW EXECUTE FUNCTION slowly()",
    );
    let options = PostgresOptions { statement_ms: 1000, connect_ms: 1000, ..PostgresOptions::default() };
    let mut new = place.standby(options, replica("new"));
    let store = new.claim().expect("its tables are changed");
    assert_eq!(found(&*store.reader(), "trips", Some((2, kernel::pair_key(1, -1)))), Ok(1));
}

/// A follower that has begun before the owner of a newer release made its tables.
#[test]
fn a_follower_notices_tables_that_come_and_go() {
    let place = Place::new();
    let (mut old, mut store) = older_release(&place);
    let mut sample = Sample::default();
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    let mut new = stands_by(&place, "new");
    let reader = new.reader().expect("it is made");
    let pair = Some((2, kernel::pair_key(1, -1)));
    assert_eq!(found(&*reader, "trips", None), Ok(2));
    assert!(found(&*reader, "plain", None).is_err() && reader.row("plain", Id(1)).is_err());
    assert!(found(&*reader, "trips", pair).is_err());
    drop(store);
    assert_eq!(old.release(Some("new")), Ok(()));
    let mut store = new.claim().expect("it is its turn");
    assert_eq!(found(&*reader, "plain", None), Ok(0));
    assert_eq!(found(&*reader, "trips", pair), Ok(1));
    let group = kernel::Group { drop: vec!["plain".into()], ..sample.group(vec![]) };
    assert_eq!(store.apply(&group), Ok(()));
    store.shrink();
    let Err(StoreError::Failed(said)) = found(&*reader, "plain", None) else { panic!("a table that is gone was read") };
    assert!(said.starts_with("There is no table plain"), "{said}");
    assert_eq!(found(&*reader, "trips", None), Ok(2));
}
