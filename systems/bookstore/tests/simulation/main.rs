//! bookstore lives through crashes, lost, doubled and late messages, cancels racing with sellers and couriers, and keeps every promise.
mod clients;
mod golden;
mod injected;
mod sagas;

use clients::simulation;
use testkit::simulation::{Line, say};

#[test]
fn keeps_every_promise_where_the_seller_accepts() {
    simulation(false).keeps_every_promise(10_000);
}

#[test]
fn keeps_every_promise_where_orders_are_accepted_at_once() {
    simulation(true).keeps_every_promise(10_000);
}

#[test]
fn nobody_changes_or_is_shown_what_is_not_theirs() {
    simulation(false).with_people().keeps_every_promise(4_000);
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    simulation(false).repeats_itself(1..50);
}

const BOOK: Line = Line::new("POST /books", r#"{"name":"토지","price":12000,"stock":5}"#);
const BUY: Line = Line::new(
    "POST /orders",
    r#"{"productId":1,"quantity":2,"customerId":"minji","customerName":"민지","customerAddr":"서울"}"#,
);
const ACCEPT: Line = Line::new("PUT /storeOrders/{orderId}/accept", "{}").at(1);
const REJECT: Line = Line::new("PUT /storeOrders/{orderId}/reject", r#"{"reason":"품절"}"#).at(1);
const DELIVER: Line = Line::new("PATCH /deliveries/{deliveryId}", r#"{"deliveryState":"Delivered"}"#).at(1);
const CANCEL: Line = Line::new("DELETE /orders/{orderId}", "{}").at(1);

/// A sale, a rejection and cancels, each read by every consumer in every order.
#[test]
fn whatever_is_read_first_all_comes_to_the_same() {
    let sold = vec![BOOK, BUY, ACCEPT, DELIVER];
    let rejected = vec![BOOK, BUY, REJECT];
    let cancelled = vec![BOOK, BUY, ACCEPT, CANCEL];
    let at_once = vec![BOOK, BUY.at_once(), CANCEL];
    for scene in [sold, rejected, cancelled, at_once] {
        let tried = simulation(false).reads_in_every_order(&scene).unwrap_or_else(|broken| panic!("{broken}"));
        say(format_args!("  bookstore, orders of reading: {tried:?}"));
    }
}
