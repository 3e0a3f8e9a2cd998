//! What a group costs, alone and with many commits in it, and what a look at a row costs: `cargo run --release -p nadul-postgres --example commits`.
#![allow(clippy::print_stdout)] // an example that people run by hand
use postgres::{PostgresOptions, ServerAddress};
use postgres_server::PostgresServer;
use runtime::port::store::{Query, ReadLimit, Result, Store};
use std::time::Instant;
use testkit::conformance::{Sample, sample_tables};

fn main() -> Result<()> {
    let database = PostgresServer::shared().database();
    let address = ServerAddress::parse(&database.url)?;
    let mut store = postgres::open(&address, "catch", "taxi", &sample_tables(), PostgresOptions::default())?;
    let mut sample = Sample::default();
    for (groups, commits) in [(1000, 1), (1000, 10), (300, 100)] {
        let started = Instant::now();
        for _ in 0..groups {
            let all = (0..commits).map(|key| sample.commit(key)).collect();
            store.apply(&sample.group(all))?;
        }
        report(&format!("groups of {commits} commits"), groups, started);
    }
    let last = sample.head.position;
    let started = Instant::now();
    for position in 1..=1000 {
        assert!(store.state("trip", kernel::Id(1000 + position))?.is_some());
    }
    report("states that are there", 1000, started);
    let started = Instant::now();
    for position in 1..=1000 {
        assert!(store.state("trip", kernel::Id(1000 + last + position))?.is_none());
    }
    report("states that are new", 1000, started);
    let reader = store.reader();
    for (name, offset) in [("first pages", 0), ("pages in the middle", last / 2)] {
        let (query, started) = (Query { offset, limit: ReadLimit::rows(20), ..Query::default() }, Instant::now());
        for _ in 0..50 {
            reader.page("trips", &query)?;
        }
        report(&format!("{name} of {last} rows"), 50, started);
    }
    Ok(())
}

fn report(what: &str, count: u64, started: Instant) {
    let took = started.elapsed();
    println!(
        "{what}: {:.0} a second, {:.3} ms each",
        count as f64 / took.as_secs_f64(),
        took.as_secs_f64() * 1000.0 / count as f64
    );
}
