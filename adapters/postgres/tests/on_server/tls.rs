//! Encrypted connections: to anybody, and only to the server whose certificate is believed.
use super::open_at;
use postgres::{PostgresOptions, ServerAddress, ServerTls};
use postgres_server::{Database, PostgresServer};
use runtime::port::store::StoreError;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// For "localhost", signed by `ca.pem`. Its key is in this repository, so nobody believes it anywhere else.
const CERTIFICATE: &str = include_str!("certificate/server.pem");
const KEY: &str = include_str!("certificate/server.key");

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/on_server/certificate").join(name)
}

/// Writes a file into the server's own folder, as the server.
fn put(database: &Database, name: &str, text: &str) {
    let lines: Vec<String> = text.lines().map(|line| format!("('{line}')")).collect();
    let program = format!("cat > {name} && chmod 600 {name}");
    database.sql(&format!("COPY (SELECT * FROM (VALUES {}) AS lines) TO PROGRAM '{program}'", lines.join(", ")));
}

fn offers_tls() -> (PostgresServer, Database) {
    let server = PostgresServer::start();
    let database = server.database();
    put(&database, "server.crt", CERTIFICATE);
    put(&database, "server.key", KEY);
    database.sql("ALTER SYSTEM SET ssl = on");
    database.sql("SELECT pg_reload_conf()");
    let until = Instant::now() + Duration::from_secs(30);
    while open_by(&database, "127.0.0.1", ServerTls::Require).is_err() {
        assert!(Instant::now() < until, "the server never offers TLS");
    }
    (server, database)
}

fn open_by(database: &Database, host: &str, tls: ServerTls) -> Result<(), StoreError> {
    let address = ServerAddress::parse(&database.url.replace("127.0.0.1", host)).expect("an address");
    open_at(&address, PostgresOptions { tls, ..PostgresOptions::default() }).map(|_| ())
}

/// Whether the writer's connection was encrypted, as the server says.
fn is_encrypted(database: &Database, tls: ServerTls) -> String {
    let address = ServerAddress::parse(&database.url).expect("an address");
    let _store = open_at(&address, PostgresOptions { tls, ..PostgresOptions::default() }).expect("a store");
    database.value("SELECT ssl FROM pg_stat_ssl JOIN taxi_catch.lease ON pid = writer_pid")
}

#[test]
fn a_connection_is_encrypted_where_the_settings_say_so() {
    let (_server, database) = offers_tls();
    assert_eq!(is_encrypted(&database, ServerTls::Disable), "f");
    assert_eq!(is_encrypted(&database, ServerTls::Prefer), "t");
    assert_eq!(is_encrypted(&database, ServerTls::Require), "t");
}

#[test]
fn only_the_server_of_the_certificate_is_believed() {
    let (_server, database) = offers_tls();
    let verified = |host, root| open_by(&database, host, ServerTls::VerifyFull(file(root)));
    assert_eq!(verified("localhost", "ca.pem"), Ok(()));
    let Err(StoreError::Failed(said)) = verified("127.0.0.1", "ca.pem") else { panic!("another name was believed") };
    assert!(said.contains("certificate"), "{said}");
    let Err(StoreError::Failed(said)) = verified("localhost", "server.pem") else {
        panic!("another root was believed")
    };
    assert!(said.contains("certificate"), "{said}");
    let Err(StoreError::Failed(said)) = verified("localhost", "server.key") else { panic!("a key was believed") };
    assert!(said.starts_with("There is no certificate in"), "{said}");
}

#[test]
fn a_server_without_tls_is_refused_where_it_is_required() {
    let database = PostgresServer::shared().database();
    assert_eq!(open_by(&database, "127.0.0.1", ServerTls::Prefer), Ok(()));
    let Err(StoreError::Failed(said)) = open_by(&database, "127.0.0.1", ServerTls::Require) else {
        panic!("it was taken")
    };
    assert!(said.contains("TLS"), "{said}");
}
