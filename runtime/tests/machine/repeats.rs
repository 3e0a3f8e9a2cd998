//! Repeats under an Idempotency-Key: the same answer again, and nothing is done twice.
use crate::desk::{Desk, delete, desk_with_order, keyed, no, note, order, passed_on, yes};
use kernel::Method;
use runtime::error::Refusal;
use runtime::request::{ClientRequest, RequestForm};

const DAY_MS: u64 = 24 * 3_600_000;
const TEN_MINUTES_MS: u64 = 600_000;

fn noted(token: u64, note: &str) -> String {
    format!(r#"response {token}: {{"id":1,"note":"{note}","queued":false}}"#)
}

#[test]
fn a_repeat_is_answered_the_same_and_not_done_again() {
    let mut desk = desk_with_order();
    desk.request(keyed(note(1, "first"), "k", 7));
    desk.request(note(1, "second"));
    desk.says();
    desk.request(keyed(note(1, "first"), "k", 7));
    assert_eq!(desk.says(), [noted(4, "first")]);
    assert_eq!(desk.log(), ["OrderPlaced", "OrderNoted", "OrderNoted"]);
}

#[test]
fn a_repeat_in_the_group_of_the_first_is_answered_with_it() {
    let mut desk = desk_with_order();
    desk.request(keyed(note(1, "first"), "k", 7));
    desk.request(note(1, "second"));
    desk.request(keyed(note(1, "first"), "k", 7));
    assert_eq!(desk.says(), [noted(2, "first"), noted(3, "second"), noted(4, "first")]);
}

#[test]
fn a_repeat_of_a_request_under_way_waits_for_its_answer() {
    let mut desk = Desk::new("orders");
    desk.request(keyed(order(30), "k", 7));
    desk.request(keyed(order(30), "k", 7));
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 1, step 0)"]);
    desk.reply(1, 0, yes());
    assert_eq!(desk.says(), [noted(2, ""), noted(1, "")]);
    assert_eq!(desk.log(), ["OrderPlaced"]);
}

#[test]
fn a_key_used_with_another_body_is_refused_under_way_and_afterwards() {
    let mut desk = Desk::new("orders");
    desk.request(keyed(order(30), "k", 7));
    desk.at_once();
    desk.request(keyed(order(40), "k", 8));
    assert_eq!(desk.says(), ["response 2: refused, idempotency-key-reused"]);
    desk.reply(1, 0, yes());
    desk.request(keyed(order(40), "k", 8));
    assert_eq!(desk.says(), [noted(1, ""), "response 3: refused, idempotency-key-reused".into()]);
    desk.request(keyed(order(40), "k", 8));
    assert_eq!(desk.says(), ["response 4: refused, idempotency-key-reused"]);
}

#[test]
fn a_key_belongs_to_its_route() {
    let mut desk = desk_with_order();
    desk.request(keyed(note(1, "first"), "k", 7));
    desk.request(keyed(delete(1), "k", 8));
    assert_eq!(desk.says(), [noted(2, "first"), noted(3, "first")]);
}

#[test]
fn a_stored_answer_outlives_a_crash() {
    let mut desk = desk_with_order();
    desk.request(keyed(note(1, "first"), "k", 7));
    desk.request(note(1, "second"));
    desk.says();
    let mut desk = desk.crash();
    desk.request(keyed(note(1, "first"), "k", 7));
    assert_eq!(desk.says(), [noted(1, "first")]);
    assert_eq!(desk.log(), ["OrderPlaced", "OrderNoted", "OrderNoted"]);
}

#[test]
fn an_answer_that_was_not_durable_is_not_given_after_a_crash() {
    let mut desk = desk_with_order();
    desk.request(keyed(note(1, "first"), "k", 7));
    let mut desk = desk.crash();
    desk.request(keyed(note(1, "other"), "k", 8));
    assert_eq!(desk.says(), [noted(1, "other")]);
}

#[test]
fn after_a_day_a_key_is_new_again() {
    let mut desk = desk_with_order();
    desk.request(keyed(note(1, "first"), "k", 7));
    desk.says();
    desk.after_ms(DAY_MS - 1);
    desk.request(keyed(note(1, "other"), "k", 8));
    assert_eq!(desk.says(), ["response 3: refused, idempotency-key-reused"]);
    desk.after_ms(1);
    desk.request(keyed(note(1, "other"), "k", 8));
    assert_eq!(desk.says(), [noted(4, "other")]);
}

#[test]
fn what_an_edge_sends_again_is_answered_for_ten_minutes() {
    let mut desk = desk_with_order();
    desk.request(passed_on(note(1, "first"), "k", 7));
    desk.request(note(1, "second"));
    desk.says();
    desk.after_ms(TEN_MINUTES_MS - 1);
    desk.request(passed_on(note(1, "first"), "k", 7));
    assert_eq!(desk.says(), [noted(4, "first")]);
    assert_eq!(desk.log(), ["OrderPlaced", "OrderNoted", "OrderNoted"]);
    desk.after_ms(1);
    desk.request(passed_on(note(1, "third"), "k", 8));
    assert_eq!(desk.says(), [noted(5, "third")]);
}

#[test]
fn a_key_of_an_edge_is_none_of_a_client() {
    let mut desk = desk_with_order();
    desk.request(passed_on(note(1, "first"), "k", 7));
    desk.request(keyed(note(1, "second"), "k", 8));
    assert_eq!(desk.says(), [noted(2, "first"), noted(3, "second")]);
    let mut desk = desk.crash();
    desk.request(passed_on(note(1, "first"), "k", 7));
    desk.request(keyed(note(1, "second"), "k", 8));
    assert_eq!(desk.says(), [noted(1, "first"), noted(2, "second")]);
    assert_eq!(desk.log(), ["OrderPlaced", "OrderNoted", "OrderNoted"]);
}

#[test]
fn what_an_edge_sends_again_waits_for_the_first_that_is_under_way() {
    let mut desk = Desk::new("orders");
    desk.request(passed_on(order(30), "k", 7));
    desk.request(passed_on(order(30), "k", 7));
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 1, step 0)"]);
    desk.reply(1, 0, yes());
    assert_eq!(desk.says(), [noted(2, ""), noted(1, "")]);
    assert_eq!(desk.log(), ["OrderPlaced"]);
}

#[test]
fn a_failure_is_not_kept_so_that_it_may_be_tried_again() {
    let mut desk = Desk::new("orders");
    desk.request(keyed(order(300), "k", 7));
    desk.reply(1, 0, no("too-much"));
    desk.says();
    desk.request(keyed(order(300), "k", 7));
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 2, step 0)"]);
}

#[test]
fn those_who_repeated_a_failed_request_are_told_its_failure() {
    let mut desk = Desk::new("orders");
    desk.request(keyed(order(300), "k", 7));
    desk.request(keyed(order(300), "k", 7));
    desk.at_once();
    desk.reply(1, 0, no("too-much"));
    let refused = |token: u64| format!("response {token}: refused, too-much");
    assert_eq!(desk.says(), ["to till: undo (ticket 1, step 0)".to_string(), refused(2), refused(1)]);
}

#[test]
fn what_was_so_already_is_kept_under_its_key_too() {
    let mut desk = desk_with_order();
    desk.request(keyed(delete(1), "k", 7));
    desk.request(note(1, "other"));
    desk.says();
    desk.request(keyed(delete(1), "k", 7));
    assert_eq!(desk.says(), [noted(4, "")], "as it was then");
}

#[test]
fn a_body_that_fits_no_form_is_refused_behind_what_its_key_knows() {
    let mut desk = desk_with_order();
    let unfit = || ClientRequest { form: RequestForm::Unfit(Refusal { code: "unfit".into() }), ..note(1, "") };
    assert_eq!(unfit().route.method, Method::Patch);
    desk.request(keyed(note(1, "first"), "k", 7));
    desk.says();
    desk.request(keyed(unfit(), "k", 8));
    desk.request(keyed(unfit(), "new", 8));
    assert_eq!(desk.says(), ["response 3: refused, idempotency-key-reused", "response 4: refused, unfit"]);
}
