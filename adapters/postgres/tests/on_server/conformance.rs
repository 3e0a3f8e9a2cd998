//! Postgres passes the suite every store passes, on a real server.
use postgres::{PostgresOptions, ServerAddress};
use postgres_server::{Database, PostgresServer};
use runtime::port::store::{Store, Table};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::conformance::StoreUnderTest;

/// A schema of its own in the suite's database.
struct Schema(String);

fn database() -> &'static Database {
    static DATABASE: OnceLock<Database> = OnceLock::new();
    DATABASE.get_or_init(|| PostgresServer::shared().database())
}

impl StoreUnderTest for Schema {
    fn open(&self, tables: &[Table]) -> Box<dyn Store> {
        let address = ServerAddress::parse(&database().url).expect("an address");
        Box::new(postgres::open(&address, "catch", &self.0, tables, PostgresOptions::default()).expect("a store"))
    }
}

fn fresh() -> Box<dyn StoreUnderTest> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    Box::new(Schema(format!("taxi{}", NEXT.fetch_add(1, Ordering::Relaxed))))
}

testkit::conformance!(fresh);
