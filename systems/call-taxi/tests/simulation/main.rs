//! call-taxi lives through crashes, lost, doubled and late messages, cancels racing with arrivals, and keeps every promise.
mod clients;
mod golden;
mod injected;
mod sagas;

use clients::simulation;
use testkit::simulation::{Line, say};

#[test]
fn keeps_every_promise() {
    simulation().keeps_every_promise(20_000);
}

#[test]
fn nobody_changes_or_is_shown_what_is_not_theirs() {
    simulation().with_people().keeps_every_promise(4_000);
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    simulation().repeats_itself(1..50);
}

const CALL: Line = Line::new("POST /calls", r#"{"userId":"minji","userName":"민지","distance":3.5}"#);
const TOO_FAR: Line = Line::new("POST /calls", r#"{"userId":"jun","userName":"준","distance":100.1}"#);
const CANCEL: Line = Line::new("POST /calls/cancel", r#"{"callId":1}"#);
const END: Line = Line::new("POST /drives/end", r#"{"driveId":1}"#);

/// An arrival, a cancel and a call too far, each read by every consumer in every order.
#[test]
fn whatever_is_read_first_all_comes_to_the_same() {
    for scene in [vec![CALL, END], vec![CALL, CANCEL], vec![CALL.at_once(), CANCEL], vec![TOO_FAR]] {
        let tried = simulation().reads_in_every_order(&scene).unwrap_or_else(|broken| panic!("{broken}"));
        say(format_args!("  call-taxi, orders of reading: {tried:?}"));
    }
}
