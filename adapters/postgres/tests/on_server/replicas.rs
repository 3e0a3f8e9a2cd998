//! Replicas that stand by a store on Postgres pass the suite of their port.
use super::{HOUR_MS, Place};
use postgres::PostgresOptions;
use runtime::port::replica::{Replica, Standby};
use std::time::Duration;
use testkit::conformance::replicas::ReplicasUnderTest;
use testkit::conformance::sample_tables;

const LEASE_MS: u64 = 2000;

fn short() -> PostgresOptions {
    PostgresOptions { lease_ms: LEASE_MS, heartbeat_ms: 300, ..PostgresOptions::default() }
}

impl Place {
    pub fn standby(&self, options: PostgresOptions, replica: Replica) -> Box<dyn Standby> {
        let standby = postgres::standby(&self.address(), "catch", "taxi", &sample_tables(), options, replica);
        Box::new(standby.expect("an address"))
    }
}

impl ReplicasUnderTest for Place {
    fn stand_by(&self, replica: Replica) -> Box<dyn Standby> {
        self.standby(short(), replica)
    }

    fn stand_by_in_silence(&self, replica: Replica) -> Box<dyn Standby> {
        self.standby(PostgresOptions { heartbeat_ms: HOUR_MS, ..short() }, replica)
    }

    fn lease(&self) -> Duration {
        Duration::from_millis(LEASE_MS)
    }
}

fn new() -> Box<dyn ReplicasUnderTest> {
    Box::new(Place::new())
}

testkit::replicas_conformance!(new);
