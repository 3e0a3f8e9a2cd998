//! Whatever is spoiled is found, and the row it is about is named.
use crate::town::Town;
use kernel::{CallKey, CallRecord, Commit, Group, Id, Row, RowChange, Skipped, StateChange};
use runtime::port::store::Reader;
use runtime::proof::{Report, What};
use std::sync::Arc;

fn town() -> Town {
    let town = Town::new();
    town.trade(4);
    town
}

/// What was found, as `what place`.
fn found(report: &Report) -> Vec<String> {
    report.findings.iter().map(|f| format!("{:?} {} {}", f.what, f.context, f.place)).collect()
}

/// One row changed past all rules.
fn row(table: &str, id: u64, change: impl Fn(&mut Row)) -> impl FnOnce(&dyn Reader, &mut Group) {
    move |reader, group| {
        let before = reader.row(table, Id(id)).expect("memory is readable").expect("the row is there");
        let mut after = before.clone();
        change(&mut after);
        let (before, after) = (Some(Arc::new(before)), Some(Arc::new(after)));
        let change = RowChange { table: table.into(), id: Id(id), change: group.head.change, before, after };
        group.commits.push(Commit { rows: vec![change], ..Commit::default() });
    }
}

fn cheaper(body: &Option<Arc<str>>) -> Option<Arc<str>> {
    body.as_ref().map(|body| body.replace("9000", "8000").into())
}

#[test]
fn a_row_that_shows_something_else() {
    let report = town().spoil("catch", row("catches", 1, |row| row.body = cheaper(&row.body)));
    assert_eq!(found(&report), ["Row catch catches/1"], "{report}");
    assert!(report.findings[0].text.contains("8000") && report.findings[0].text.contains("9000"), "{report}");
}

#[test]
fn a_row_that_is_found_by_something_else() {
    let report = town().spoil("catch", row("catches", 1, |row| row.keys = vec![0, 9000]));
    assert_eq!(found(&report), ["Row catch catches/1"], "{report}");
}

#[test]
fn a_view_that_has_forgotten_an_event_of_a_row() {
    let forget = row("myPages@1", 1, |row| row.history = Some("[]".into()));
    let report = town().spoil("mypage", forget);
    assert_eq!(found(&report), ["Row mypage myPages@1/1"], "{report}");
}

#[test]
fn a_view_whose_fold_will_go_wrong_later() {
    let report = town().spoil("mypage", row("myPages@1", 1, |row| row.fold = cheaper(&row.fold)));
    assert_eq!(found(&report), ["Row mypage myPages@1/1"], "{report}");
}

#[test]
fn a_message_nobody_sent() {
    let report = town().spoil("message", |reader, group| {
        let (_, row) = reader.rows("messages", Id(0), 1).expect("memory is readable").remove(0);
        let id = Id(group.head.position + 5);
        let change = RowChange {
            table: "messages".into(),
            id,
            change: group.head.change,
            before: None,
            after: Some(Arc::new(row)),
        };
        group.commits.push(Commit { rows: vec![change], ..Commit::default() });
    });
    assert!(found(&report)[0].starts_with("Row message messages/"), "{report}");
    assert_eq!(report.findings.len(), 1, "{report}");
}

#[test]
fn a_state_that_is_not_what_happened() {
    let report = town().spoil("payment", |reader, group| {
        let states = reader.states("payment", Id(0), 1).expect("memory is readable");
        let body = states[0].1.replace("9000", "1").into();
        let change = StateChange { kind: "payment", id: states[0].0, body };
        group.commits.push(Commit { states: vec![change], ..Commit::default() });
    });
    let found = found(&report);
    assert!(found.contains(&"State payment payment/1".into()), "{report}");
    assert!(found.contains(&"Uneven taxi money/1".into()), "{report}");
    assert!(found.contains(&"Ledger payment ledger money".into()), "{report}");
}

#[test]
fn money_that_stays_held() {
    let report = town().spoil("payment", |_, group| {
        let bill = r#"{"key":999,"amount":5,"details":{"customer":"k","startingPoint":"a","destination":"b"}}"#;
        let body = format!("{{\"Held\":{bill}}}").into();
        let change = StateChange { kind: "payment", id: Id(999), body };
        group.commits.push(Commit { states: vec![change], ..Commit::default() });
    });
    assert!(found(&report).contains(&"Hold taxi holds/999".into()), "{report}");
    assert!(!report.clean());
}

#[test]
fn a_ledger_that_does_not_add_up() {
    let wrong = |_: &dyn Reader, group: &mut Group| group.head.ledger.extend([("money".to_string(), 1)]);
    let report = town().spoil("catch", wrong);
    assert_eq!(found(&report), ["Ledger catch ledger money"], "{report}");
}

#[test]
fn a_consumer_ahead_of_its_source() {
    let ahead =
        |_: &dyn Reader, group: &mut Group| group.head.positions.extend([(subscription("policies<catch"), 9999)]);
    let report = town().spoil("payment", ahead);
    // a start refuses it as well
    assert_eq!(found(&report), ["Position payment policies<catch", "Life catch store"], "{report}");
}

#[test]
fn a_consumer_that_is_behind_is_no_fault_but_no_rest_either() {
    let report = town().spoil("message", |_, group| {
        let read = group.head.positions.get_mut(&subscription("policies<catch")).expect("message hears catch");
        *read -= 1;
    });
    assert!(report.clean() && !report.at_rest(), "{report}");
    assert_eq!(report.notes[0].what, What::Behind);
}

fn hold(ticket: u64) -> impl FnOnce(&dyn Reader, &mut Group) {
    move |_, group| {
        let key = CallKey { caller: "catch".into(), ticket: Id(ticket), step: 0 };
        let called = CallRecord::Done { call: "hold the money".into(), body: "{}".into(), answer: "{}".into() };
        group.commits.push(Commit { calls: vec![(key, called)], ..Commit::default() });
    }
}

#[test]
fn a_call_nobody_has_settled() {
    let report = town().spoil("payment", hold(5000));
    // a start refuses it as well
    assert_eq!(found(&report), ["Call payment call catch/5000/0", "Life catch store"], "{report}");
}

#[test]
fn a_call_in_doubt_is_left_to_the_next_start() {
    let town = town();
    town.spoil("catch", |_, group| group.head.reserved = Id(6000));
    let report = town.spoil("payment", hold(5000));
    assert!(report.clean() && !report.at_rest(), "{report}");
    let whats: Vec<What> = report.notes.iter().map(|note| note.what).collect();
    assert_eq!(whats, [What::Ended, What::Call], "{report}");
}

#[test]
fn what_an_operator_let_go_is_noted_and_not_expected() {
    let report = town().spoil("mypage", |_, group| {
        let (consumer, source, reason) = ("myPages@1".into(), "catch".into(), "a test".into());
        let at = group.head.last_at;
        group.head.skipped.push(Skipped { consumer, source, position: 1, key: Id(1), reason, at });
    });
    assert_eq!(found(&report), ["Row mypage myPages@1/1"; 3], "fold, history and row have it: {report}");
    let note = report.notes.iter().find(|note| note.what == What::Skipped).expect("it is noted");
    assert!(note.place == "myPages@1<catch@1" && note.text.ends_with(": a test"), "{report}");
}

#[test]
fn of_many_findings_some_are_named_and_all_are_counted() {
    let town = town();
    let spoil = |id| row("catches", id, |row| row.listed = false);
    (1..=4).for_each(|id| drop(town.spoil("catch", spoil(id))));
    let report = town.prove_within(runtime::proof::Bounds { named: 2, ..Default::default() });
    assert_eq!((report.findings.len(), report.counts[&What::Row]), (2, 4), "{report}");
}

fn subscription(text: &str) -> kernel::SubscriptionKey {
    text.parse().expect("a consumer and its source")
}
