//! fruit lives through crashes, lost, doubled and late messages, cancels racing with deliveries, and keeps every promise.
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

const ORDER: Line =
    Line::new("POST /orders", r#"{"userId":"minji","prodNm":"사과","qty":2,"price":12000,"address":"서울"}"#);
const CANCEL: Line = Line::new("DELETE /orders/{orderId}", "{}").at(1);
const DELIVER: Line = Line::new("PATCH /deliveries/{deliveryId}", r#"{"deliveryStatus":"배송완료"}"#).at(1);

/// A delivery and a cancel, each read by every consumer in every order.
#[test]
fn whatever_is_read_first_all_comes_to_the_same() {
    for scene in [vec![ORDER, DELIVER], vec![ORDER, CANCEL], vec![ORDER.at_once(), CANCEL]] {
        let tried = simulation().reads_in_every_order(&scene).unwrap_or_else(|broken| panic!("{broken}"));
        say(format_args!("  fruit, orders of reading: {tried:?}"));
    }
}
