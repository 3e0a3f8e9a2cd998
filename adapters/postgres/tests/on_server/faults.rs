//! What can be wrong with a server, a database or a schema, and what an operator is told.
use super::{Place, all, next, open_at};
use kernel::Commit;
use postgres::{PostgresOptions, ServerAddress};
use runtime::port::store::{Result, Store, StoreError};
use testkit::conformance::Sample;

fn failed(opened: Result<postgres::Postgres>) -> String {
    match opened.map(|_| ()) {
        Err(StoreError::Failed(said)) => said,
        other => panic!("another kind: {other:?}"),
    }
}

/// The test's own address with one part replaced.
fn elsewhere(place: &Place, from: &str, to: &str) -> ServerAddress {
    ServerAddress::parse(&place.0.url.replace(from, to)).expect("an address")
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let address = ServerAddress::parse(&format!("postgres://mina:s3cret@127.0.0.1:{free}/taxi")).expect("an address");
    let said = failed(open_at(&address, PostgresOptions::default()));
    assert!(said.starts_with(&format!("postgres://mina@127.0.0.1:{free}/taxi can't be used")), "{said}");
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn a_database_or_a_user_that_is_not_there_is_named() {
    let place = Place::new();
    let name = place.value("SELECT current_database()");
    let said = failed(open_at(&elsewhere(&place, &name, "nowhere"), PostgresOptions::default()));
    assert!(said.starts_with("There is no database nowhere at ") && said.contains("createdb"), "{said}");
    let said = failed(open_at(&elsewhere(&place, "//nadul", "//nobody"), PostgresOptions::default()));
    assert!(said.contains("does not let nobody in"), "{said}");
}

#[test]
fn a_user_that_may_make_no_schema_is_told_what_to_grant() {
    let place = Place::new();
    let user = format!("user_{}", place.value("SELECT current_database()"));
    place.sql(&format!("CREATE ROLE {user} LOGIN"));
    let address = elsewhere(&place, "//nadul", &format!("//{user}"));
    let said = failed(open_at(&address, PostgresOptions::default()));
    assert!(said.contains("GRANT CREATE ON DATABASE"), "{said}");
    place.sql(&format!("CREATE SCHEMA taxi_catch AUTHORIZATION {user}"));
    assert!(open_at(&address, PostgresOptions::default()).is_ok(), "an empty schema that was made for it");
    place.sql(&format!("DROP OWNED BY {user}; DROP ROLE {user}"));
}

#[test]
fn a_server_that_only_lets_itself_be_read_is_refused() {
    let place = Place::new();
    let name = place.value("SELECT current_database()");
    place.sql(&format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    let said = failed(place.open());
    assert!(said.contains("does not allow writes"), "{said}");
}

#[test]
fn a_newer_format_is_left_alone() {
    let place = Place::new();
    drop(place.store());
    place.sql("UPDATE @identity SET value = '99' WHERE name = 'format'");
    let groups = place.sql("SELECT * FROM @groups");
    let StoreError::Newer(said) = place.refused() else { panic!("another kind") };
    assert!(said.contains("format 99, this one reads up to 5"), "{said}");
    assert_eq!(place.sql("SELECT * FROM @groups"), groups, "not even claimed");
}

#[test]
fn a_schema_of_others_is_left_alone() {
    let place = Place::new();
    place.sql("CREATE SCHEMA taxi_catch; CREATE TABLE @letters (text text)");
    let StoreError::Foreign(said) = place.refused() else { panic!("another kind") };
    assert!(said.starts_with("The schema taxi_catch is a schema of some other program."), "{said}");
    assert_eq!(place.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'taxi_catch'"), "1");
}

#[test]
fn a_schema_of_another_context_is_left_alone() {
    let place = Place::new();
    drop(place.store());
    place.sql("UPDATE @identity SET value = 'a-catch' WHERE name = 'context'");
    let StoreError::Foreign(said) = place.refused() else { panic!("another kind") };
    assert!(said.contains("the store of the context a-catch, not of catch"), "{said}");
}

#[test]
fn a_schema_that_is_wiped_meanwhile_is_not_made_again() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut store = place.store();
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    place.sql("DROP SCHEMA taxi_catch CASCADE");
    let Err(StoreError::Mismatched(said)) = store.apply(&next(&mut sample)) else { panic!("another kind") };
    assert!(said.starts_with("The schema taxi_catch at postgres://nadul@"), "{said}");
    assert!(store.head().is_err() && store.head().is_err());
    assert!(store.apply(&next(&mut sample)).is_err());
    assert_eq!(place.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'taxi_catch'"), "0");
}

#[test]
fn a_group_that_the_server_refuses_half_way_leaves_nothing() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut store = place.store();
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    let before = all(&store);
    place.sql("ALTER TABLE @rows_1 ADD CONSTRAINT none CHECK (id < 0) NOT VALID");
    let tried = store.apply(&next(&mut sample.clone()));
    assert!(matches!(&tried, Err(StoreError::Failed(said)) if said.contains("23514")), "{tried:?}");
    assert_eq!(all(&store), before);
    place.sql("ALTER TABLE @rows_1 DROP CONSTRAINT none");
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
}

#[test]
fn a_lock_that_another_session_holds_stops_one_group_only() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let options = PostgresOptions { lock_ms: 100, ..PostgresOptions::default() };
    let mut store = place.open_as(options).expect("a store");
    let session = place.0.session();
    session.sql("BEGIN; LOCK TABLE taxi_catch.states IN ACCESS EXCLUSIVE MODE");
    let Err(StoreError::Busy(said)) = store.apply(&next(&mut sample.clone())) else { panic!("another kind") };
    assert!(said.contains("holds a lock on taxi_catch"), "{said}");
    session.sql("ROLLBACK");
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

#[test]
fn a_group_that_takes_longer_than_it_may_is_written_all_the_same() {
    let (place, mut sample) = (Place::new(), Sample::default());
    drop(place.store());
    place.sql(
        "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END'",
    );
    place.sql("CREATE TRIGGER slowly BEFORE INSERT ON @states FOR EACH ROW EXECUTE FUNCTION slowly()");
    let options = PostgresOptions { statement_ms: 300, ..PostgresOptions::default() };
    let mut store = place.open_as(options).expect("a store");
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
}

#[test]
fn a_lock_that_is_held_too_long_stops_one_group_only() {
    let (place, mut sample) = (Place::new(), Sample::default());
    drop(place.store());
    let options = PostgresOptions { lock_ms: 100, ..PostgresOptions::default() };
    let mut store = place.open_as(options).expect("a store");
    let session = place.0.session();
    session.sql("BEGIN; LOCK TABLE taxi_catch.states IN ACCESS EXCLUSIVE MODE");
    let Err(StoreError::Busy(said)) = store.apply(&next(&mut sample.clone())) else { panic!("another kind") };
    assert!(said.starts_with("Another session"), "{said}");
    session.sql("ROLLBACK");
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
}

#[test]
fn numbers_that_postgres_can_not_keep_are_refused_before_anything_is_sent() {
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut store = place.store();
    let mut commit = sample.clone().commit(1);
    commit.states[0].id = kernel::Id(u64::MAX);
    let group = sample.clone().group(vec![commit]);
    assert!(store.apply(&group).is_err());
    let commit = Commit::default();
    assert_eq!(store.apply(&sample.group(vec![commit])), Ok(()));
    assert_eq!(store.row("trips", kernel::Id(u64::MAX)), Ok(None));
    assert_eq!(store.reader().row("trips", kernel::Id(u64::MAX)), Ok(None));
}

#[test]
fn a_copy_of_a_database_is_told_from_the_one_it_was_copied_from() {
    use runtime::port::store::StoreOrigin;
    let (place, mut sample) = (Place::new(), Sample::default());
    let mut store = place.store();
    assert_eq!(store.origin(), StoreOrigin::Here);
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    drop(store);
    assert_eq!(place.store().origin(), StoreOrigin::Here);
    place.sql("UPDATE @identity SET value = replace(value, '.', '.9') WHERE name = 'place'");
    let mut store = place.store();
    assert_eq!(store.origin(), StoreOrigin::Elsewhere);
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    assert_eq!(store.origin(), StoreOrigin::Here);
    drop(store);
    assert_eq!(place.store().origin(), StoreOrigin::Here);
}
