//! taxi lives through crashes, lost, doubled and late messages, slow and declining payments, and keeps every promise.
mod city;
mod disk;
mod eager;
mod planted;

use city::city;
use testkit::simulation::Plan;

#[test]
fn keeps_every_promise() {
    let report = city().run(12_000);
    println!("{report}");
    if let Some(found) = report.found {
        panic!("{found}");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let city = city();
    for seed in 1..200 {
        let trace = || city.live(&Plan::of(seed)).expect("a lifetime keeps every promise").trace;
        assert_eq!(trace(), trace(), "seed {seed}");
    }
}
