//! Cancelling a call: drive is asked first, and what has ended, failed or is not known is not cancelled.
use crate::rank::{call, cancel, driven, end, open, open_with, ride, row, said, too_far};
use process::bare;
use serde_json::json;

#[test]
fn a_call_is_cancelled_and_a_repeat_answers_like_the_first() {
    open(|served| {
        let id = driven(served, "kim");
        let fields = json!({ "id": 1, "callId": 1, "userId": "kim", "userName": "김나들", "distance": 12.5,
            "fare": 125000, "callStatus": "requestCancel" });
        for _ in 0..3 {
            assert_eq!(bare(cancel(served, id).with(200)), fields);
        }
        assert_eq!(bare(served.post("/calls/cancel", &json!({ "callId": "1" })).with(200)), fields);
        served.rests();
        assert_eq!(row(served, "calls", id), fields);
        assert_eq!(row(served, "payments", id)["payStatus"], "refunded");
        assert_eq!(row(served, "drives", id)["driveStatus"], "requestCancel");
        for name in ["CallCancelled", "FareRefunded", "DriveCancelled"] {
            assert_eq!(said(served, name), 1, "{name}");
        }
    });
}

#[test]
fn which_call_has_to_be_said() {
    open(|served| {
        for body in [json!({}), json!({ "callId": null }), json!({ "callId": " " }), json!({ "callId": "x" })] {
            let answer = served.post("/calls/cancel", &body);
            answer.refused(400, "invalid-fields");
            assert_eq!(answer.json()["errors"][0]["field"], "callId");
        }
        cancel(served, 7).refused(404, "unknown-call");
    });
}

#[test]
fn a_complete_call_is_not_cancelled() {
    open(|served| {
        let id = driven(served, "kim");
        end(served, id).with(200);
        // whether call has heard of the end yet or not
        let at_once = cancel(served, id);
        assert!(["drive-over", "already-complete"].contains(&at_once.problem().as_str()), "{at_once:?}");
        at_once.with(409);
        served.shows(&format!("/calls/{id}"), "driveComplete");
        cancel(served, id).refused(409, "already-complete");
        served.rests();
        assert_eq!(row(served, "payments", id)["payStatus"], "paid");
        assert_eq!(row(served, "drives", id)["driveStatus"], "end");
    });
}

#[test]
fn a_failed_call_is_not_cancelled() {
    open(|served| {
        served.pays("call-taxi", "decline");
        let failed = served.post("/calls", &ride("kim"));
        assert_eq!(failed.with(201)["callStatus"], "payFail");
        cancel(served, failed.id()).refused(409, "never-paid");
        assert_eq!(row(served, "calls", failed.id())["callStatus"], "payFail");
    });
}

#[test]
fn while_drive_is_down_nothing_is_cancelled() {
    open(|served| {
        let id = driven(served, "kim");
        let before = row(served, "calls", id);
        served.works("call-taxi", "drive", false);
        let answer = cancel(served, id);
        answer.refused(503, "unavailable");
        assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
        assert_eq!(row(served, "calls", id), before);
        assert_eq!(row(served, "payments", id)["payStatus"], "paid");
        served.works("call-taxi", "drive", true);
        assert_eq!(row(served, "drives", id)["driveStatus"], "start");
        served.becomes(&format!("/drives/{id}"), "end", |_| end(served, id).status == 200);
    });
}

#[test]
fn a_call_cancelled_already_answers_so_whoever_cancelled_it_and_whoever_is_down() {
    open(|served| {
        let (mine, far) = (driven(served, "kim"), too_far(served, "kim"));
        cancel(served, mine).with(200);
        served.rests().works("call-taxi", "drive", false);
        for id in [mine, far] {
            assert_eq!(cancel(served, id).with(200)["callStatus"], "requestCancel");
        }
        assert_eq!(said(served, "CallCancelled"), 2);
        served.works("call-taxi", "drive", true);
    });
}

/// Groups nobody waits for keep a second's distance here, so that drive hears of the payment only after the cancel.
#[test]
fn a_drive_not_yet_started_never_starts() {
    open_with(&["runtime.gather_ms=1000"], |served| {
        let id = call(served, &ride("kim"));
        cancel(served, id).with(200);
        served.rests();
        served.get(&format!("/drives/{id}")).refused(404, "unknown-id");
        end(served, id).refused(404, "unknown-drive");
        served.counts("/drives", 0);
        assert_eq!(row(served, "payments", id)["payStatus"], "refunded");
        let page = row(served, "callViews", id);
        assert_eq!((&page["callStatus"], &page["driveStatus"]), (&json!("requestCancel"), &json!(null)));
    });
}
