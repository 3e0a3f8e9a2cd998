//! A context down and back: the others go on, and what it missed is done once, in order.
use crate::rank::{call, cancel, driven, end, far, open, ride, row};
use process::Served;
use serde_json::Value;

const MANY: u64 = 10;

fn calls(served: &Served<'_>) -> Vec<u64> {
    (0..MANY).map(|_| call(served, &ride("kim"))).collect()
}

/// The calls of whom this was said, in that order.
fn said(served: &Served<'_>, name: &str) -> Vec<u64> {
    let said = served.nadul.log("call-taxi").into_iter().filter(|event| event["eventType"] == name);
    said.filter_map(|event| event["key"].as_u64()).collect()
}

fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["eventType"].as_str().unwrap_or_default()).collect()
}

#[test]
fn what_was_called_while_drive_was_down_is_driven_once_in_order() {
    open(|served| {
        served.works("call-taxi", "drive", false);
        let ids = calls(served);
        served.counts("/payments", MANY);
        served.get("/drives").refused(503, "unavailable");
        end(served, ids[0]).refused(503, "unavailable");
        served.works("call-taxi", "drive", true);
        served.rests();
        assert_eq!(said(served, "DriveStarted"), ids);
        ids.iter().for_each(|id| assert_eq!(row(served, "calls", *id)["callStatus"], "driveStart"));
    });
}

#[test]
fn what_was_cancelled_while_payment_was_down_is_refunded_once_in_order() {
    open(|served| {
        let ids = calls(served);
        served.rests().works("call-taxi", "payment", false);
        ids.iter().for_each(|id| drop(cancel(served, *id).with(200)));
        served.works("call-taxi", "payment", true);
        served.rests();
        assert_eq!(said(served, "FareRefunded"), ids);
        driven(served, "lee");
    });
}

#[test]
fn what_drive_said_while_call_was_down_is_heard_once_in_order() {
    open(|served| {
        let (ended, running) = (driven(served, "kim"), driven(served, "kim"));
        served.works("call-taxi", "drive", false);
        let too_far = call(served, &far("kim"));
        served.counts("/payments", 3);
        served.works("call-taxi", "call", false);
        served.post("/calls", &ride("lee")).refused(503, "unavailable");
        cancel(served, running).refused(503, "unavailable");
        served.works("call-taxi", "drive", true);
        end(served, ended).with(200);
        served.shows(&format!("/drives/{too_far}"), "requestCancel");
        served.shows(&format!("/callViews/{ended}"), "driveComplete");
        served.works("call-taxi", "call", true);
        served.rests();
        for (id, status) in [(ended, "driveComplete"), (running, "driveStart"), (too_far, "requestCancel")] {
            assert_eq!(row(served, "calls", id)["callStatus"], status);
        }
        assert_eq!((said(served, "CallCancelled"), said(served, "FareRefunded")), (vec![too_far], vec![too_far]));
    });
}

#[test]
fn what_happened_while_the_view_was_down_is_shown_once() {
    open(|served| {
        served.works("call-taxi", "callview", false);
        let ids = calls(served);
        served.counts("/drives", MANY);
        cancel(served, ids[0]).with(200);
        end(served, ids[1]).with(200);
        served.get("/callViews").refused(503, "unavailable");
        served.works("call-taxi", "callview", true);
        served.rests();
        let pages = served.rows("callViews");
        let history = |at: usize| names(pages[at]["history"].as_array().expect("a history"));
        let started = ["CallPlaced", "FarePaid", "DriveStarted"];
        assert_eq!((pages.len(), history(0).len()), (ids.len(), 6));
        assert_eq!(history(1), [&started[..], &["DriveEnded"]].concat());
        (2..ids.len()).for_each(|at| assert_eq!(history(at), started));
    });
}

#[test]
fn what_happened_while_message_was_down_is_told_once_in_order() {
    open(|served| {
        served.works("call-taxi", "message", false);
        let ids = calls(served);
        served.counts("/drives", MANY);
        end(served, ids[0]).with(200);
        served.get("/messages?customer=kim").refused(503, "unavailable");
        served.works("call-taxi", "message", true);
        served.rests();
        let rows = served.get("/messages?customer=kim&size=200").rows();
        let of = |id: u64| names(&rows.iter().filter(|row| row["callId"] == id).cloned().collect::<Vec<_>>()).join(" ");
        assert_eq!(of(ids[0]), "CallPlaced FarePaid DriveStarted DriveEnded");
        ids[1..].iter().for_each(|id| assert_eq!(of(*id), "CallPlaced FarePaid DriveStarted"));
        assert!(rows.iter().map(|row| row["timestamp"].to_string()).collect::<Vec<_>>().is_sorted());
    });
}
