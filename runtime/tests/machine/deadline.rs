//! Past its deadline a request is dropped: what was not decided is not, and what was called is undone. Only the machine says no.
use crate::desk::{CALL_MS, Desk, desk_with_order, no, note, order, order_or_queue, within, yes};

const LATE: &str = "response 1: unavailable, time";
const UNDO: &str = "to till: undo (ticket 1, step 0)";

#[test]
fn a_request_that_arrives_past_its_time_does_nothing() {
    let mut desk = desk_with_order();
    desk.request(within(note(1, "ring twice"), 0));
    assert_eq!(desk.says(), ["response 2: unavailable, time"]);
    assert_eq!(desk.log(), ["OrderPlaced"]);
}

#[test]
fn a_reply_that_comes_past_the_requests_time_commits_nothing_and_the_call_is_undone() {
    let mut desk = Desk::new("orders");
    desk.request(within(order(30), 100));
    desk.at_once();
    desk.later_ms(100);
    desk.reply(1, 0, yes());
    assert_eq!(desk.at_once(), [UNDO]);
    assert_eq!(desk.flush(), [LATE]);
    assert!(desk.log().is_empty());
}

#[test]
fn a_call_ends_with_its_request_although_it_had_more_time() {
    const { assert!(CALL_MS > 100) };
    let mut desk = Desk::new("orders");
    desk.request(within(order(30), 100));
    desk.at_once();
    desk.after_ms(100);
    assert_eq!(desk.says(), [UNDO, LATE]);
}

#[test]
fn past_its_time_a_request_does_not_fall_back() {
    let mut desk = Desk::new("orders");
    desk.request(within(order_or_queue(30), 100));
    desk.at_once();
    desk.after_ms(100);
    assert_eq!(desk.says(), [UNDO, LATE]);
    assert!(desk.log().is_empty(), "nobody waits for what it would fall back to");
    let mut in_time = Desk::new("orders");
    in_time.request(within(order_or_queue(30), 100));
    in_time.reply(1, 0, no("too-much"));
    in_time.says();
    assert_eq!(in_time.log(), ["OrderQueued"]);
}
