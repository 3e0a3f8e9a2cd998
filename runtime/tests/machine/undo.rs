//! Undo, on both sides: the caller sends it until it is acknowledged, the callee takes back what the call did, once.
use crate::desk::{Desk, event, key, money, no, order, order_goods, yes};
use crate::shop::orders::{self, Wish};
use crate::shop::shop;
use kernel::Id;
use runtime::message::PeerMessage;
use std::sync::Arc;

const UNDO: &str = "to till: undo (ticket 1, step 0)";
const UNDONE: &str = "to orders: undone (ticket 1, step 0)";

fn refused_order() -> Desk {
    let mut desk = Desk::new("orders");
    desk.request(order(300));
    desk.reply(1, 0, no("too-much"));
    desk.says();
    desk
}

#[test]
fn an_undo_is_sent_again_with_growing_pauses_until_it_is_acknowledged() {
    let mut desk = refused_order();
    for pause_ms in [50, 100, 200] {
        desk.after_ms(pause_ms - 1);
        assert!(desk.says().is_empty(), "before {pause_ms} ms");
        desk.after_ms(1);
        assert_eq!(desk.says(), [UNDO], "after {pause_ms} ms");
    }
    desk.undone(1, 0);
    desk.after_ms(10_000);
    assert!(desk.says().is_empty());
    assert!(desk.machine.is_idle());
}

#[test]
fn the_pause_between_two_tries_has_a_longest() {
    let mut desk = refused_order();
    for _ in 0..10 {
        desk.after_ms(2000);
        assert_eq!(desk.at_once().last().map(String::as_str), Some(UNDO));
    }
}

#[test]
fn each_step_is_acknowledged_for_itself() {
    let mut desk = Desk::new("orders");
    desk.request(order_goods(30));
    desk.reply(1, 0, yes());
    desk.reply(1, 1, no("gone"));
    desk.says();
    desk.undone(1, 1);
    desk.undone(1, 1);
    desk.receives("till", PeerMessage::Undone { key: key("others", 1, 0) });
    desk.undone(2, 0);
    desk.after_ms(50);
    assert_eq!(desk.says(), [UNDO]);
    assert_eq!(desk.machine.status().undoing, 1);
    desk.undone(1, 0);
    assert_eq!(desk.machine.status().undoing, 0);
}

#[test]
fn an_acknowledgement_of_a_call_that_nobody_undoes_says_nothing() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.undone(1, 0);
    desk.says();
    desk.reply(1, 0, yes());
    assert_eq!(desk.says(), [r#"response 1: {"id":1,"note":"","queued":false}"#]);
}

#[test]
fn a_ticket_is_settled_only_when_its_undo_is_acknowledged() {
    let mut desk = refused_order();
    assert_eq!(desk.machine.head().settled, Id(1));
    desk.undone(1, 0);
    desk.flush();
    assert_eq!(desk.machine.head().settled, Id(2));
}

#[test]
fn undos_leave_in_shares_the_oldest_ticket_first() {
    let mut desk = Desk::with("orders", |limits| limits.undo_share = 1);
    for ticket in [1, 2] {
        desk.request(order(300));
        desk.reply(ticket, 0, no("too-much"));
    }
    desk.says();
    desk.after_ms(50);
    assert_eq!(desk.says(), [UNDO]);
    desk.after_ms(0);
    assert_eq!(desk.says(), ["to till: undo (ticket 2, step 0)"]);
}

#[test]
fn an_undo_takes_back_what_the_call_did_and_is_acknowledged_when_that_is_durable() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    desk.flush();
    desk.undo(1);
    assert!(desk.at_once().is_empty());
    assert_eq!(desk.flush(), [UNDONE]);
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyReleased"]);
    assert_eq!(desk.record(1), "void");
    assert_eq!(desk.machine.head().ledger["held"], 0);
}

#[test]
fn an_undo_in_the_group_of_its_call_takes_it_back_too() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    desk.undo(1);
    assert_eq!(desk.flush(), [r#"to orders: yes {"left":70}"#, UNDONE]);
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyReleased"]);
}

#[test]
fn an_undo_that_comes_again_is_acknowledged_and_done_once() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    desk.undo(1);
    desk.undo(1);
    desk.flush();
    desk.undo(1);
    assert_eq!(desk.machine.gathered(), 0, "nothing is left to be written");
    assert_eq!(desk.flush(), [UNDONE]);
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyReleased"]);
}

/// The money of ticket 1 is held and taken, so that it can't be released any more; then the undo comes.
fn refused_undo() -> Desk {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    let wish = Wish { id: Id(1), purse: Id(1), won: 30, goods: None };
    desk.events("policies<orders", 0, vec![event(1, 1, &orders::Event::OrderPlaced(wish))]);
    desk.flush();
    desk.undo(1);
    desk
}

#[test]
fn an_undo_that_is_refused_is_acknowledged_and_parked_for_an_operator() {
    let mut desk = refused_undo();
    assert_eq!(desk.flush(), [UNDONE]);
    assert_eq!(desk.parked(), ["undo<orders 1, tried 1: the undo was refused: already-taken"]);
    assert_eq!(desk.record(1), "void");
    assert_eq!(desk.machine.wakes_at(), None, "it is not tried again by itself");
}

#[test]
fn an_operator_has_a_parked_undo_tried_again() {
    let mut desk = refused_undo();
    desk.flush();
    desk.resume(1, None);
    assert_eq!(desk.flush(), ["resumed 0"]);
    assert_eq!(desk.parked(), ["undo<orders 1, tried 2: the undo was refused: already-taken"]);
    desk.call(2, money(30));
    desk.resume(1, None);
    assert_eq!(desk.flush(), [r#"to orders: yes {"left":40}"#, "resumed 1"]);
    assert!(desk.parked().is_empty());
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyTaken", "MoneyHeld", "MoneyReleased"]);
}

#[test]
fn a_parked_undo_outlives_a_crash() {
    let mut desk = refused_undo();
    desk.flush();
    let mut desk = desk.crash();
    desk.call(2, money(30));
    desk.resume(1, None);
    assert!(desk.flush().contains(&"resumed 1".to_string()));
}

#[test]
fn an_undo_that_this_release_does_not_know_is_parked() {
    let mut desk = Desk::new("till");
    desk.call(1, money(30));
    desk.flush();
    let mut system = Arc::into_inner(shop()).expect("nobody else holds it");
    system.contexts[1].callees.clear();
    let mut desk = desk.upgrade(Arc::new(system));
    desk.undo(1);
    assert_eq!(desk.flush(), [UNDONE]);
    assert_eq!(desk.parked(), [r#"undo<orders 1, tried 1: nobody knows how to undo "hold the money""#]);
}
