//! A thing that somebody may not know of: what they are told is what an id that does not exist is told.
use crate::desk::{Desk, delete, desk_with_order, note, paid_note, read_note};
use kernel::{Caller, Permission, Person, Rights};
use runtime::request::ClientRequest;
use std::sync::Arc;

/// The order that exists, and an id of which there is none.
const ORDER: u64 = 1;
const NO_ORDER: u64 = 9;

/// A request of somebody to whom no thing belongs.
fn of_a_stranger(mut request: ClientRequest) -> ClientRequest {
    let person = Person::from_digests(*b"test", *b"a stranger..");
    let (issuer, subject) = ("https://people.example".into(), "a stranger".into());
    request.meta.who = Some(Arc::new(Caller { issuer, subject, roles: vec![], person, former: vec![] }));
    let nothing = || Rights::Of(vec![]);
    request.permission = Permission { may: nothing(), sees: nothing() };
    request
}

/// What each of the two ids is answered, without the number of the response.
#[track_caller]
fn both_are_answered(request: impl Fn(u64) -> ClientRequest, answer: &str) {
    for id in [ORDER, NO_ORDER] {
        let mut desk: Desk = desk_with_order();
        desk.request(of_a_stranger(request(id)));
        assert_eq!(desk.says(), [format!("response 2: {answer}")], "{id}");
        assert_eq!(desk.log(), ["OrderPlaced"], "{id}");
    }
}

#[test]
fn a_command_on_it_is_refused_as_on_an_unknown_id() {
    both_are_answered(|id| note(id, "ring twice"), "refused, no-such-order");
}

#[test]
fn a_route_that_commands_nothing_shows_no_row_of_it() {
    both_are_answered(delete, "done");
}

#[test]
fn a_saga_that_commands_nothing_shows_no_row_of_it() {
    both_are_answered(|id| paid_note(id, ""), "done");
}

#[test]
fn a_route_reads_it_as_if_it_were_not_there() {
    both_are_answered(read_note, r#""""#);
}
