//! The same lifetimes on SQLite: what is true in memory is true on a disk, and both give the same trace.
use super::clients::simulation;
use runtime::port::store::Table;
use sqlite::Options;
use tempfile::TempDir;
use testkit::simulation::{Plan, Simulation};

/// On a disk without waits where there is one: a power cut is tested elsewhere, here a process ends.
fn folder() -> TempDir {
    let quick = std::path::Path::new("/dev/shm");
    let made = if quick.is_dir() { TempDir::new_in(quick) } else { TempDir::new() };
    made.expect("a folder for a moment")
}

fn on_sqlite() -> Simulation {
    simulation().on(|context| {
        let (folder, tables, name) = (folder(), Table::all(context), context.name);
        Box::new(move || {
            let path = folder.path().join("store.sqlite");
            let options = Options { readers_max: 1, ..Options::default() };
            Box::new(sqlite::open(&path, name, "taxi", &tables, options).expect("its own store opens again"))
        })
    })
}

#[test]
fn keeps_every_promise_on_sqlite() {
    let report = on_sqlite().lifetimes(1, 25);
    println!("on SQLite: {report}");
    if let Some(found) = report.found {
        panic!("{found}");
    }
}

#[test]
fn both_stores_give_the_same_trace() {
    let (memory, sqlite) = (simulation().replicas(1), on_sqlite());
    for seed in 1..6 {
        let trace = |of: &Simulation| of.live(&Plan::from_seed(seed)).expect("a lifetime keeps every promise").trace;
        assert_eq!(trace(&memory), trace(&sqlite), "seed {seed}");
    }
}
