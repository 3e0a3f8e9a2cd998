//! Calls as the callee sees them: each is done once and answered the same every time.
use crate::desk::{Desk, call_request, money};
use crate::shop::till::{BREAK, LOCK};
use runtime::message::{CallRequest, PeerMessage};

const YES: &str = r#"to orders: yes {"left":70}"#;

#[test]
fn a_call_is_done_and_answered_when_it_is_durable() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    assert!(desk.at_once().is_empty());
    assert_eq!(desk.flush(), [YES]);
    assert_eq!((desk.log(), desk.record(1)), (vec!["MoneyHeld".to_string()], "done"));
}

#[test]
fn a_call_that_comes_again_is_answered_the_same_and_not_done_again() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    desk.call(1, money(30));
    assert_eq!(desk.flush(), [YES, YES]);
    desk.call(2, money(30));
    desk.flush();
    desk.call(1, money(30));
    assert_eq!(desk.flush(), [YES], "as it was answered, although less is left now");
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyHeld"]);
}

#[test]
fn another_call_under_the_key_of_a_remembered_one_is_refused_and_not_taken_for_a_repeat() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    assert_eq!(desk.flush(), [YES]);
    desk.call(1, money(70));
    assert_eq!(desk.flush(), ["to orders: no, call-differs"]);
    assert_eq!(desk.log(), ["MoneyHeld"]);
    desk.call(1, money(30));
    assert_eq!(desk.flush(), [YES]);
}

#[test]
fn a_call_is_remembered_over_a_crash() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    desk.flush();
    let mut desk = desk.crash();
    desk.call(1, money(30));
    assert_eq!(desk.flush(), [YES]);
    assert_eq!(desk.log(), ["MoneyHeld"]);
}

#[test]
fn a_call_that_changes_nothing_is_remembered_all_the_same() {
    let mut desk = Desk::new("till");
    desk.call(1, money(0));
    assert_eq!(desk.flush(), [r#"to orders: yes {"left":100}"#]);
    assert_eq!(desk.record(1), "done");
}

#[test]
fn a_refusal_is_answered_by_its_code_and_not_remembered() {
    let mut desk = Desk::new("till");
    desk.call(1, money(300));
    assert_eq!(desk.flush(), ["to orders: no, too-much"]);
    assert_eq!(desk.record(1), "nothing");
}

#[test]
fn a_call_past_its_time_is_dropped() {
    let mut desk = Desk::new("till");
    desk.receives("orders", PeerMessage::Call(CallRequest { time_left_ms: 0, ..call_request(1, money(30)) }));
    assert!(desk.flush().is_empty());
    assert!(desk.log().is_empty());
}

#[test]
fn a_call_that_was_done_is_answered_even_past_its_time() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    desk.flush();
    desk.receives("orders", PeerMessage::Call(CallRequest { time_left_ms: 0, ..call_request(1, money(30)) }));
    assert_eq!(desk.flush(), [YES]);
}

#[test]
fn a_call_that_this_release_can_not_answer_is_answered_as_unreachable() {
    let mut desk = Desk::new("till");
    let unknown = CallRequest { call: "hold the sun".into(), ..call_request(1, money(30)) };
    desk.receives("orders", PeerMessage::Call(unknown));
    let unreadable = CallRequest { body: "nonsense".into(), ..call_request(2, money(30)) };
    desk.receives("orders", PeerMessage::Call(unreadable));
    desk.call(3, money(BREAK));
    assert_eq!(desk.flush(), ["to orders: unreachable"; 3]);
    assert!(desk.log().is_empty());
    desk.call(4, money(30));
    assert_eq!(desk.flush(), [YES], "a rule that broke has not broken its context");
}

#[test]
fn a_call_that_has_to_wait_is_answered_when_the_thing_is_free() {
    let mut desk = Desk::new("till");
    desk.call(1, money(LOCK));
    desk.call(2, money(30));
    desk.call(3, money(40));
    assert_eq!(desk.flush(), [r#"to orders: yes {"left":34}"#]);
    assert!(!desk.machine.is_idle());
    desk.undo(1);
    let free = ["to orders: undone (ticket 1, step 0)", YES, r#"to orders: yes {"left":30}"#];
    assert_eq!(desk.flush(), free, "in the order in which they came");
    assert!(desk.machine.is_idle());
}

#[test]
fn a_call_that_waits_past_its_time_is_dropped_in_silence() {
    let mut desk = Desk::new("till");
    desk.call(1, money(LOCK));
    desk.call(2, money(30));
    desk.flush();
    desk.after_ms(crate::desk::CALL_MS);
    assert!(desk.says().is_empty());
    desk.undo(1);
    assert_eq!(desk.flush(), ["to orders: undone (ticket 1, step 0)"]);
    assert_eq!(desk.record(2), "nothing");
}
