//! Contexts are stopped and started while the system runs.
use crate::town::Town;
use runtime::port::work::SystemAtWork;
use std::sync::atomic::Ordering;

#[test]
fn a_context_that_is_started_again_goes_on_from_what_is_durable() {
    let town = Town::new();
    assert_eq!(town.hail(), "done");
    town.host.stop_context("catch");
    assert!(!town.host.is_running("catch"));
    assert!(town.host.reader("catch").is_none());
    town.host.start_context("catch").expect("it starts");
    assert_eq!(town.hail(), "done");
    assert_eq!(town.log("catch"), ["CatchRequested", "CatchRequested"]);
}

#[test]
fn starting_a_context_that_runs_does_nothing() {
    let town = Town::new();
    town.host.start_context("catch").expect("it runs");
    assert_eq!(town.hail(), "done");
}

#[test]
fn stop_and_start_from_many_threads_never_leave_a_running_context_closed() {
    let town = Town::new();
    for _ in 0..5 {
        std::thread::scope(|scope| {
            for number in 0..8 {
                let host = &town.host;
                scope.spawn(move || match number % 2 {
                    0 => host.stop_context("catch"),
                    _ => host.start_context("catch").expect("it starts"),
                });
            }
        });
        town.host.start_context("catch").expect("it starts");
        assert!(town.host.is_running("catch"));
        assert_eq!(town.hail(), "done", "a running context takes requests");
    }
}

/// Of a stop that has begun and starts that come meanwhile: whichever opened the context last leaves it open.
#[test]
fn a_stop_never_closes_what_a_start_has_opened_meanwhile() {
    let town = Town::new();
    let opened = || town.opened.load(Ordering::Relaxed);
    for round in 0..100 {
        let before = opened();
        std::thread::scope(|scope| {
            let stop = scope.spawn(|| town.host.stop_context("catch"));
            while !stop.is_finished() {
                town.host.start_context("catch").expect("it starts");
            }
        });
        assert!(opened() == before || town.host.is_running("catch"), "round {round}");
        town.host.start_context("catch").expect("it starts");
    }
    assert_eq!(town.hail(), "done");
}

#[test]
fn events_that_were_published_while_a_consumer_was_stopped_reach_it_later() {
    let town = Town::new();
    town.host.stop_context("mypage");
    assert_eq!(town.hail(), "done");
    town.host.start_context("mypage").expect("it starts");
    town.wait_for("the row", |town| {
        let reader = town.host.reader("mypage").expect("it runs");
        reader.rows("myPages@1", kernel::Id(0), 10).expect("it works").len() == 1
    });
}
