//! Sagas: call the others, commit once at home, or tell the client why not.
use crate::desk::{CALL_MS, Desk, desk_with_order, key, no, note, order, order_goods, order_or_queue, paid_note, yes};
use runtime::limits::Limits;
use runtime::message::PeerMessage;
use runtime::request::ClientRequest;

const CALL_TILL: &str = "to till: call hold the money (ticket 1, step 0)";
const CALL_SHELF: &str = "to shelf: call hold the goods (ticket 1, step 1)";
const UNDO_TILL: &str = "to till: undo (ticket 1, step 0)";
const UNDO_SHELF: &str = "to shelf: undo (ticket 1, step 1)";

#[test]
fn a_saga_calls_one_step_after_another_and_commits_once() {
    let mut desk = Desk::new("orders");
    desk.request(order_goods(30));
    assert_eq!(desk.says(), [CALL_TILL]);
    desk.reply(1, 0, yes());
    assert_eq!(desk.says(), [CALL_SHELF]);
    assert!(desk.log().is_empty(), "nothing of the request exists before its last command");
    desk.reply(1, 1, Ok("{}".into()));
    assert!(desk.at_once().is_empty());
    assert_eq!(desk.flush(), [r#"response 1: {"id":1,"note":"","queued":false}"#]);
    assert_eq!(desk.log(), ["OrderPlaced"]);
    assert!(desk.machine.is_idle());
}

#[test]
fn a_step_that_calls_nobody_is_passed_over() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.reply(1, 0, yes());
    assert_eq!(desk.says(), [CALL_TILL, r#"response 1: {"id":1,"note":"","queued":false}"#]);
}

#[test]
fn a_refused_call_is_told_to_the_client_and_undone() {
    let mut desk = Desk::new("orders");
    desk.request(order(300));
    desk.at_once();
    desk.reply(1, 0, no("too-much"));
    assert_eq!(desk.at_once(), [UNDO_TILL]);
    assert_eq!(desk.flush(), ["response 1: refused, too-much"]);
    assert!(desk.log().is_empty());
}

#[test]
fn a_refused_second_step_undoes_both_the_last_one_first() {
    let mut desk = Desk::new("orders");
    desk.request(order_goods(30));
    desk.reply(1, 0, yes());
    desk.at_once();
    desk.reply(1, 1, no("gone"));
    assert_eq!(desk.at_once(), [UNDO_SHELF, UNDO_TILL]);
    assert_eq!(desk.flush(), ["response 1: refused, gone"]);
}

#[test]
fn an_answer_that_can_not_be_read_fails_the_saga() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.at_once();
    desk.reply(1, 0, Ok("nonsense".into()));
    assert_eq!(desk.says(), [UNDO_TILL, "response 1: unavailable, an answer that can be read"]);
}

#[test]
fn a_declared_fallback_is_committed_in_place_of_a_failure_and_its_calls_are_undone() {
    let mut desk = Desk::new("orders");
    desk.request(order_or_queue(300));
    desk.at_once();
    desk.reply(1, 0, no("too-much"));
    assert_eq!(desk.says(), [UNDO_TILL, r#"response 1: {"id":1,"note":"","queued":true}"#]);
    assert_eq!(desk.log(), ["OrderQueued"]);
}

#[test]
fn a_step_out_of_time_is_unknown_and_so_it_is_undone() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.at_once();
    desk.after_ms(CALL_MS - 1);
    assert!(desk.says().is_empty());
    desk.after_ms(1);
    assert_eq!(desk.says(), [UNDO_TILL, "response 1: unavailable, till"]);
    desk.reply(1, 0, yes());
    assert!(desk.says().is_empty(), "a late answer says nothing");
    assert!(desk.log().is_empty());
}

#[test]
fn an_unreachable_callee_is_called_again_once_after_a_pause() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.at_once();
    desk.not_sent(1, 0);
    assert!(desk.says().is_empty());
    desk.reply(1, 0, yes());
    assert!(desk.says().is_empty(), "nobody can answer a call that has not left");
    desk.after_ms(desk.limits.retry_pause_ms);
    assert_eq!(desk.says(), [CALL_TILL]);
    desk.not_sent(1, 0);
    assert_eq!(desk.says(), [UNDO_TILL, "response 1: unavailable, till"]);
}

#[test]
fn a_call_that_is_sent_again_has_only_the_time_that_is_left() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    let time_left = |desk: &mut Desk| match desk.machine.take_at_once().pop() {
        Some(runtime::machine::Output::Send { message: PeerMessage::Call(call), .. }) => call.time_left_ms,
        other => panic!("no call: {other:?}"),
    };
    assert_eq!(time_left(&mut desk), CALL_MS);
    desk.after_ms(100);
    desk.not_sent(1, 0);
    desk.after_ms(desk.limits.retry_pause_ms);
    assert_eq!(time_left(&mut desk), CALL_MS - 100 - desk.limits.retry_pause_ms);
}

#[test]
fn a_callee_that_can_not_be_reached_any_more_in_time_is_not_called_again() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.at_once();
    desk.after_ms(CALL_MS - desk.limits.retry_pause_ms);
    desk.not_sent(1, 0);
    assert_eq!(desk.says(), [UNDO_TILL, "response 1: unavailable, till"]);
}

#[test]
fn a_reply_that_is_not_to_the_pending_call_says_nothing() {
    let mut desk = Desk::new("orders");
    desk.request(order_goods(30));
    desk.reply(1, 0, yes());
    desk.says();
    desk.reply(1, 0, no("too-much"));
    desk.reply(2, 1, no("too-much"));
    desk.receives("shelf", PeerMessage::Reply { key: key("others", 1, 1), result: no("gone") });
    assert!(desk.says().is_empty());
    assert_eq!(desk.machine.status().sagas, 1);
}

#[test]
fn what_the_last_command_would_refuse_is_refused_without_a_call() {
    let mut desk = Desk::new("orders");
    desk.request(paid_note(9, "ring twice"));
    assert_eq!(desk.says(), ["response 1: refused, no-such-order"]);
}

#[test]
fn what_is_so_already_is_answered_without_a_call() {
    let mut desk = desk_with_order();
    desk.request(note(1, "ring twice"));
    desk.says();
    desk.request(paid_note(1, "ring twice"));
    assert_eq!(desk.says(), [r#"response 3: {"id":1,"note":"ring twice","queued":false}"#]);
    assert_eq!(desk.log(), ["OrderPlaced", "OrderNoted"]);
}

#[test]
fn a_last_command_that_is_refused_in_the_end_undoes_the_calls() {
    let mut desk = desk_with_order();
    desk.request(paid_note(1, "ring twice"));
    desk.request(note(1, "lock"));
    desk.says();
    desk.reply(2, 0, yes());
    assert_eq!(desk.says(), ["to till: undo (ticket 2, step 0)", "response 2: refused, undecided"]);
}

#[test]
fn what_became_so_meanwhile_is_answered_and_its_calls_are_undone() {
    let mut desk = desk_with_order();
    desk.request(paid_note(1, "ring twice"));
    desk.request(note(1, "ring twice"));
    desk.says();
    desk.reply(2, 0, yes());
    let answer = r#"response 2: {"id":1,"note":"ring twice","queued":false}"#;
    assert_eq!(desk.says(), ["to till: undo (ticket 2, step 0)", answer]);
    assert_eq!(desk.log(), ["OrderPlaced", "OrderNoted"]);
}

#[test]
fn a_row_that_changed_meanwhile_is_stale_in_the_end_and_the_calls_are_undone() {
    let mut desk = desk_with_order();
    desk.request(ClientRequest { if_match: Some(vec![1]), ..paid_note(1, "ring twice") });
    desk.request(note(1, "ring once"));
    desk.says();
    desk.reply(2, 0, yes());
    assert_eq!(desk.says(), ["to till: undo (ticket 2, step 0)", "response 2: refused, stale-version"]);
}

#[test]
fn a_row_that_is_stale_already_is_refused_without_a_call() {
    let mut desk = desk_with_order();
    desk.request(ClientRequest { if_match: Some(vec![9]), ..paid_note(1, "ring twice") });
    assert_eq!(desk.says(), ["response 2: refused, stale-version"]);
}

#[test]
fn what_has_happened_already_is_answered_without_a_call_whatever_version_the_client_has_read() {
    let mut desk = desk_with_order();
    desk.request(note(1, "ring twice"));
    desk.request(ClientRequest { if_match: Some(vec![1]), ..paid_note(1, "ring twice") });
    let answer = |token: u64| format!(r#"response {token}: {{"id":1,"note":"ring twice","queued":false}}"#);
    assert_eq!(desk.says(), [answer(2), answer(3)]);
}

#[test]
fn what_became_so_meanwhile_is_answered_whatever_version_the_client_has_read() {
    let mut desk = desk_with_order();
    desk.request(ClientRequest { if_match: Some(vec![1]), ..paid_note(1, "ring twice") });
    desk.request(note(1, "ring twice"));
    desk.says();
    desk.reply(2, 0, yes());
    let answer = r#"response 2: {"id":1,"note":"ring twice","queued":false}"#;
    assert_eq!(desk.says(), ["to till: undo (ticket 2, step 0)", answer]);
}

#[test]
fn more_sagas_than_there_is_room_for_are_turned_away() {
    let mut desk = Desk::with("orders", |limits| limits.sagas_max = 1);
    desk.request(order(30));
    desk.request(order(30));
    assert_eq!(desk.says(), [CALL_TILL, "response 2: unavailable, room for more requests"]);
}

#[test]
fn sagas_that_are_owed_an_undo_take_room_of_their_own() {
    let mut desk = Desk::with("orders", |limits| limits.undoing_max = 1);
    desk.request(order(300));
    desk.reply(1, 0, no("too-much"));
    desk.says();
    desk.request(order(30));
    assert_eq!(desk.says(), ["response 2: unavailable, room for more requests"]);
    desk.undone(1, 0);
    desk.request(order(30));
    assert_eq!(desk.says(), ["to till: call hold the money (ticket 2, step 0)"]);
}

#[test]
fn behind_an_open_circuit_nobody_is_called() {
    let mut desk = Desk::with("orders", |limits| (limits.breaker_failures, limits.retries_max) = (1, 0));
    desk.request(order(30));
    desk.not_sent(1, 0);
    desk.undone(1, 0);
    desk.says();
    desk.request(order(30));
    assert_eq!(desk.says(), ["response 2: unavailable, till"]);
    assert_eq!(desk.machine.status().upstreams[1].state, "open");
}

#[test]
fn an_open_circuit_lets_some_through_in_time_although_the_wall_clock_is_set() {
    for ahead_ms in [-3_600_000, 3_600_000] {
        let brittle = |limits: &mut Limits| (limits.breaker_failures, limits.retries_max) = (1, 0);
        let mut desk = Desk::with("orders", brittle);
        desk.request(order(30));
        desk.not_sent(1, 0);
        desk.undone(1, 0);
        desk.says();
        desk.set_wall_ahead_ms(ahead_ms);
        desk.request(order(30));
        assert_eq!(desk.says(), ["response 2: unavailable, till"], "{ahead_ms}");
        desk.after_ms(desk.limits.breaker_open_ms);
        desk.request(order(30));
        assert_eq!(desk.says(), ["to till: call hold the money (ticket 3, step 0)"], "{ahead_ms}");
    }
}

#[test]
fn a_ticket_beyond_the_durable_reservation_is_not_spoken_of_before_its_group_is_durable() {
    let mut desk = Desk::with("orders", |limits| limits.reserve_tickets = 1);
    desk.request(order(30));
    assert_eq!(desk.at_once(), [CALL_TILL]);
    desk.request(order(30));
    assert!(desk.at_once().is_empty());
    assert_eq!(desk.flush(), ["to till: call hold the money (ticket 2, step 0)"]);
}

#[test]
fn an_undo_of_such_a_ticket_waits_for_the_group_too() {
    let mut desk = Desk::with("orders", |limits| limits.reserve_tickets = 1);
    desk.request(order(30));
    desk.request(order(30));
    desk.at_once();
    desk.after_ms(CALL_MS);
    assert_eq!(desk.at_once(), [UNDO_TILL], "only the ticket that is reserved");
    assert!(desk.flush().contains(&"to till: undo (ticket 2, step 0)".to_string()));
}

#[test]
fn the_settled_mark_that_callees_are_told_is_durable() {
    let mut desk = desk_with_order();
    let settled = |desk: &mut Desk| match desk.machine.take_at_once().pop() {
        Some(runtime::machine::Output::Send { message: PeerMessage::Call(call), .. }) => call.settled.0,
        other => panic!("no call: {other:?}"),
    };
    desk.request(order(30));
    assert_eq!(settled(&mut desk), 2, "ticket 1 is committed, and its group is durable");
    desk.reply(2, 0, yes());
    desk.request(order(30));
    assert_eq!(settled(&mut desk), 2, "ticket 2 is committed, and its group is not durable yet");
}
