//! Waits: what can't be decided yet is decided when its thing changes, or given up in time.
use crate::desk::{CLIENT_MS, Desk, desk_with_order, no, note, paid_note, yes};

/// Order 1 is locked: a note on it has to wait.
fn locked() -> Desk {
    let mut desk = desk_with_order();
    desk.request(note(1, "lock"));
    desk.says();
    desk
}

fn noted(token: u64, note: &str) -> String {
    format!(r#"response {token}: {{"id":1,"note":"{note}","queued":false}}"#)
}

#[test]
fn a_request_waits_until_the_thing_changes() {
    let mut desk = locked();
    desk.request(note(1, "first"));
    assert!(desk.says().is_empty());
    assert!(!desk.machine.is_idle());
    desk.request(note(1, "unlock"));
    assert_eq!(desk.says(), [noted(4, ""), noted(3, "first")]);
    assert!(desk.machine.is_idle());
}

#[test]
fn those_who_wait_are_decided_in_the_order_in_which_they_came() {
    let mut desk = locked();
    desk.request(note(1, "first"));
    desk.request(note(1, "second"));
    desk.request(note(1, "unlock"));
    assert_eq!(desk.says(), [noted(5, ""), noted(3, "first"), noted(4, "second")]);
}

#[test]
fn a_change_that_does_not_free_the_thing_leaves_them_waiting() {
    let mut desk = locked();
    desk.request(note(1, "first"));
    desk.request(note(1, "lock"));
    assert_eq!(desk.says(), [noted(4, "")]);
    desk.request(note(1, "unlock"));
    assert_eq!(desk.says(), [noted(5, ""), noted(3, "first")]);
}

#[test]
fn a_client_is_told_when_its_time_is_over() {
    let mut desk = locked();
    desk.request(note(1, "first"));
    desk.after_ms(CLIENT_MS - 1);
    assert!(desk.says().is_empty());
    desk.after_ms(1);
    assert_eq!(desk.says(), ["response 3: unavailable, a decision under way"]);
    desk.request(note(1, "unlock"));
    assert_eq!(desk.says(), [noted(4, "")], "it is not decided any more");
}

#[test]
fn a_client_whose_time_is_over_when_the_thing_changes_is_told_so() {
    let mut desk = locked();
    desk.request(note(1, "first"));
    desk.later_ms(CLIENT_MS);
    desk.request(note(1, "unlock"));
    assert_eq!(desk.says(), [noted(4, ""), "response 3: unavailable, a decision under way".into()]);
}

#[test]
fn a_saga_whose_last_command_has_to_wait_calls_nobody_before() {
    let mut desk = locked();
    desk.request(paid_note(1, "first"));
    assert!(desk.says().is_empty());
    desk.request(note(1, "unlock"));
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 2, step 0)".to_string(), noted(4, "")]);
}

#[test]
fn a_saga_waits_for_the_saga_that_has_claimed_its_thing() {
    let mut desk = desk_with_order();
    desk.request(paid_note(1, "first"));
    desk.request(paid_note(1, "second"));
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 2, step 0)"]);
    desk.request(note(1, "between"));
    assert_eq!(desk.says(), [noted(4, "between")], "a plain command passes, and the saga goes on waiting");
    desk.reply(2, 0, yes());
    let next = "to till: call hold the money (ticket 3, step 0)".to_string();
    assert_eq!(desk.says(), [next, noted(2, "first")]);
}

#[test]
fn while_a_saga_waits_for_a_claim_a_request_that_waits_for_the_rule_goes_on() {
    let mut desk = desk_with_order();
    desk.request(paid_note(1, "saga"));
    desk.request(paid_note(1, "second saga"));
    desk.request(note(1, "lock"));
    desk.request(note(1, "plain"));
    desk.says();
    desk.request(note(1, "unlock"));
    assert_eq!(desk.says(), [noted(6, ""), noted(5, "plain")]);
}

#[test]
fn a_claim_is_kept_until_every_undo_is_acknowledged() {
    let mut desk = desk_with_order();
    desk.request(paid_note(1, "first"));
    desk.request(paid_note(1, "second"));
    desk.at_once();
    desk.reply(2, 0, no("too-much"));
    assert_eq!(desk.says(), ["to till: undo (ticket 2, step 0)", "response 2: refused, too-much"]);
    desk.undone(2, 0);
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 3, step 0)"]);
}

#[test]
fn a_saga_that_waits_for_a_claim_is_given_up_in_time_too() {
    let mut desk = desk_with_order();
    desk.request(paid_note(1, "first"));
    desk.request(crate::desk::within(paid_note(1, "second"), 100));
    desk.at_once();
    desk.after_ms(100);
    assert_eq!(desk.says(), ["response 3: unavailable, a decision under way"]);
}
