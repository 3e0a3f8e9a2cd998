//! Fences: calls of a caller's tickets below one are not answered any more.
use crate::desk::{Desk, call_request, key, money};
use kernel::Id;
use runtime::machine::Output;
use runtime::message::{CallRequest, PeerMessage};

#[test]
fn a_range_is_voided_except_what_its_caller_has_committed() {
    let mut desk = Desk::new("till");
    (1..=4).for_each(|ticket| desk.call(ticket, money(10)));
    desk.flush();
    desk.void_range(1, 5, &[2, 4]);
    assert_eq!(desk.flush(), ["to orders: tickets below 5 are void"]);
    let records: Vec<_> = (1..=4).map(|ticket| desk.record(ticket)).collect();
    assert_eq!(records, ["void", "done", "void", "done"]);
    assert_eq!(desk.machine.head().ledger["held"], 20);
}

/// It stops when it hears of them.
#[test]
fn nothing_is_undone_for_a_caller_that_has_lost_tickets() {
    let mut desk = Desk::new("till");
    (1..=4).for_each(|ticket| desk.call(ticket, money(10)));
    desk.void_range(1, 4, &[]);
    desk.flush();
    assert_eq!((desk.record(3), desk.fence(), desk.machine.head().ledger["held"]), ("done", 0, 40));
}

#[test]
fn a_range_is_voided_also_where_its_calls_are_not_durable_yet() {
    let mut desk = Desk::new("till");
    desk.call(1, money(10));
    desk.void_range(1, 4, &[]);
    desk.flush();
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyReleased"]);
    assert_eq!(desk.record(1), "void");
}

/// What is answered to a caller that has nothing to void.
fn highest(desk: &mut Desk) -> u64 {
    desk.void_range(4, 4, &[]);
    match desk.flush_raw().pop() {
        Some(Output::Send { message: PeerMessage::RangeVoided { highest, .. }, .. }) => highest.0,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_answer_names_the_highest_ticket_that_is_known() {
    let mut desk = Desk::new("till");
    assert_eq!(highest(&mut desk), 0);
    desk.void_range(1, 4, &[]);
    assert_eq!(highest(&mut desk), 3, "what was voided had been reserved");
    desk.call(7, money(10));
    assert_eq!(highest(&mut desk), 7, "also before it is durable");
    assert_eq!(highest(&mut desk), 7, "and after it");
    assert_eq!(desk.fence(), 4, "nothing is fenced where nothing is voided");
    let mut desk = desk.crash();
    assert_eq!(highest(&mut desk), 7);
}

#[test]
fn another_callers_calls_stay() {
    let mut desk = Desk::new("till");
    let other = CallRequest { key: key("others", 1, 0), ..call_request(1, money(10)) };
    desk.receives("others", PeerMessage::Call(other));
    desk.void_range(1, 4, &[]);
    desk.flush();
    assert_eq!(desk.log(), ["MoneyHeld"]);
}

#[test]
fn a_late_call_below_the_fence_is_not_done_and_one_at_the_fence_is() {
    let mut desk = Desk::new("till");
    desk.void_range(1, 4, &[]);
    desk.call(3, money(10));
    desk.call(4, money(10));
    assert_eq!(desk.flush()[1..], ["to orders: no, voided", r#"to orders: yes {"left":90}"#]);
    assert_eq!(desk.log(), ["MoneyHeld"]);
}

#[test]
fn a_call_that_was_done_before_the_fence_and_kept_is_answered_as_before() {
    let mut desk = Desk::new("till");
    desk.call(2, money(10));
    desk.void_range(1, 4, &[2]);
    desk.flush();
    desk.call(2, money(10));
    assert_eq!(desk.flush(), [r#"to orders: yes {"left":90}"#]);
}

#[test]
fn a_fence_never_goes_back() {
    let mut desk = Desk::new("till");
    desk.void_range(1, 9, &[]);
    desk.void_range(1, 4, &[]);
    assert_eq!(desk.flush(), ["to orders: tickets below 9 are void", "to orders: tickets below 4 are void"]);
    assert_eq!(desk.fence(), 9);
}

#[test]
fn a_fence_outlives_a_crash() {
    let mut desk = Desk::new("till");
    desk.void_range(1, 4, &[]);
    desk.flush();
    let mut desk = desk.crash();
    desk.call(3, money(10));
    assert_eq!(desk.flush(), ["to orders: no, voided"]);
}

#[test]
fn an_undo_below_the_fence_is_acknowledged_and_leaves_no_tombstone() {
    let mut desk = Desk::new("till");
    desk.void_range(1, 4, &[]);
    desk.flush();
    desk.undo(3);
    assert_eq!(desk.flush(), ["to orders: undone (ticket 3, step 0)"]);
    assert_eq!(desk.record(3), "nothing");
}

fn settled(desk: &mut Desk, ticket: u64, settled: u64) {
    let request = CallRequest { settled: Id(settled), ..call_request(ticket, money(10)) };
    desk.receives("orders", PeerMessage::Call(request));
    desk.flush();
}

#[test]
fn what_the_caller_has_settled_is_forgotten_and_fenced() {
    let mut desk = Desk::with("till", |limits| limits.forget_tickets = 3);
    settled(&mut desk, 1, 0);
    settled(&mut desk, 2, 0);
    settled(&mut desk, 3, 2);
    assert_eq!((desk.fence(), desk.record(1)), (0, "done"), "two tickets are not worth a write");
    settled(&mut desk, 4, 3);
    assert_eq!((desk.fence(), desk.record(1), desk.record(2)), (3, "nothing", "nothing"));
    assert_eq!((desk.record(3), desk.record(4)), ("done", "done"));
    desk.call(1, money(10));
    assert_eq!(desk.flush(), ["to orders: no, voided"]);
}

#[test]
fn a_call_and_what_settles_it_may_come_in_one_group() {
    let mut desk = Desk::with("till", |limits| limits.forget_tickets = 2);
    desk.call(1, money(10));
    let request = CallRequest { settled: Id(2), ..call_request(2, money(10)) };
    desk.receives("orders", PeerMessage::Call(request));
    desk.call(1, money(10));
    assert_eq!(desk.flush().last().map(String::as_str), Some("to orders: no, voided"));
    assert_eq!((desk.record(1), desk.record(2)), ("nothing", "done"));
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyHeld"]);
}

#[test]
fn an_undo_tells_of_settled_tickets_too() {
    let mut desk = Desk::with("till", |limits| limits.forget_tickets = 2);
    desk.call(1, money(10));
    desk.flush();
    desk.receives("orders", PeerMessage::Undo { key: key("orders", 5, 0), settled: Id(3) });
    desk.flush();
    assert_eq!((desk.fence(), desk.record(1), desk.record(5)), (3, "nothing", "void"));
}
