//! Cancelling a call: drive is asked first, and what has ended, failed or is not known is not cancelled.
use crate::call_taxi::steps::{call, cancel, driven, end, open, open_with, ride, row, said, said_of, too_far};
use process::{ServerProcess, without_links};
use serde_json::json;

#[test]
fn a_cancel_asks_drive_and_undoes_the_call() {
    open(|server| {
        a_call_is_cancelled_and_a_repeat_answers_like_the_first(server);
        which_call_has_to_be_said(server);
        a_complete_call_is_not_cancelled(server);
        a_failed_call_is_not_cancelled(server);
        a_call_cancelled_already_answers_so_whoever_cancelled_it_and_whoever_is_down(server);
    });
}

fn a_call_is_cancelled_and_a_repeat_answers_like_the_first(server: &ServerProcess) {
    let id = driven(server, "kim");
    let fields = json!({ "id": 1, "callId": 1, "userId": "kim", "userName": "김나들", "distance": 12.5,
        "fare": 125000, "callStatus": "requestCancel" });
    for _ in 0..3 {
        assert_eq!(without_links(cancel(server, id).expect_status(200)), fields);
    }
    assert_eq!(without_links(server.post("/calls/cancel", &json!({ "callId": "1" })).expect_status(200)), fields);
    server.wait_until_idle();
    assert_eq!(row(server, "calls", id), fields);
    assert_eq!(row(server, "payments", id)["payStatus"], "refunded");
    assert_eq!(row(server, "drives", id)["driveStatus"], "requestCancel");
    for name in ["CallCancelled", "FareRefunded", "DriveCancelled"] {
        assert_eq!(said(server, name), 1, "{name}");
    }
}

fn which_call_has_to_be_said(server: &ServerProcess) {
    for body in [json!({}), json!({ "callId": null }), json!({ "callId": " " }), json!({ "callId": "x" })] {
        let answer = server.post("/calls/cancel", &body);
        answer.expect_problem(400, "invalid-fields");
        assert_eq!(answer.json()["errors"][0]["field"], "callId");
    }
    cancel(server, 999).expect_problem(404, "unknown-call");
}

fn a_complete_call_is_not_cancelled(server: &ServerProcess) {
    let id = driven(server, "kim");
    end(server, id).expect_status(200);
    // whether call has heard of the end yet or not
    let at_once = cancel(server, id);
    assert!(["drive-over", "already-complete"].contains(&at_once.problem().as_str()), "{at_once:?}");
    at_once.expect_status(409);
    server.wait_for_text(&format!("/calls/{id}"), "driveComplete");
    cancel(server, id).expect_problem(409, "already-complete");
    server.wait_until_idle();
    assert_eq!(row(server, "payments", id)["payStatus"], "paid");
    assert_eq!(row(server, "drives", id)["driveStatus"], "end");
}

fn a_failed_call_is_not_cancelled(server: &ServerProcess) {
    server.set_payment_mode("call-taxi", "decline");
    let failed = server.post("/calls", &ride("kim"));
    assert_eq!(failed.expect_status(201)["callStatus"], "payFail");
    cancel(server, failed.id()).expect_problem(409, "never-paid");
    assert_eq!(row(server, "calls", failed.id())["callStatus"], "payFail");
    server.set_payment_mode("call-taxi", "approve");
}

fn a_call_cancelled_already_answers_so_whoever_cancelled_it_and_whoever_is_down(server: &ServerProcess) {
    let (mine, far) = (driven(server, "kim"), too_far(server, "kim"));
    cancel(server, mine).expect_status(200);
    server.wait_until_idle().stop_context("call-taxi", "drive");
    for id in [mine, far] {
        assert_eq!(cancel(server, id).expect_status(200)["callStatus"], "requestCancel");
    }
    assert_eq!([mine, far].map(|id| said_of(server, "CallCancelled", id)), [1, 1]);
    server.start_context("call-taxi", "drive");
}

/// Groups nobody waits for keep a second's distance here, so that drive hears of the payment only after the cancel.
#[test]
fn a_drive_not_yet_started_never_starts() {
    open_with(&["runtime.gather_ms=1000"], |server| {
        let id = call(server, &ride("kim"));
        cancel(server, id).expect_status(200);
        server.wait_until_idle();
        server.get(&format!("/drives/{id}")).expect_problem(404, "unknown-id");
        end(server, id).expect_problem(404, "unknown-drive");
        server.wait_for_count("/drives", 0);
        assert_eq!(row(server, "payments", id)["payStatus"], "refunded");
        let page = row(server, "callViews", id);
        assert_eq!((&page["callStatus"], &page["driveStatus"]), (&json!("requestCancel"), &json!(null)));
    });
}
