//! Parking: an event that can't be applied waits with its reason, later events of its key behind it, and other keys go on.
use crate::desk::{Desk, event, money};
use crate::shop::orders::{Event, Wish};
use crate::shop::pages::BREAK;
use crate::shop::till::HoldMoney;
use kernel::{Id, Recorded};

const POLICIES: &str = "policies<orders";

/// An order of a purse: it is refused while nothing is held there.
fn placed(position: u64, key: u64, purse: u64) -> Recorded {
    let wish = Wish { id: Id(key), purse: Id(purse), won: 10, goods: None };
    event(position, key, &Event::OrderPlaced(wish))
}

/// Two orders of key 1 on purse 1, where nothing is held; then one of key 2 on purse 2, where money is held.
fn parked_desk(mut desk: Desk) -> Desk {
    desk.call(1, HoldMoney { purse: Id(2), won: 10 });
    desk.events(POLICIES, 0, vec![placed(1, 1, 1), placed(2, 1, 2), placed(3, 2, 2)]);
    desk.flush();
    desk
}

const FIRST: &str = "policies<orders 1, tried 1: Take was refused: nothing-held";
const BEHIND: &str = "policies<orders 2, tried 0: waits behind an earlier event of its key";

#[test]
fn an_event_that_is_refused_is_parked_and_later_ones_of_its_key_wait_behind_it() {
    let desk = parked_desk(Desk::new("till"));
    assert_eq!(desk.parked(), [FIRST, BEHIND]);
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyTaken"], "the other key has gone on");
    assert_eq!(desk.position(POLICIES), 3);
    let status = desk.machine.status();
    assert_eq!((status.parked_events, status.parked_keys), (2, 1));
}

#[test]
fn it_is_tried_again_by_itself_with_growing_pauses_and_then_left_to_an_operator() {
    let mut desk = parked_desk(Desk::new("till"));
    for (pause_ms, tries) in [(100, 2), (400, 3), (800, 4)] {
        desk.after_ms(pause_ms - 1);
        desk.flush();
        assert!(desk.parked()[0].contains(&format!("tried {}", tries - 1)), "before {pause_ms} ms");
        desk.after_ms(1);
        desk.flush();
        assert!(desk.parked()[0].contains(&format!("tried {tries}")), "after {pause_ms} ms");
    }
    assert_eq!(desk.machine.wakes_at(), None);
}

#[test]
fn what_can_be_applied_by_then_is_applied_in_order_with_all_behind_it() {
    let mut desk = parked_desk(Desk::new("till"));
    desk.call(2, money(10));
    desk.call(3, HoldMoney { purse: Id(2), won: 10 });
    desk.after_ms(100);
    desk.flush();
    assert!(desk.parked().is_empty());
    let taken: Vec<_> = desk.recorded().into_iter().filter(|event| event.event_type == "MoneyTaken").collect();
    assert_eq!(taken.iter().map(|event| event.id.0).collect::<Vec<_>>(), [2, 1, 2]);
    assert_eq!(desk.machine.status().parked_events, 0);
}

#[test]
fn a_later_event_that_fails_in_its_turn_is_parked_in_front() {
    let mut desk = parked_desk(Desk::new("till"));
    desk.call(2, money(10));
    desk.after_ms(100);
    desk.flush();
    assert_eq!(desk.parked(), ["policies<orders 2, tried 1: Take was refused: nothing-held"]);
}

#[test]
fn an_event_of_a_parked_key_that_comes_later_waits_behind_too() {
    let mut desk = parked_desk(Desk::new("till"));
    desk.call(2, money(10));
    desk.events(POLICIES, 3, vec![placed(4, 1, 1)]);
    desk.flush();
    assert_eq!(desk.parked().len(), 3);
    assert_eq!(desk.log(), ["MoneyHeld", "MoneyTaken", "MoneyHeld"]);
}

#[test]
fn without_retries_only_an_operator_has_it_tried_again() {
    let desk = parked_desk(Desk::with("till", |limits| limits.poison_retries = 0));
    assert_eq!(desk.machine.wakes_at(), None);
}

#[test]
fn an_operator_has_a_key_tried_again() {
    let mut desk = parked_desk(Desk::new("till"));
    desk.resume(1, None);
    assert_eq!(desk.flush(), ["resumed 0"]);
    assert!(desk.parked()[0].contains("tried 2"));
    desk.call(2, money(10));
    desk.call(3, HoldMoney { purse: Id(2), won: 10 });
    desk.resume(1, None);
    assert_eq!(desk.flush().last().map(String::as_str), Some("resumed 2"));
    assert!(desk.parked().is_empty());
}

#[test]
fn an_operator_skips_the_first_event_of_a_key_with_a_reason_that_is_kept() {
    let mut desk = parked_desk(Desk::new("till"));
    desk.call(3, HoldMoney { purse: Id(2), won: 10 });
    desk.resume(1, Some("paid in cash"));
    assert_eq!(desk.flush().last().map(String::as_str), Some("resumed 2"));
    assert!(desk.parked().is_empty());
    let skipped = &desk.machine.head().skipped;
    assert_eq!(skipped.len(), 1);
    assert_eq!((skipped[0].position, skipped[0].key, &*skipped[0].reason), (1, Id(1), "paid in cash"));
    assert_eq!((&*skipped[0].consumer, &*skipped[0].source), ("policies", "orders"));
}

#[test]
fn a_key_without_parked_events_can_not_be_resumed() {
    let mut desk = parked_desk(Desk::new("till"));
    desk.resume(2, Some("why not"));
    assert_eq!(desk.flush(), ["not resumed: nothing is parked for key 2"]);
    assert_eq!(desk.parked().len(), 2);
}

#[test]
fn what_is_parked_outlives_a_crash_with_its_order_and_its_pause() {
    let mut desk = parked_desk(Desk::new("till"));
    desk.after_ms(60);
    let mut desk = desk.crash();
    desk.flush();
    desk.call(2, money(10));
    desk.call(3, HoldMoney { purse: Id(2), won: 10 });
    desk.after_ms(39);
    assert_eq!(desk.parked(), [FIRST, BEHIND]);
    desk.after_ms(1);
    desk.flush();
    assert!(desk.parked().is_empty());
}

#[test]
fn a_wall_clock_that_was_set_back_does_not_lengthen_a_pause() {
    let desk = parked_desk(Desk::new("till"));
    let mut desk = desk.crash_with_clock_back(3_600_000);
    desk.flush();
    desk.call(2, money(10));
    desk.call(3, HoldMoney { purse: Id(2), won: 10 });
    desk.after_ms(200);
    desk.flush();
    assert!(desk.parked().is_empty());
}

#[test]
fn with_more_parked_keys_than_allowed_the_consumer_stops_and_says_so() {
    let mut desk = parked_desk(Desk::with("till", |limits| limits.parked_keys_max = 1));
    desk.events(POLICIES, 3, vec![placed(4, 7, 7), placed(5, 2, 2)]);
    desk.flush();
    assert_eq!((desk.parked().len(), desk.position(POLICIES)), (2, 3), "nothing is lost and nothing is passed over");
    assert!(desk.wants().is_empty());
    let stopped = desk.machine.status().stopped_consumer;
    assert_eq!(stopped.as_deref(), Some("policies stopped reading orders: 1 keys are parked"));
    desk.events(POLICIES, 3, vec![placed(4, 7, 7)]);
    desk.flush();
    assert_eq!(desk.position(POLICIES), 3);
}

#[test]
fn a_consumer_that_had_stopped_reads_on_when_a_key_is_empty_again() {
    let mut desk = parked_desk(Desk::with("till", |limits| limits.parked_keys_max = 1));
    desk.events(POLICIES, 3, vec![placed(4, 7, 7)]);
    desk.call(2, money(10));
    desk.call(3, HoldMoney { purse: Id(2), won: 10 });
    desk.resume(1, None);
    desk.flush();
    assert_eq!(desk.wants(), ["policies<orders 3"]);
    assert_eq!(desk.machine.status().stopped_consumer, None);
    desk.events(POLICIES, 3, vec![placed(4, 7, 7)]);
    desk.flush();
    assert_eq!(desk.position(POLICIES), 4);
}

#[test]
fn an_event_that_can_not_be_read_is_parked() {
    let mut desk = Desk::new("till");
    desk.events(POLICIES, 0, vec![Recorded { body: "nonsense".into(), ..placed(1, 1, 1) }]);
    desk.flush();
    assert!(desk.parked()[0].contains("OrderPlaced can't be read"), "{:?}", desk.parked());
}

#[test]
fn a_fold_that_breaks_parks_its_event_and_leaves_the_row_as_it_was() {
    let mut desk = Desk::new("pages");
    let order = |position, won| {
        let wish = Wish { id: Id(1), purse: Id(1), won, goods: None };
        event(position, 1, &Event::OrderPlaced(wish))
    };
    desk.events("pages@1<orders", 0, vec![order(1, 10), order(2, BREAK), order(3, 30)]);
    desk.flush();
    let parked = desk.parked();
    assert!(parked[0].contains("this fold breaks"), "{parked:?}");
    assert_eq!(parked.len(), 2);
    assert_eq!(desk.row("pages@1", 1).as_deref(), Some(r#"{"id":1,"ordered":10,"taken":0}"#));
}

#[test]
fn consumers_park_apart() {
    let mut desk = Desk::new("pages");
    let wish = Wish { id: Id(1), purse: Id(1), won: BREAK, goods: None };
    desk.events("pages@1<orders", 0, vec![event(1, 1, &Event::OrderPlaced(wish))]);
    let taken = crate::shop::till::Event::MoneyTaken { order: Id(1), won: 5 };
    desk.events("pages@1<till", 0, vec![event(1, 2, &taken)]);
    desk.flush();
    assert_eq!(desk.parked().len(), 1, "another key of the same view goes on");
    assert_eq!(desk.position("pages@1<till"), 1);
}
