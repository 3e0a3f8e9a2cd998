//! Commands: each with its good and its refused answers, word for word.
use crate::call_taxi::steps::{cancel, driven, end, is_empty, open, ride, row, said_of, taxi, too_far};
use crate::five::{ALL, is_sound};
use process::{ServerProcess, without_links};
use serde_json::json;

#[test]
fn each_command_has_its_good_and_its_refused_answers() {
    open(|server| {
        a_call_without_a_customer_is_refused_and_leaves_nothing(server);
        a_call_holds_its_fare_in_the_same_call(server);
        the_fare_is_not_the_customers_to_say(server);
        a_drive_is_ended_and_a_repeat_answers_like_the_first(server);
        no_other_drive_is_ended(server);
        which_call_is_cancelled_has_to_be_said(server);
        what_is_complete_or_failed_or_cancelled_already_answers_so(server);
    });
}

fn a_call_without_a_customer_is_refused_and_leaves_nothing(server: &ServerProcess) {
    for field in ["userId", "userName"] {
        for value in [json!(null), json!(""), json!(" "), json!(7.5)] {
            let mut body = ride("kim");
            body[field] = value;
            let answer = server.post("/calls", &body);
            answer.expect_problem(400, "invalid-fields");
            assert_eq!(answer.json()["errors"][0]["field"], field, "{answer:?}");
        }
    }
    is_empty(server);
}

fn a_call_holds_its_fare_in_the_same_call(server: &ServerProcess) {
    server.stop_context("call-taxi", "drive");
    let answer = server.post("/calls", &ride("kim"));
    let held = row(server, "payments", 1);
    assert_eq!(answer.header("location"), "/calls/1");
    let fields = json!({ "id": 1, "callId": 1, "userId": "kim", "userName": "김나들", "distance": 12.5,
        "fare": 125000, "callStatus": "driveRequest" });
    assert_eq!(without_links(answer.expect_status(201)), fields);
    assert_eq!(row(server, "calls", 1), fields);
    assert_eq!(held, json!({ "id": 1, "payId": 1, "callId": 1, "fare": 125000, "payStatus": "paid" }));
    server.start_context("call-taxi", "drive");
}

fn the_fare_is_not_the_customers_to_say(server: &ServerProcess) {
    let mut body = ride("kim");
    (body["fare"], body["callStatus"]) = (json!(1), json!("driveComplete"));
    let row = server.post("/calls", &body).expect_status(201);
    assert_eq!((&row["fare"], &row["callStatus"]), (&json!(125_000), &json!("driveRequest")));
}

fn a_drive_is_ended_and_a_repeat_answers_like_the_first(server: &ServerProcess) {
    let id = driven(server, "kim");
    let (driver, taxi_num) = taxi(id);
    let fields = json!({ "id": id, "driveId": id, "callId": id, "driverName": driver, "taxiNum": taxi_num,
        "fare": 125000, "driveStatus": "end" });
    for _ in 0..3 {
        assert_eq!(without_links(end(server, id).expect_status(200)), fields);
    }
    assert_eq!(row(server, "drives", id), fields);
    server.wait_for_text(&format!("/calls/{id}"), "driveComplete");
    server.wait_until_idle();
    assert_eq!(said_of(server, "DriveEnded", id), 1);
    assert_eq!(
        without_links(server.post("/drives/end", &json!({ "driveId": id.to_string() })).expect_status(200)),
        fields
    );
}

fn no_other_drive_is_ended(server: &ServerProcess) {
    for body in [json!({}), json!({ "driveId": null }), json!({ "driveId": "" }), json!({ "driveId": "x" })] {
        server.post("/drives/end", &body).expect_problem(400, "invalid-fields");
    }
    end(server, 999).expect_problem(404, "unknown-drive");
    let cancelled = driven(server, "kim");
    cancel(server, cancelled).expect_status(200);
    end(server, cancelled).expect_problem(409, "drive-off");
    let far = too_far(server, "kim");
    end(server, far).expect_problem(409, "drive-off");
    server.wait_until_idle();
    assert_eq!([cancelled, far].map(|id| said_of(server, "DriveEnded", id)), [0, 0]);
}

fn which_call_is_cancelled_has_to_be_said(server: &ServerProcess) {
    for body in [json!({}), json!({ "callId": null }), json!({ "callId": " " }), json!({ "callId": "x" })] {
        let answer = server.post("/calls/cancel", &body);
        answer.expect_problem(400, "invalid-fields");
        assert_eq!(answer.json()["errors"][0]["field"], "callId");
    }
    cancel(server, 999).expect_problem(404, "unknown-call");
    let id = driven(server, "kim").to_string();
    let row = server.post("/calls/cancel", &json!({ "callId": id })).expect_status(200);
    assert_eq!((&row["callStatus"], &row["fare"]), (&json!("requestCancel"), &json!(125_000)));
}

fn what_is_complete_or_failed_or_cancelled_already_answers_so(server: &ServerProcess) {
    let (ended, far) = (driven(server, "kim"), too_far(server, "kim"));
    end(server, ended).expect_status(200);
    server.wait_for_text(&format!("/calls/{ended}"), "driveComplete");
    cancel(server, ended).expect_problem(409, "already-complete");
    server.set_payment_mode("call-taxi", "decline");
    let failed = server.post("/calls", &ride("kim"));
    assert_eq!(failed.expect_status(201)["callStatus"], "payFail");
    cancel(server, failed.id()).expect_problem(409, "never-paid");
    end(server, failed.id()).expect_problem(404, "unknown-drive");
    server.set_payment_mode("call-taxi", "approve");
    // whoever cancelled it, and whoever is down
    server.wait_until_idle().stop_context("call-taxi", "drive");
    assert_eq!(cancel(server, far).expect_status(200)["callStatus"], "requestCancel");
    assert_eq!(said_of(server, "CallCancelled", far), 1);
    server.start_context("call-taxi", "drive");
    is_sound(server.wait_until_idle(), ALL[2]);
}
