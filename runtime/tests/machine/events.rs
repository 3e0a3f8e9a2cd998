//! Events reach a consumer in order and are applied once, the effects and the position in one commit.
use crate::desk::{Desk, desk_with_order, event, money, note};
use crate::shop::orders::{Event, Wish};
use crate::shop::{shop_that_retired, till};
use kernel::{Id, Recorded};

const POLICIES: &str = "policies<orders";

/// An order for some money of purse 1, as till hears of it.
fn placed(position: u64, won: u64) -> Recorded {
    let wish = Wish { id: Id(position), purse: Id(1), won, goods: None };
    event(position, position, &Event::OrderPlaced(wish))
}

/// Till holds 60 won for whoever orders.
fn till_desk() -> Desk {
    let mut desk = Desk::new("till");
    desk.call(1, money(60));
    desk.flush();
    desk
}

#[test]
fn a_policy_follows_an_event_and_the_position_is_durable_with_it() {
    let mut desk = till_desk();
    desk.events(POLICIES, 0, vec![placed(1, 10)]);
    assert_eq!(desk.reader().head().expect("it works").positions[&POLICIES.parse().expect("a link")], 0);
    assert_eq!(desk.log(), ["MoneyHeld"]);
    desk.flush();
    assert_eq!(desk.reader().head().expect("it works").positions[&POLICIES.parse().expect("a link")], 1);
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyTaken"]);
}

#[test]
fn what_follows_is_no_older_than_its_cause_and_carries_its_meta() {
    let mut desk = till_desk();
    let late = kernel::Timestamp(1_900_000_000_000_000);
    let mut cause = Recorded { at: late, ..placed(1, 10) };
    cause.meta.correlation_id = "trip 7".into();
    desk.events(POLICIES, 0, vec![cause]);
    desk.flush();
    let follows = desk.recorded().pop().expect("the money is taken");
    assert!(follows.at > late);
    assert_eq!(&*follows.meta.correlation_id, "trip 7");
}

#[test]
fn an_event_that_is_delivered_again_is_not_applied_again() {
    let mut desk = till_desk();
    desk.events(POLICIES, 0, vec![placed(1, 10)]);
    desk.events(POLICIES, 0, vec![placed(1, 10), placed(2, 10)]);
    desk.flush();
    desk.events(POLICIES, 1, vec![placed(2, 10)]);
    desk.flush();
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyTaken", "MoneyTaken"]);
    assert_eq!(desk.position(POLICIES), 2);
}

#[test]
fn an_event_is_not_applied_again_after_a_crash() {
    let mut desk = till_desk();
    desk.events(POLICIES, 0, vec![placed(1, 10)]);
    desk.flush();
    let mut desk = desk.crash();
    assert_eq!(desk.wants(), ["policies<orders 1"]);
    desk.events(POLICIES, 0, vec![placed(1, 10)]);
    desk.flush();
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyTaken"]);
}

/// As a newer release of orders publishes it.
fn gifted(position: u64) -> Recorded {
    Recorded { event_type: "OrderGifted".into(), ..placed(position, 10) }
}

#[test]
fn an_event_that_the_release_does_not_know_is_left_to_a_newer_one_and_all_behind_it() {
    let mut desk = till_desk();
    desk.events(POLICIES, 0, vec![placed(1, 10), gifted(2), placed(3, 10)]);
    desk.flush();
    assert_eq!((desk.log().len(), desk.position(POLICIES)), (2, 1), "nothing is passed over");
    assert!(desk.wants().is_empty(), "it would find the same again");
    let why = "policies stopped reading orders: this release does not know OrderGifted (version 1) at 2; a newer one reads on";
    assert_eq!(desk.machine.status().stopped_consumer.as_deref(), Some(why));
    let mut desk = desk.upgrade(shop_that_retired("OrderGifted"));
    assert_eq!(desk.wants(), ["policies<orders 1"]);
    desk.events(POLICIES, 1, vec![gifted(2), placed(3, 10)]);
    desk.flush();
    assert_eq!(
        (desk.log(), desk.position(POLICIES)),
        (vec!["MoneyHeld".into(), "MoneyTaken".into(), "MoneyTaken".into()], 3)
    );
    assert_eq!(desk.machine.status().stopped_consumer, None);
}

#[test]
fn an_event_in_a_newer_version_than_the_release_knows_is_left_to_a_newer_one() {
    let mut desk = till_desk();
    desk.events(POLICIES, 0, vec![Recorded { version: 2, ..placed(1, 10) }]);
    desk.flush();
    assert_eq!((desk.log().len(), desk.position(POLICIES)), (1, 0));
}

#[test]
fn a_slice_behind_a_gap_is_not_applied() {
    let mut desk = till_desk();
    desk.events(POLICIES, 1, vec![placed(2, 10)]);
    desk.flush();
    assert_eq!((desk.log().len(), desk.position(POLICIES)), (1, 0));
    assert_eq!(desk.wants(), ["policies<orders 0"], "it is asked for again");
}

#[test]
fn a_consumer_moves_past_events_that_it_may_not_see() {
    let mut desk = till_desk();
    desk.slice(POLICIES, 0, vec![placed(2, 10)], 5);
    desk.flush();
    assert_eq!((desk.log().len(), desk.position(POLICIES)), (2, 5));
    desk.slice(POLICIES, 5, vec![], 9);
    assert!(desk.machine.is_dirty());
    desk.flush();
    assert_eq!(desk.position(POLICIES), 9);
}

#[test]
fn a_position_never_goes_back() {
    let mut desk = till_desk();
    desk.slice(POLICIES, 0, vec![], 5);
    desk.slice(POLICIES, 0, vec![], 3);
    desk.flush();
    assert_eq!(desk.position(POLICIES), 5);
}

#[test]
fn a_private_event_of_another_context_has_no_effect() {
    let mut desk = till_desk();
    desk.events(POLICIES, 0, vec![Recorded { published: false, ..placed(1, 10) }]);
    let mut pages = Desk::new("pages");
    pages.events("pages@1<orders", 0, vec![Recorded { published: false, ..placed(1, 10) }]);
    desk.flush();
    pages.flush();
    assert_eq!(desk.log(), ["MoneyHeld"]);
    assert_eq!(pages.row("pages@1", 1), None);
    assert_eq!((desk.position(POLICIES), pages.position("pages@1<orders")), (1, 1));
}

#[test]
fn a_context_sees_its_own_private_events() {
    let mut desk = desk_with_order();
    desk.request(note(1, "first"));
    desk.request(note(1, "second"));
    desk.flush();
    let own = desk.recorded();
    desk.events("notes@1<orders", 0, own);
    desk.flush();
    let rows = desk.reader().rows("notes@1", Id(0), 10).expect("it works");
    assert_eq!(rows[0].1.fold.as_deref(), Some(r#"{"page":2}"#));
}

#[test]
fn events_for_a_consumer_that_is_not_there_are_ignored() {
    let mut desk = till_desk();
    desk.events("pages@1<orders", 0, vec![placed(1, 10)]);
    assert!(desk.says().is_empty());
    assert_eq!(desk.log(), ["MoneyHeld"]);
}

#[test]
fn what_follows_from_an_event_wakes_up_who_waits_for_the_thing() {
    let mut desk = Desk::new("till");
    desk.call(1, money(till::LOCK));
    desk.call(2, money(10));
    desk.flush();
    desk.events(POLICIES, 0, vec![placed(1, till::LOCK)]);
    assert!(desk.flush().is_empty(), "the money is taken, and the purse is still locked");
    desk.undo(1);
    assert_eq!(desk.flush().len(), 1);
}
