//! taxi lives through crashes, lost, doubled and late messages, slow and declining payments, and keeps every promise.
mod clients;
mod disk;
mod eager;
mod golden;
mod injected;
mod sagas;
mod went_back;

use clients::{simulation, two_releases};
use testkit::simulation::{Line, say};

#[test]
fn keeps_every_promise() {
    simulation().keeps_every_promise(20_000);
}

#[test]
fn nobody_changes_or_is_shown_what_is_not_theirs() {
    simulation().with_people().keeps_every_promise(4_000);
}

#[test]
fn keeps_every_promise_while_a_newer_release_takes_the_place_of_an_older_one() {
    two_releases().keeps_every_promise(5_000);
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    simulation().repeats_itself(1..100);
}

#[test]
fn a_planned_hand_over_fails_no_request() {
    let (claims, requests) = simulation().replicas(3).hands_over_unnoticed(1..200);
    say(format_args!("  taxi: {requests} requests, none failed by {claims} claims"));
}

const HAIL: Line =
    Line::new("POST /catches", r#"{"price":9000,"startingPoint":"a","destination":"b","customer":"minji"}"#);
const PICK: Line = Line::new("POST /pickUps", r#"{"matchId":1,"driver":"kim"}"#);
const CANCEL: Line = Line::new("PATCH /catches/{id}", r#"{"status":"Cancel"}"#).at(1);

/// A match and a cancel, each read by every consumer in every order.
#[test]
fn whatever_is_read_first_all_comes_to_the_same() {
    for scene in [vec![HAIL, PICK, CANCEL], vec![HAIL.at_once(), CANCEL]] {
        let tried = simulation().reads_in_every_order(&scene).unwrap_or_else(|broken| panic!("{broken}"));
        say(format_args!("  taxi, orders of reading: {tried:?}"));
    }
}
