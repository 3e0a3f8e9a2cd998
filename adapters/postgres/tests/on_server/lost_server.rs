//! A server that stops, and is started again.
use super::{next, open_at};
use postgres::{PostgresOptions, ServerAddress};
use postgres_server::PostgresServer;
use runtime::port::store::{Store, StoreError};
use testkit::conformance::Sample;

#[test]
fn a_server_that_crashes_and_comes_back_is_gone_on_with() {
    let server = PostgresServer::start();
    let database = server.database();
    let address = ServerAddress::parse(&database.url).expect("an address");
    let options = PostgresOptions { resolve_ms: 200, ..PostgresOptions::default() };
    let (mut store, mut sample) = (open_at(&address, options).expect("a store"), Sample::default());
    let reader = store.reader();
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    assert!(reader.log(0, 9).is_ok_and(|log| log.len() == 2));
    server.stop_immediately();
    assert!(store.row("trips", kernel::Id(1001)).is_err());
    assert!(matches!(store.apply(&next(&mut sample.clone())), Err(StoreError::Failed(_))), "nothing was sent");
    assert!(reader.head().is_err());
    server.start_again();
    assert_eq!(store.head(), Ok(sample.head.clone()));
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    assert!(reader.log(0, 9).is_ok_and(|log| log.len() == 4));
    assert_eq!(reader.verify(), Ok(vec![]));
}

#[test]
fn a_server_that_crashes_between_two_groups_is_not_noticed() {
    let server = PostgresServer::start();
    let database = server.database();
    let address = ServerAddress::parse(&database.url).expect("an address");
    let mut store = open_at(&address, PostgresOptions::default()).expect("a store");
    let (reader, mut sample) = (store.reader(), Sample::default());
    for _ in 0..3 {
        assert_eq!(store.apply(&next(&mut sample)), Ok(()));
        assert!(reader.head().is_ok());
        server.stop_immediately();
        server.start_again();
        assert!(reader.head().is_ok());
    }
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}
