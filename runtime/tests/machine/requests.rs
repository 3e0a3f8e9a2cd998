//! Requests that start no saga: commands, reads, and what is turned away.
use crate::desk::{Desk, delete, desk_with_order, note, order, order_or_queue, read_note};
use runtime::machine::Output;
use runtime::request::{ClientRequest, RequestForm, RouteName};

fn noted(token: u64, note: &str) -> String {
    format!(r#"response {token}: {{"id":1,"note":"{note}","queued":false}}"#)
}

#[test]
fn a_command_is_answered_with_its_row_when_that_is_durable() {
    let mut desk = desk_with_order();
    desk.request(note(1, "ring twice"));
    assert!(desk.at_once().is_empty());
    assert_eq!(desk.flush(), [noted(2, "ring twice")]);
    assert_eq!(desk.row("orders", 1).as_deref(), Some(r#"{"id":1,"note":"ring twice","queued":false}"#));
}

#[test]
fn each_command_of_a_group_is_decided_against_the_newest_state() {
    let mut desk = desk_with_order();
    desk.request(note(1, "first"));
    desk.request(note(1, "first"));
    desk.request(note(1, "second"));
    assert_eq!(desk.says(), [noted(2, "first"), noted(3, "first"), noted(4, "second")]);
    assert_eq!(desk.log(), ["OrderPlaced", "OrderNoted", "OrderNoted"], "the second one was so already");
}

#[test]
fn a_route_that_commands_nothing_is_answered_with_the_row_as_it_is() {
    let mut desk = desk_with_order();
    desk.request(delete(1));
    assert_eq!(desk.says(), [noted(2, "")]);
}

#[test]
fn a_refusal_changes_nothing() {
    let mut desk = desk_with_order();
    desk.request(note(9, "ring twice"));
    assert_eq!(desk.says(), ["response 2: refused, no-such-order"]);
    assert_eq!(desk.log(), ["OrderPlaced"]);
}

#[test]
fn a_rule_that_breaks_is_told_as_unavailable_and_its_context_goes_on() {
    let mut desk = desk_with_order();
    desk.request(note(1, "break"));
    desk.request(note(1, "ring twice"));
    assert_eq!(desk.says(), ["response 2: unavailable, this request's rule".into(), noted(3, "ring twice")]);
}

#[test]
fn a_route_reads_the_newest_state_of_its_context() {
    let mut desk = desk_with_order();
    desk.request(note(1, "ring twice"));
    desk.request(read_note(1));
    assert_eq!(desk.says()[1..], [r#"response 3: "ring twice""#]);
}

#[test]
fn a_route_that_the_context_does_not_have_is_unavailable() {
    let mut desk = desk_with_order();
    let route = RouteName { path: "/elsewhere".into(), ..note(1, "").route };
    desk.request(ClientRequest { route, ..note(1, "") });
    assert_eq!(desk.says(), ["response 2: unavailable, this route"]);
}

#[test]
fn a_form_from_another_process_is_read_from_its_json() {
    let mut desk = desk_with_order();
    let form = |json: &str| RequestForm::Json(json.into());
    desk.request(ClientRequest { form: form(r#"{"note":"ring twice"}"#), ..note(1, "") });
    desk.request(ClientRequest { form: form("nonsense"), ..note(1, "") });
    assert_eq!(desk.says(), [noted(2, "ring twice"), "response 3: unavailable, this form".into()]);
}

#[test]
fn a_version_that_the_client_has_read_must_be_the_present_one() {
    let mut desk = desk_with_order();
    desk.request(note(1, "first"));
    let etag = match desk.flush_raw().pop() {
        Some(Output::Respond { response: Ok(answer), .. }) => answer.etag,
        other => panic!("no answer: {other:?}"),
    };
    desk.request(ClientRequest { if_match: Some(vec![etag]), ..note(1, "second") });
    desk.request(ClientRequest { if_match: Some(vec![etag]), ..note(1, "third") });
    assert_eq!(desk.says(), [noted(3, "second"), "response 4: refused, stale-version".into()]);
}

#[test]
fn what_has_happened_already_is_answered_whatever_version_the_client_has_read() {
    let mut desk = desk_with_order();
    let first = ClientRequest { if_match: Some(vec![1]), ..note(1, "first") };
    desk.request(first.clone());
    desk.request(first);
    desk.request(ClientRequest { if_match: Some(vec![]), ..note(1, "first") });
    assert_eq!(desk.says(), [noted(2, "first"), noted(3, "first"), noted(4, "first")]);
    desk.request(ClientRequest { if_match: Some(vec![1]), ..note(1, "second") });
    assert_eq!(desk.says(), ["response 5: refused, stale-version"]);
    assert_eq!(desk.log(), ["OrderPlaced", "OrderNoted"]);
}

#[test]
fn while_the_disk_is_nearly_full_only_reads_are_taken_and_what_is_under_way_goes_on() {
    let mut desk = desk_with_order();
    desk.request(order(30));
    desk.says();
    desk.machine.set_low_disk(true);
    desk.request(note(1, "ring twice"));
    desk.request(order_or_queue(30));
    desk.request(read_note(1));
    let full = |token: u64| format!("response {token}: unavailable, disk space");
    assert_eq!(desk.says(), [full(3), full(4), r#"response 5: """#.into()]);
    desk.reply(2, 0, crate::desk::yes());
    assert_eq!(desk.says(), [r#"response 2: {"id":2,"note":"","queued":false}"#]);
    desk.machine.set_low_disk(false);
    desk.request(note(1, "ring twice"));
    assert_eq!(desk.says(), [noted(6, "ring twice")]);
}

#[test]
fn what_is_created_gets_the_next_ticket_as_its_id_and_none_is_given_twice() {
    let mut desk = Desk::new("orders");
    for id in [1, 2] {
        desk.request(order(30));
        desk.reply(id, 0, crate::desk::yes());
    }
    desk.says();
    assert!(desk.row("orders", 1).is_some() && desk.row("orders", 2).is_some());
    assert_eq!(desk.row("orders", 3), None);
}
