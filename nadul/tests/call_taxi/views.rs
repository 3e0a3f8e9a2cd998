//! Policies and views: what follows from each event, in one row a call; call and drive are always in step.
use crate::call_taxi::steps::{call, cancel, driven, end, open, ride, row, taxi, too_far};
use process::ServerProcess;
use serde_json::{Value, json};

/// The row without its history, and the names in that.
#[track_caller]
fn page(server: &ServerProcess<'_>, id: u64) -> (Value, Vec<String>) {
    let mut row = row(server, "callViews", id);
    let history = row.as_object_mut().and_then(|row| row.remove("history")).expect("a history");
    let entries = history.as_array().expect("entries");
    let sorted = entries.iter().map(|entry| entry["timestamp"].to_string()).collect::<Vec<_>>().is_sorted();
    let whole = |entry: &Value| entry.as_object().is_some_and(|entry| entry.len() == 3) && entry["eventId"].is_string();
    assert!(sorted && entries.iter().all(whole), "{history}");
    (row, entries.iter().map(|entry| entry["eventType"].as_str().unwrap_or_default().to_string()).collect())
}

fn columns(id: u64, call: &str, drive: Option<&str>, pay: &str) -> Value {
    json!({ "id": id, "callId": id, "userId": "kim", "userName": "김나들", "distance": 12.5, "fare": 125000,
        "callStatus": call, "driveId": drive.map(|_| id), "driverName": drive.map(|_| taxi(id).0),
        "taxiNum": drive.map(|_| taxi(id).1), "driveStatus": drive, "payStatus": pay })
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn the_view_shows_each_step() {
    open(|server| {
        a_taxi_is_named_for_the_first_four_digits(server);
        a_placed_call_is_paid_and_driven(server);
        a_cancelled_call_is_refunded_and_its_drive_cancelled(server);
        a_call_too_far_is_cancelled_and_refunded(server);
        call_and_drive_are_always_in_step(server);
    });
}

fn a_taxi_is_named_for_the_first_four_digits(server: &ServerProcess) {
    let ids: Vec<u64> = (0..12).map(|_| call(server, &ride("kim"))).collect();
    server.wait_until_idle();
    for collection in ["calls", "payments", "drives", "callViews"] {
        let shown = server.rows(collection).iter().map(|row| row["callId"].as_u64()).collect::<Option<Vec<_>>>();
        assert_eq!(shown.as_ref(), Some(&ids), "{collection}");
    }
    for (id, drive) in ids.iter().zip(server.rows("drives")) {
        let digits = (id * 1111).to_string()[..4].to_string();
        assert_eq!((&drive["taxiNum"], &drive["driveId"]), (&json!(digits), &json!(id)));
        assert_eq!(drive["driverName"], format!("driver{digits}"));
    }
}

fn a_placed_call_is_paid_and_driven(server: &ServerProcess) {
    server.stop_context("call-taxi", "drive");
    let id = call(server, &ride("kim"));
    let (view, path) = (format!("/callViews/{id}"), format!("/calls/{id}"));
    server.wait_for_text(&view, "\"paid\"");
    assert_eq!(page(server, id), (columns(id, "driveRequest", None, "paid"), names(&["CallPlaced", "FarePaid"])));
    server.start_context("call-taxi", "drive");
    server.wait_for_text(&view, "driveStart");
    let started = ["CallPlaced", "FarePaid", "DriveStarted"];
    assert_eq!(page(server, id), (columns(id, "driveStart", Some("start"), "paid"), names(&started)));
    server.wait_for_text(&path, "driveStart");
    end(server, id).expect_status(200);
    server.wait_for_text(&view, "driveComplete");
    let ended = names(&["CallPlaced", "FarePaid", "DriveStarted", "DriveEnded"]);
    assert_eq!(page(server, id), (columns(id, "driveComplete", Some("end"), "paid"), ended));
    server.wait_for_text(&path, "driveComplete");
}

fn a_cancelled_call_is_refunded_and_its_drive_cancelled(server: &ServerProcess) {
    let id = driven(server, "kim");
    cancel(server, id).expect_status(200);
    let (row, mut history) = page(server.wait_until_idle(), id);
    assert_eq!(row, columns(id, "requestCancel", Some("requestCancel"), "refunded"));
    history[4..].sort();
    let undone = ["CallCancelled", "DriveCancelled", "FareRefunded"];
    assert_eq!(history, [&["CallPlaced", "FarePaid", "DriveStarted"][..], &undone].concat());
}

fn a_call_too_far_is_cancelled_and_refunded(server: &ServerProcess) {
    let id = too_far(server, "kim");
    let (row, history) = page(server.wait_until_idle(), id);
    let mut wanted = columns(id, "requestCancel", Some("requestCancel"), "refunded");
    (wanted["distance"], wanted["fare"]) = (json!(100.1), json!(1_001_000));
    assert_eq!(row, wanted);
    assert_eq!(history, ["CallPlaced", "FarePaid", "DriveNotAvailable", "CallCancelled", "FareRefunded"]);
}

/// Whatever has been heard by then, a reader never sees them out of step.
fn call_and_drive_are_always_in_step(server: &ServerProcess) {
    let live = server.stream("/callViews", None);
    let ids: Vec<u64> = (0..12).map(|_| driven(server, "kim")).collect();
    for id in &ids {
        server.at_once(2, |client, at| {
            let (path, body) = if at == 0 { ("/calls/cancel", "callId") } else { ("/drives/end", "driveId") };
            client.post(path, &json!({ body: id })).expect("an answer").status
        });
    }
    let last = too_far(server, "kim");
    server.wait_until_idle();
    let mut seen = vec![];
    while seen.last() != Some(&(json!(last), "requestCancel".to_string(), json!("refunded"))) {
        let row = live.next().data;
        let shown = (row["callStatus"].as_str().unwrap_or_default(), row["driveStatus"].as_str());
        let pair = [("driveRequest", None), ("driveStart", Some("start")), ("driveComplete", Some("end"))];
        let cancelled = [("requestCancel", Some("requestCancel")), ("requestCancel", None)];
        assert!(pair.contains(&shown) || cancelled.contains(&shown), "{row}");
        seen.push((row["callId"].clone(), shown.0.to_string(), row["payStatus"].clone()));
    }
    assert!(seen.len() > 3 * ids.len(), "{seen:?}");
}
