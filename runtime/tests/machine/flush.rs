//! The group: nothing that rests on it leaves before it is durable, and all of it becomes durable together.
use crate::desk::{Desk, desk_with_order, keyed, note, order, yes};
use crate::shop::shop;
use kernel::{Commit, Group, Id, IdRanges, StateChange};
use runtime::port::store::Store;
use std::sync::Arc;

#[test]
fn a_response_leaves_with_its_group_and_once_only() {
    let mut desk = desk_with_order();
    desk.request(note(1, "first"));
    assert!(desk.at_once().is_empty());
    assert!(desk.machine.waits_for_group());
    assert_eq!(desk.flush().len(), 1);
    assert!(desk.flush().is_empty());
    assert!(!desk.machine.waits_for_group());
}

#[test]
fn what_was_not_flushed_is_gone_after_a_crash() {
    let mut desk = desk_with_order();
    desk.request(note(1, "first"));
    let desk = desk.crash();
    assert_eq!(desk.log(), ["OrderPlaced"]);
    assert_eq!(desk.machine.head().position, 1);
}

#[test]
fn a_group_counts_its_commits_and_says_what_has_changed() {
    let mut desk = desk_with_order();
    desk.request(note(1, "first"));
    desk.request(note(1, "second"));
    assert_eq!(desk.machine.gathered(), 2);
    let flushed = desk.flush_whole();
    let durable = flushed.durable.expect("something was written");
    assert_eq!((flushed.commits, durable.events.len(), durable.rows.len()), (2, 2, 2));
    assert_eq!(desk.machine.gathered(), 0);
}

#[test]
fn nothing_is_written_where_nothing_has_changed() {
    let mut desk = desk_with_order();
    assert!(!desk.machine.is_dirty());
    desk.request(note(9, "refused"));
    let flushed = desk.flush_whole();
    assert_eq!(flushed.outputs.len(), 1);
    assert!(flushed.durable.is_none());
}

#[test]
fn the_newest_published_event_is_told_apart_from_the_newest_event() {
    let mut desk = desk_with_order();
    desk.request(note(1, "private"));
    desk.flush();
    assert_eq!((desk.machine.head().position, desk.machine.head().published()), (2, 1));
}

#[test]
fn events_have_positions_without_gaps_and_times_that_never_go_back() {
    let mut desk = desk_with_order();
    desk.after_ms(5000);
    desk.request(note(1, "first"));
    desk.flush();
    let mut desk = desk.crash_with_clock_back(3_600_000);
    desk.request(note(1, "second"));
    desk.flush();
    let events = desk.recorded();
    assert_eq!(events.iter().map(|event| event.position).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(events.is_sorted_by_key(|event| event.at));
}

#[test]
fn stored_answers_that_are_too_old_are_dropped_with_a_group() {
    let mut desk = desk_with_order();
    desk.request(keyed(note(1, "first"), "k", 7));
    desk.flush();
    let stored = |desk: &Desk| desk.stored_answer("PATCH /orders/{id}", "k");
    desk.after_ms(60_000);
    desk.request(note(1, "second"));
    desk.flush();
    assert!(stored(&desk));
    desk.after_ms(24 * 3_600_000);
    desk.request(note(1, "third"));
    desk.flush();
    assert!(!stored(&desk));
}

#[test]
fn a_closed_context_has_settled_every_ticket() {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.reply(1, 0, yes());
    let desk = desk.close();
    let head = desk.reader().head().expect("it works");
    assert_eq!((head.settled, head.reserved, head.settled_ahead), (Id(2), Id(2), IdRanges::default()));
    assert_eq!(desk.log(), ["OrderPlaced"]);
}

#[test]
fn states_of_an_older_shape_are_folded_again_from_the_log() {
    let mut desk = desk_with_order();
    desk.request(note(1, "ring twice"));
    desk.flush();
    let old = StateChange { kind: "order", id: Id(1), body: "\"an older shape\"".into() };
    let commits = vec![Commit { states: vec![old], ..Commit::default() }];
    let head = desk.machine.head().clone();
    desk.store.apply(&Group { commits, head, ..Group::default() }).expect("it works");
    let mut system = Arc::into_inner(shop()).expect("nobody else holds it");
    system.contexts[0].kinds[0].version = 2;
    let mut desk = desk.upgrade(Arc::new(system));
    desk.request(note(1, "ring twice"));
    assert_eq!(desk.says(), [r#"response 1: {"id":1,"note":"ring twice","queued":false}"#]);
    assert_eq!(desk.log(), ["OrderPlaced", "OrderNoted"], "the note was there already");
    assert_eq!(desk.machine.head().versions["order"], 2);
}

#[test]
fn a_state_that_can_not_be_read_breaks_what_needs_it_and_nothing_else() {
    let mut desk = desk_with_order();
    desk.request(order(30));
    desk.reply(2, 0, yes());
    desk.says();
    let spoiled = StateChange { kind: "order", id: Id(1), body: "\"nonsense\"".into() };
    let commits = vec![Commit { states: vec![spoiled], ..Commit::default() }];
    let head = desk.machine.head().clone();
    desk.store.apply(&Group { commits, head, ..Group::default() }).expect("it works");
    let mut desk = desk.crash();
    desk.request(note(1, "first"));
    desk.request(note(2, "second"));
    let second = r#"response 2: {"id":2,"note":"second","queued":false}"#;
    assert_eq!(desk.says(), ["response 1: unavailable, this request's rule", second]);
}
