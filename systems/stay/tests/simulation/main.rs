//! stay lives through crashes, lost, doubled and late messages with three holds in one call, and keeps every promise.
mod clients;
mod golden;
mod injected;
mod sagas;

use clients::simulation;
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
fn the_same_seed_gives_the_same_trace() {
    simulation().repeats_itself(1..50);
}

const ROOM: Line = Line::new("POST /rooms", r#"{"desc":"바다가 보이는 방","price":50000}"#);
const CAR: Line = Line::new("POST /rentcars", r#"{"carName":"K5","price":20000}"#);
const RESERVE: Line = Line::new("POST /reservations", r#"{"roomId":1,"carId":1,"customer":"minji"}"#);
const CANCEL: Line = Line::new("PATCH /reservations/{id}", r#"{"status":"reqCancel"}"#).at(1);

/// A reservation and its cancel, each read by every consumer in every order.
#[test]
fn whatever_is_read_first_all_comes_to_the_same() {
    for scene in [vec![ROOM, CAR, RESERVE, CANCEL], vec![ROOM, CAR, RESERVE.at_once(), CANCEL]] {
        let tried = simulation().reads_in_every_order(&scene).unwrap_or_else(|broken| panic!("{broken}"));
        say(format_args!("  stay, orders of reading: {tried:?}"));
    }
}
