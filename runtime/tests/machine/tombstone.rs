//! Tombstones: a call that was undone before it came is never done.
use crate::desk::{Desk, money};
use crate::shop::till::LOCK;

#[test]
fn an_undo_that_comes_before_its_call_leaves_a_tombstone() {
    let mut desk = Desk::new("till");
    desk.undo(1);
    assert_eq!(desk.flush(), ["to orders: undone (ticket 1, step 0)"]);
    assert_eq!(desk.record(1), "void");
    desk.call(1, money(30));
    assert_eq!(desk.flush(), ["to orders: no, voided"]);
    assert!(desk.log().is_empty());
}

#[test]
fn a_tombstone_holds_within_its_group() {
    let mut desk = Desk::new("till");
    desk.undo(1);
    desk.call(1, money(30));
    assert_eq!(desk.flush(), ["to orders: undone (ticket 1, step 0)", "to orders: no, voided"]);
    assert!(desk.log().is_empty());
}

#[test]
fn a_tombstone_outlives_a_crash() {
    let mut desk = Desk::new("till");
    desk.undo(1);
    desk.flush();
    let mut desk = desk.crash();
    desk.call(1, money(30));
    assert_eq!(desk.flush(), ["to orders: no, voided"]);
    assert!(desk.log().is_empty());
}

#[test]
fn a_call_that_was_done_and_undone_is_not_done_again() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    desk.undo(1);
    desk.flush();
    desk.call(1, money(30));
    assert_eq!(desk.flush(), ["to orders: no, voided"]);
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyReleased"]);
}

#[test]
fn a_call_that_is_undone_while_it_waits_is_never_done() {
    let mut desk = Desk::new("till");
    desk.call(9, money(LOCK));
    desk.call(1, money(30));
    desk.flush();
    desk.undo(1);
    desk.flush();
    desk.undo(9);
    assert_eq!(desk.flush(), ["to orders: undone (ticket 9, step 0)", "to orders: no, voided"]);
    assert_eq!(desk.log(), ["MoneyHeld", "PurseLocked", "MoneyReleased", "PurseUnlocked"]);
}

#[test]
fn a_tombstone_of_one_ticket_lets_others_through() {
    let mut desk = Desk::new("till");
    desk.undo(1);
    desk.call(2, money(30));
    assert_eq!(desk.flush()[1..], [r#"to orders: yes {"left":70}"#]);
}
