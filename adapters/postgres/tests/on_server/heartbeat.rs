//! What an owner believes of its lease: never that it holds one that another replica could have.
use super::{Place, next, owned_by};
use postgres::PostgresOptions;
use postgres_server::PostgresServer;
use runtime::port::replica::{Replica, ReplicaState};
use runtime::port::store::{Store, StoreError};
use std::time::{Duration, Instant};
use testkit::conformance::Sample;

const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(5);

/// When it was so for the first time.
fn first(what: &str, mut is_so: impl FnMut() -> bool) -> Instant {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "{what}: never");
        std::thread::sleep(PAUSE);
    }
    Instant::now()
}

#[test]
fn an_owner_whose_heartbeat_is_cut_off_knows_it_before_another_one_could_own_the_store() {
    let server = PostgresServer::start();
    let place = Place(server.database());
    let store = place.open_as(owned_by("one")).expect("a store");
    let other = Replica { id: "two".into(), ..Replica::default() };
    let mut other = place.standby(PostgresOptions::default(), other);
    let mut is_free = || other.look(ReplicaState::Ready).expect("its connection is there").is_free;
    assert!(!is_free() && store.holds_lease());
    let session = place.0.session();
    let paused = server.pause();
    let cut = session.sql(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
         WHERE application_name = 'nadul' AND pid NOT IN (SELECT writer_pid FROM taxi_catch.lease)
             AND query NOT LIKE 'COMMIT%' AND query NOT LIKE '%replicas%'",
    );
    let mut freed = None;
    let lost = first("an owner that knows", || {
        if is_free() {
            freed.get_or_insert_with(Instant::now);
        }
        !store.holds_lease()
    });
    assert!(freed.is_none(), "it was free while its owner believed to hold it; cut: {cut:?}");
    let freed = first("a lease that ends", &mut is_free);
    assert!(freed > lost);
    assert!(!store.holds_lease());
    drop(paused);
    first("a lease that is held again", || store.holds_lease());
    first("others that see it", || !is_free());
    assert_eq!(store.state("trip", kernel::Id(1)), Ok(None));
}

/// Its process lives and its heartbeat could go on, but nobody decides anything any more.
#[test]
fn an_owner_that_stands_still_loses_its_lease_and_one_that_turns_keeps_it() {
    let place = Place::new();
    let quick = PostgresOptions { lease_ms: 600, heartbeat_ms: 50, stalled_ms: 300, ..PostgresOptions::default() };
    let one = |id: &str| place.standby(quick.clone(), Replica { id: id.into(), ..Replica::default() });
    let (mut two, store) = (one("two"), one("one").claim().expect("it is free"));
    let began = Instant::now();
    first("turns for longer than it may stand still", || {
        assert!(store.holds_lease() && matches!(two.claim(), Err(StoreError::Busy(_))));
        began.elapsed() > Duration::from_millis(1500)
    });
    let mut taken = None;
    first("another owner", || {
        taken = two.claim().ok();
        taken.is_some()
    });
    assert!(!store.holds_lease());
}

#[test]
fn an_owner_is_heard_of_while_a_group_takes_long() {
    let place = Place::new();
    let options = PostgresOptions { lease_ms: 1500, heartbeat_ms: 300, ..PostgresOptions::default() };
    let patient = PostgresOptions { lock_ms: 0, statement_ms: 60_000, ..options.clone() };
    let one = |id: &str, options: &PostgresOptions| {
        place.standby(options.clone(), Replica { id: id.into(), ..Replica::default() })
    };
    let (mut sample, mut store) = (Sample::default(), one("one", &patient).claim().expect("it is free"));
    let session = place.0.session();
    session.sql("BEGIN; LOCK TABLE taxi_catch.states IN ACCESS EXCLUSIVE MODE");
    let group = next(&mut sample);
    let store = std::thread::scope(|scope| {
        let writes = scope.spawn(move || {
            assert_eq!(store.apply(&group), Ok(()));
            store
        });
        let (mut other, end) = (one("two", &options), Instant::now() + Duration::from_millis(4000));
        while Instant::now() < end {
            assert!(matches!(other.claim(), Err(StoreError::Busy(_))));
            std::thread::sleep(PAUSE);
        }
        assert!(!writes.is_finished(), "the group waits for the lock");
        session.sql("ROLLBACK");
        writes.join().expect("no panic")
    });
    assert!(store.holds_lease());
}
