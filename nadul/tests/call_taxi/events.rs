//! Events: their names, their sources and all of their fields, and what of it is public.
use crate::call_taxi::steps::{cancel, driven, end, open, ride, taxi, too_far};
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
fn call(id: u64, name: &str, status: &str, far: bool) -> CommandOutput {
    let (distance, fare) = if far { (100.1, 1_001_000) } else { (12.5, 125_000) };
    let fields = json!({ "callId": id, "userId": "kim", "userName": "김나들", "callStatus": status,
        "distance": distance, "fare": fare });
    ("call".into(), name.into(), fields)
}

fn payment(id: u64, name: &str, far: bool) -> CommandOutput {
    let fare = if far { 1_001_000 } else { 125_000 };
    ("payment".into(), name.into(), json!({ "payId": id, "callId": id, "fare": fare }))
}

fn drive(id: u64, name: &str, status: &str, far: bool) -> CommandOutput {
    let fare = if far { 1_001_000 } else { 125_000 };
    let (driver, taxi_num) = taxi(id);
    let fields = json!({ "driveId": id, "driverName": driver, "callId": id, "driveStatus": status,
        "taxiNum": taxi_num, "fare": fare });
    ("drive".into(), name.into(), fields)
}

fn started(id: u64) -> Vec<CommandOutput> {
    let placed = call(id, "CallPlaced", "driveRequest", false);
    vec![placed, payment(id, "FarePaid", false), drive(id, "DriveStarted", "start", false)]
}

#[test]
fn each_event_has_its_source_and_the_fields_of_the_page() {
    open(|server| {
        a_call_that_is_driven_says_four_events(server);
        a_cancelled_call_says_what_is_undone(server);
        a_call_too_far_says_that_no_drive_is_available(server);
        a_failed_call_says_so_and_no_more(server);
    });
}

fn a_call_that_is_driven_says_four_events(server: &ServerProcess) {
    let id = driven(server, "kim");
    end(server, id).expect_status(200);
    assert_eq!(said(server, id), [started(id), vec![drive(id, "DriveEnded", "end", false)]].concat());
}

fn a_cancelled_call_says_what_is_undone(server: &ServerProcess) {
    let id = driven(server, "kim");
    cancel(server, id).expect_status(200);
    let mut said = said(server, id);
    // payment and drive hear of it at the same time
    said[4..].sort_by(|a, b| a.1.cmp(&b.1));
    let undone = [
        call(id, "CallCancelled", "requestCancel", false),
        drive(id, "DriveCancelled", "requestCancel", false),
        payment(id, "FareRefunded", false),
    ];
    assert_eq!(said, [started(id), undone.to_vec()].concat());
}

fn a_call_too_far_says_that_no_drive_is_available(server: &ServerProcess) {
    let id = too_far(server, "kim");
    let all = [
        call(id, "CallPlaced", "driveRequest", true),
        payment(id, "FarePaid", true),
        drive(id, "DriveNotAvailable", "requestCancel", true),
        call(id, "CallCancelled", "requestCancel", true),
        payment(id, "FareRefunded", true),
    ];
    assert_eq!(said(server, id), all);
}

fn a_failed_call_says_so_and_no_more(server: &ServerProcess) {
    server.set_payment_mode("call-taxi", "decline");
    let id = server.post("/calls", &ride("kim")).created_id();
    assert_eq!(said(server, id), [call(id, "CallPayFailed", "payFail", false)]);
}
