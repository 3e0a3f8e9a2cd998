//! Snapshots pause every context for a moment and release it again, also where they fail.
use crate::town::Town;
use runtime::port::work::SystemAtWork;
use std::time::{Duration, Instant};

fn why(town: &Town) -> String {
    match town.host.snapshots() {
        Ok(_) => panic!("a store in memory takes no snapshot"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn after_a_snapshot_every_context_goes_on() {
    let town = Town::new();
    assert!(why(&town).contains("A store in memory keeps no file"), "all have paused");
    let began = Instant::now();
    assert_eq!(town.hail(), "done");
    assert!(began.elapsed() < Duration::from_secs(5), "nobody is paused any more");
}

#[test]
fn a_snapshot_names_the_context_that_is_stopped_and_releases_the_others() {
    let town = Town::new();
    town.host.stop_context("message");
    assert_eq!(why(&town), "message is stopped: start it, then back up");
    let began = Instant::now();
    assert_eq!(town.hail(), "done");
    assert!(began.elapsed() < Duration::from_secs(5), "nobody is paused any more");
}
