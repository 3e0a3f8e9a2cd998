//! Commands: each with its good and its refused answers, word for word.
use crate::rank::{call, cancel, driven, end, is_empty, open, ride, row, said, too_far};
use process::{Served, bare};
use serde_json::json;

#[test]
fn a_call_holds_its_fare_in_the_same_call() {
    open(|served| {
        served.works("call-taxi", "drive", false);
        let answer = served.post("/calls", &ride("kim"));
        let held = row(served, "payments", 1);
        assert_eq!(answer.header("location"), "/calls/1");
        let fields = json!({ "id": 1, "callId": 1, "userId": "kim", "userName": "김나들", "distance": 12.5,
            "fare": 125000, "callStatus": "driveRequest" });
        assert_eq!(bare(answer.with(201)), fields);
        assert_eq!(row(served, "calls", 1), fields);
        assert_eq!(held, json!({ "id": 1, "payId": 1, "callId": 1, "fare": 125000, "payStatus": "paid" }));
        served.works("call-taxi", "drive", true);
    });
}

#[test]
fn the_fare_is_not_the_customers_to_say() {
    open(|served| {
        let mut body = ride("kim");
        (body["fare"], body["callStatus"]) = (json!(1), json!("driveComplete"));
        let row = served.post("/calls", &body).with(201);
        assert_eq!((&row["fare"], &row["callStatus"]), (&json!(125_000), &json!("driveRequest")));
    });
}

#[test]
fn a_call_without_a_customer_is_refused_and_leaves_nothing() {
    open(|served| {
        for field in ["userId", "userName"] {
            for value in [json!(null), json!(""), json!(" "), json!(7)] {
                let mut body = ride("kim");
                body[field] = value;
                let answer = served.post("/calls", &body);
                answer.refused(400, "invalid-fields");
                assert_eq!(answer.json()["errors"][0]["field"], field, "{answer:?}");
            }
        }
        is_empty(served);
    });
}

#[test]
fn a_drive_is_ended_and_a_repeat_answers_like_the_first() {
    open(|served| {
        let id = driven(served, "kim");
        let fields = json!({ "id": 1, "driveId": 1, "callId": 1, "driverName": "driver1111", "taxiNum": "1111",
            "fare": 125000, "driveStatus": "end" });
        for _ in 0..3 {
            assert_eq!(bare(end(served, id).with(200)), fields);
        }
        assert_eq!(row(served, "drives", id), fields);
        served.shows("/calls/1", "driveComplete");
        assert_eq!(said(served.rests(), "DriveEnded"), 1);
        assert_eq!(bare(served.post("/drives/end", &json!({ "driveId": "1" })).with(200)), fields);
    });
}

#[test]
fn no_other_drive_is_ended() {
    open(|served| {
        for body in [json!({}), json!({ "driveId": null }), json!({ "driveId": "" }), json!({ "driveId": "x" })] {
            served.post("/drives/end", &body).refused(400, "invalid-fields");
        }
        end(served, 7).refused(404, "unknown-drive");
        let cancelled = driven(served, "kim");
        cancel(served, cancelled).with(200);
        end(served, cancelled).refused(409, "drive-off");
        let far = too_far(served, "kim");
        end(served, far).refused(409, "drive-off");
        assert_eq!(said(served.rests(), "DriveEnded"), 0);
    });
}

/// Held only by the call from call, which has no path here.
#[test]
fn nobody_pays_drives_or_writes_a_row_by_hand() {
    open(|served| {
        let id = call(served, &ride("kim"));
        served.post("/callpay", &json!({ "callId": 2, "fare": 1 })).refused(404, "unknown-path");
        for collection in ["payments", "drives", "callViews", "messages"] {
            allows_reading_only(served, &format!("/{collection}"));
        }
        ["payments", "drives", "callViews", "calls"]
            .iter()
            .for_each(|collection| allows_reading_only(served, &format!("/{collection}/{id}")));
    });
}

#[track_caller]
fn allows_reading_only(served: &Served<'_>, path: &str) {
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let answer = served.ask(method, path, &json!({ "callId": 1, "fare": 1, "userId": "kim" }));
        answer.refused(405, "wrong-method");
        assert!(answer.header("allow").starts_with("GET"), "{method} {path}: {answer:?}");
    }
}
