//! stay lives through crashes, lost, doubled and late messages with three holds in one call, and keeps every promise.
mod town;

use runtime::machine::Planted;
use testkit::simulation::Plan;
use town::town;

#[test]
fn keeps_every_promise() {
    let report = town().run(4_000);
    println!("{report}");
    if let Some(found) = report.found {
        panic!("{found}");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let town = town();
    for seed in 1..50 {
        let trace = || town.live(&Plan::of(seed)).expect("a lifetime keeps every promise").trace;
        assert_eq!(trace(), trace(), "seed {seed}");
    }
}

#[test]
fn a_hold_left_behind_is_found_at_each_step() {
    for planted in [Planted::UndoSkipped, Planted::TimedOutStepNotUndone, Planted::TombstoneForgotten] {
        let (seed, broken) = town().planted(planted).first_broken(500).expect("it is found");
        println!("{planted:?} is found by seed {seed}: {}", broken.check);
    }
}
