//! Doubt: after a crash, the tickets that may have been spoken of are voided at every callee, and each says whether it knows one that was lost.
use crate::desk::{CALL_MS, Desk, desk_with_order, no, order, yes};
use kernel::Id;

/// An order under way when the process ends.
fn crashed() -> Desk {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.says();
    let mut desk = desk.crash();
    desk.after_ms(0);
    desk
}

const VOID_BOTH: [&str; 2] = ["to shelf: void 1..1025 except []", "to till: void 1..1025 except []"];
const NOTHING_TO_VOID: [&str; 2] = ["to shelf: void 2..2 except []", "to till: void 2..2 except []"];

#[test]
fn after_a_crash_every_callee_is_asked_to_void_what_is_in_doubt() {
    let mut desk = crashed();
    assert!(desk.at_once().is_empty(), "not before the new reservation is durable");
    assert_eq!(desk.flush(), VOID_BOTH);
    assert_eq!(desk.machine.status().in_doubt, 2);
    assert!(!desk.machine.is_idle());
}

#[test]
fn a_saga_is_never_resumed_and_its_ticket_is_not_given_again() {
    let mut desk = crashed();
    desk.flush();
    desk.reply(1, 0, yes());
    assert!(desk.says().is_empty());
    desk.request(order(30));
    desk.range_voided("till", 1025);
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 1025, step 0)"]);
    assert!(desk.log().is_empty());
}

#[test]
fn a_callee_in_doubt_is_not_called_until_it_has_voided() {
    let mut desk = crashed();
    desk.flush();
    desk.request(order(30));
    assert!(desk.says().is_empty(), "the same customer's own former call may still be held there");
    desk.range_voided("shelf", 1025);
    assert!(desk.says().is_empty());
    desk.range_voided("till", 1025);
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 1025, step 0)"]);
    desk.reply(1025, 0, yes());
    assert_eq!(desk.says(), [r#"response 1: {"id":1025,"note":"","queued":false}"#]);
}

#[test]
fn a_callee_that_stays_in_doubt_fails_the_request_at_its_deadline_and_nothing_is_undone() {
    let mut desk = crashed();
    desk.flush();
    desk.request(order(30));
    desk.later_ms(CALL_MS);
    desk.after_ms(0);
    let said: Vec<String> = desk.says().into_iter().filter(|said| !said.contains("void")).collect();
    assert_eq!(said, ["response 1: unavailable, till"]);
}

/// One acknowledgement is missing, and meanwhile many orders are placed.
#[test]
fn what_is_settled_above_the_mark_stays_short_however_much_it_is() {
    let mut desk = Desk::new("orders");
    desk.request(order(300));
    desk.reply(1, 0, no("too-much"));
    for ticket in 2..100 {
        desk.request(order(30));
        desk.reply(ticket, 0, if ticket % 3 == 0 { no("too-much") } else { yes() });
        desk.undone(ticket, 0);
        desk.says();
    }
    let head = desk.machine.head();
    assert_eq!((head.settled, head.settled_ahead.ranges()), (Id(1), 1));
    assert!((2..100).all(|ticket| head.settled_ahead.contains(Id(ticket))) && !head.settled_ahead.contains(Id(1)));
}

#[test]
fn what_is_committed_is_kept() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.request(order(30));
    desk.reply(2, 0, yes());
    desk.says();
    let mut desk = desk.crash();
    desk.after_ms(0);
    assert_eq!(desk.flush(), ["to shelf: void 1..1025 except [2]", "to till: void 1..1025 except [2]"]);
}

#[test]
fn a_commit_that_was_not_durable_is_not_kept() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.reply(1, 0, yes());
    let mut desk = desk.crash();
    desk.after_ms(0);
    assert_eq!(desk.flush(), VOID_BOTH);
    assert!(desk.log().is_empty());
}

#[test]
fn an_undo_that_was_not_acknowledged_is_in_doubt_too() {
    let mut desk = Desk::new("orders");
    desk.request(order(300));
    desk.reply(1, 0, no("too-much"));
    desk.says();
    let mut desk = desk.crash();
    desk.after_ms(0);
    assert_eq!(desk.flush(), VOID_BOTH);
}

#[test]
fn it_is_asked_again_with_growing_pauses_of_those_that_have_not_acknowledged() {
    let mut desk = crashed();
    desk.flush();
    desk.range_voided("shelf", 1025);
    for pause_ms in [50, 100, 200] {
        desk.after_ms(pause_ms - 1);
        assert!(desk.says().is_empty(), "before {pause_ms} ms");
        desk.after_ms(1);
        assert_eq!(desk.says(), [VOID_BOTH[1]], "after {pause_ms} ms");
    }
}

#[test]
fn it_is_asked_again_soon_when_a_request_waits_for_it() {
    let mut desk = crashed();
    desk.flush();
    for pause_ms in [50, 100, 200, 400] {
        desk.after_ms(pause_ms);
        desk.says();
    }
    desk.request(order(30));
    desk.after_ms(49);
    assert!(desk.says().is_empty());
    desk.after_ms(1);
    assert_eq!(desk.says(), VOID_BOTH);
}

#[test]
fn when_all_have_acknowledged_everything_is_settled() {
    let mut desk = crashed();
    desk.flush();
    desk.range_voided("shelf", 1025);
    desk.flush();
    assert_eq!((desk.machine.status().in_doubt, desk.machine.head().settled), (1, Id(1)));
    desk.range_voided("till", 1025);
    desk.flush();
    assert_eq!((desk.machine.status().in_doubt, desk.machine.head().settled), (0, Id(1025)));
    assert!(desk.machine.is_idle());
}

/// The till has answered, and has an order since, when the process ends again. The shelf has never answered.
fn crashed_again() -> Desk {
    let mut desk = crashed();
    desk.flush();
    desk.range_voided("till", 1025);
    desk.request(order(30));
    desk.says();
    let mut desk = desk.crash();
    desk.after_ms(0);
    desk
}

#[test]
fn each_callee_is_asked_for_the_tickets_that_it_can_have_been_given() {
    assert_eq!(crashed_again().flush(), ["to shelf: void 1..1025 except []", "to till: void 1..2049 except []"]);
}

#[test]
fn an_acknowledgement_of_an_older_range_says_nothing() {
    let mut desk = crashed_again();
    desk.flush();
    desk.range_voided("till", 1025);
    assert_eq!(desk.machine.status().in_doubt, 2);
}

#[test]
fn an_acknowledgement_that_an_earlier_process_has_asked_for_counts_where_the_question_is_the_same() {
    let mut desk = crashed_again();
    desk.flush();
    desk.range_voided("shelf", 1025);
    assert_eq!(desk.machine.status().in_doubt, 1);
}

#[test]
fn a_call_does_not_leave_before_it_is_durable_that_its_callee_was_heard() {
    let mut desk = crashed();
    desk.flush();
    desk.request(order(30));
    desk.range_voided("till", 1025);
    assert!(desk.at_once().is_empty(), "a later process would take the ticket for a lost one");
    assert_eq!(desk.flush(), ["to till: call hold the money (ticket 1025, step 0)"]);
    desk.request(order(30));
    assert_eq!(desk.at_once(), ["to till: call hold the money (ticket 1026, step 0)"]);
}

#[test]
fn an_acknowledgement_without_a_name_is_its_senders() {
    let mut desk = crashed();
    desk.receives(
        "till",
        runtime::message::PeerMessage::RangeVoided { by: String::new(), to: Id(1025), highest: Id(0) },
    );
    assert_eq!(desk.machine.status().in_doubt, 1);
}

#[test]
fn new_requests_go_on_while_others_are_in_doubt() {
    let mut desk = crashed();
    desk.flush();
    desk.range_voided("till", 1025);
    desk.request(order(30));
    desk.reply(1025, 0, yes());
    desk.says();
    assert_eq!(desk.log(), ["OrderPlaced"]);
    assert_eq!(desk.machine.head().settled, Id(1));
    assert_eq!(desk.machine.head().settled_ahead, [Id(1025)].into_iter().collect());
}

#[test]
fn a_context_that_was_closed_leaves_nothing_in_doubt() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.reply(1, 0, yes());
    let mut desk = desk.close();
    desk.after_ms(0);
    assert_eq!(desk.flush(), NOTHING_TO_VOID, "the answer tells whether tickets were lost");
    assert_eq!(desk.machine.status().in_doubt, 0);
    assert!(desk.machine.is_idle(), "no answer is waited for");
    desk.request(order(30));
    assert!(desk.says().is_empty(), "the till has not answered");
    desk.range_voided("till", 2);
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 2, step 0)"], "no ticket is skipped");
}

/// One order, then an orderly end.
fn closed() -> Desk {
    let mut desk = desk_with_order().close();
    desk.after_ms(0);
    desk.flush();
    desk
}

#[test]
fn after_an_orderly_end_callees_are_asked_until_they_have_answered() {
    let mut desk = closed();
    desk.range_voided("shelf", 2);
    desk.after_ms(50);
    assert_eq!(desk.flush(), [NOTHING_TO_VOID[1]]);
    desk.range_voided("till", 2);
    desk.after_ms(100);
    assert!(desk.says().is_empty());
    assert_eq!(desk.machine.wakes_at(), None);
}

#[test]
fn a_store_that_has_never_given_a_ticket_asks_nobody() {
    let mut desk = Desk::new("orders");
    desk.after_ms(0);
    assert!(desk.says().is_empty());
}

#[test]
fn a_callee_that_knows_a_ticket_in_doubt_knows_nothing_that_is_lost() {
    let mut desk = crashed();
    desk.flush();
    assert_eq!(desk.finds_lost("till", 1025, 1024), None);
    assert_eq!(desk.machine.status().in_doubt, 1);
}

#[test]
fn a_callee_that_knows_a_ticket_which_was_never_given_shows_that_the_store_went_back() {
    let mut desk = crashed();
    desk.flush();
    let said = desk.finds_lost("till", 1025, 1025).expect("the store went back");
    assert!(said.starts_with("The store of orders has gone back in time: it has given no ticket from 1025 on, and till remembers its ticket 1025."), "{said}");
}

#[test]
fn a_loss_shows_to_every_later_process() {
    let mut desk = crashed();
    desk.flush();
    desk.range_voided("shelf", 1025);
    for process in 2..5 {
        assert!(desk.finds_lost("till", 1025, 1030).is_some(), "process {process}");
        desk.says();
        desk = desk.crash();
        desk.after_ms(0);
        let asked = desk.flush();
        assert!(asked.contains(&VOID_BOTH[1].to_string()), "process {process} has reserved further: {asked:?}");
    }
}

#[test]
fn after_an_orderly_end_it_shows_too() {
    let mut desk = closed();
    desk.request(order(30));
    assert_eq!(desk.finds_lost("shelf", 2, 1), None);
    assert!(desk.finds_lost("till", 2, 2).is_some());
    assert!(desk.says().is_empty(), "ticket 2 is not given to the till a second time");
}

#[test]
fn an_answer_that_nobody_waits_for_any_more_shows_nothing() {
    let mut desk = crashed();
    desk.flush();
    desk.range_voided("till", 1025);
    desk.request(order(30));
    assert_eq!(desk.finds_lost("till", 1025, 1025), None, "it was called meanwhile");
    assert_eq!(desk.finds_lost("shelf", 9, 4000), None, "it is the answer to another question");
}

#[test]
fn a_context_that_was_closed_under_way_leaves_its_tickets_in_doubt() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    assert_eq!(desk.close().machine.status().in_doubt, 2);
}
