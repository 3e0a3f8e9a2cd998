//! The store on a real server: the suite, and what only Postgres can do.
mod concurrency;
mod conformance;
mod counts;
mod faults;
mod format_1;
mod format_4;
mod heartbeat;
mod lost_server;
mod owner;
mod proxy;
mod replicas;
mod snapshot;
mod standby;
mod tls;
mod unknown_commit;

use kernel::Group;
use postgres::{Postgres, PostgresOptions, ServerAddress};
use postgres_server::{Database, PostgresServer};
use runtime::port::store::{Result, Store, StoreError};
use testkit::conformance::{Sample, contents, sample_tables};

const HOUR_MS: u64 = 3_600_000;

/// The store of taxi's catch, in a database of its own.
struct Place(Database);

impl Place {
    fn new() -> Place {
        Place(PostgresServer::shared().database())
    }

    fn address(&self) -> ServerAddress {
        ServerAddress::parse(&self.0.url).expect("an address")
    }

    fn open_as(&self, options: PostgresOptions) -> Result<Postgres> {
        open_at(&self.address(), options)
    }

    fn open(&self) -> Result<Postgres> {
        self.open_as(PostgresOptions::default())
    }

    fn store(&self) -> Postgres {
        self.open().expect("a store")
    }

    fn refused(&self) -> StoreError {
        self.open().err().expect("opened what should be refused")
    }

    fn sql(&self, sql: &str) -> Vec<Vec<String>> {
        self.0.sql(&sql.replace('@', "taxi_catch."))
    }

    fn value(&self, sql: &str) -> String {
        self.sql(sql).concat().concat()
    }
}

fn open_at(address: &ServerAddress, options: PostgresOptions) -> Result<Postgres> {
    postgres::open(address, "catch", "taxi", &sample_tables(), options)
}

fn owned_by(owner: &str) -> PostgresOptions {
    PostgresOptions { owner: owner.into(), ..PostgresOptions::default() }
}

/// Heard of once, when it claims.
fn silent(owner: &str) -> PostgresOptions {
    PostgresOptions { heartbeat_ms: HOUR_MS, ..owned_by(owner) }
}

fn next(sample: &mut Sample) -> Group {
    let commits = vec![sample.commit(1), sample.commit(2)];
    sample.group(commits)
}

fn all(store: &dyn Store) -> String {
    contents(store, &sample_tables())
}
