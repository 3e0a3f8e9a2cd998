//! The view: a taxi is named for its call; call and drive are always in step.
use crate::call_taxi::steps::{call, driven, open, ride, too_far};
use process::ServerProcess;
use serde_json::json;

#[test]
fn the_view_shows_call_and_drive_in_step() {
    open(|server| {
        a_taxi_is_named_for_the_first_four_digits(server);
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
