//! taxi lives through crashes, lost, doubled and late messages, slow and declining payments, and keeps every promise.
mod city;
mod disk;
mod eager;
mod golden;
mod planted;
mod sagas;

use city::city;
use testkit::simulation::{Line, say};

#[test]
fn keeps_every_promise() {
    city().keeps_every_promise(50_000);
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    city().repeats_itself(1..100);
}

const HAIL: Line =
    Line::new("POST /catches", r#"{"price":9000,"startingPoint":"a","destination":"b","customer":"minji"}"#);
const PICK: Line = Line::new("POST /pickUps", r#"{"matchId":1,"driver":"kim"}"#);
const CANCEL: Line = Line::new("PATCH /catches/{id}", r#"{"status":"Cancel"}"#).at(1);

/// A match and a cancel, each heard by everybody in every order.
#[test]
fn whatever_is_heard_first_all_comes_to_the_same() {
    for scene in [vec![HAIL, PICK, CANCEL], vec![HAIL.at_once(), CANCEL]] {
        let tried = city().hears_in_every_order(&scene).unwrap_or_else(|broken| panic!("{broken}"));
        say(format_args!("  taxi, orders of hearing: {tried:?}"));
    }
}
