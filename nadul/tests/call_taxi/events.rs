//! Events: their names, their sources and all of their fields, and what of it is public.
use crate::call_taxi::steps::{cancel, driven, end, open, ride, too_far};
use process::ServerProcess;
use serde_json::{Value, json};

/// What an event is told with, whatever it is.
const FRAME: [&str; 8] =
    ["eventId", "eventType", "timestamp", "correlationId", "source", "position", "key", "published"];

type CommandOutput = (String, String, Value);

/// The public events of a call as (source, name, fields), in order of time.
fn said(server: &ServerProcess<'_>, key: u64) -> Vec<CommandOutput> {
    let text = |event: &Value, name: &str| event[name].as_str().unwrap_or_default().to_string();
    let of_key = |event: &Value| event["key"] == key && event["published"] == true;
    let told = |mut event: Value| {
        let (source, name) = (text(&event, "source"), text(&event, "eventType"));
        event.as_object_mut().expect("an object").retain(|name, _| !FRAME.contains(&name.as_str()));
        (source, name, event)
    };
    server.wait_until_idle().nadul.log("call-taxi").into_iter().filter(of_key).map(told).collect()
}

/// Of a ride of 12.5, or of one of 100.1.
fn call(name: &str, status: &str, far: bool) -> CommandOutput {
    let (distance, fare) = if far { (100.1, 1_001_000) } else { (12.5, 125_000) };
    let fields = json!({ "callId": 1, "userId": "kim", "userName": "김나들", "callStatus": status,
        "distance": distance, "fare": fare });
    ("call".into(), name.into(), fields)
}

fn payment(name: &str, far: bool) -> CommandOutput {
    let fare = if far { 1_001_000 } else { 125_000 };
    ("payment".into(), name.into(), json!({ "payId": 1, "callId": 1, "fare": fare }))
}

fn drive(name: &str, status: &str, far: bool) -> CommandOutput {
    let fare = if far { 1_001_000 } else { 125_000 };
    let fields = json!({ "driveId": 1, "driverName": "driver1111", "callId": 1, "driveStatus": status,
        "taxiNum": "1111", "fare": fare });
    ("drive".into(), name.into(), fields)
}

fn started() -> Vec<CommandOutput> {
    let placed = call("CallPlaced", "driveRequest", false);
    vec![placed, payment("FarePaid", false), drive("DriveStarted", "start", false)]
}

#[test]
fn a_call_that_is_driven_says_four_events() {
    open(|server| {
        let id = driven(server, "kim");
        end(server, id).expect_status(200);
        assert_eq!(said(server, id), [started(), vec![drive("DriveEnded", "end", false)]].concat());
    });
}

#[test]
fn a_cancelled_call_says_what_is_undone() {
    open(|server| {
        let id = driven(server, "kim");
        cancel(server, id).expect_status(200);
        let mut said = said(server, id);
        // payment and drive hear of it at the same time
        said[4..].sort_by(|a, b| a.1.cmp(&b.1));
        let undone = [
            call("CallCancelled", "requestCancel", false),
            drive("DriveCancelled", "requestCancel", false),
            payment("FareRefunded", false),
        ];
        assert_eq!(said, [started(), undone.to_vec()].concat());
    });
}

#[test]
fn a_call_too_far_says_that_no_drive_is_available() {
    open(|server| {
        let id = too_far(server, "kim");
        let all = [
            call("CallPlaced", "driveRequest", true),
            payment("FarePaid", true),
            drive("DriveNotAvailable", "requestCancel", true),
            call("CallCancelled", "requestCancel", true),
            payment("FareRefunded", true),
        ];
        assert_eq!(said(server, id), all);
    });
}

#[test]
fn a_failed_call_says_so_and_no_more() {
    open(|server| {
        server.set_payment_mode("call-taxi", "decline");
        server.post("/calls", &ride("kim")).expect_status(201);
        assert_eq!(said(server, 1), [call("CallPayFailed", "payFail", false)]);
    });
}
