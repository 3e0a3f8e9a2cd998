//! call-taxi: a customer calls by distance, a taxi is assigned and drives.
use crate::five::{
    FulfilmentStep, HttpCommand, ListedSystem, PaymentStatus, RequestEvents, RequestStatus, context, customer, event,
    rows, view,
};
use process::ServerProcess;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const CALL: &str = "callId userId userName callStatus distance fare";
const DRIVE: &str = "driveId driverName callId driveStatus taxiNum fare";

pub const SYSTEM: ListedSystem = ListedSystem {
    name: "call-taxi",
    topic: "taxisvc",
    contexts: &[
        context("call", 8082, &[rows("calls", "call", "callId", &["userId", "callId"], &["fare", "distance"])]),
        context("payment", 8083, &[rows("payments", "payment", "payId", &["callId"], &["fare"])]),
        context("drive", 8084, &[rows("drives", "drive", "driveId", &["callId"], &["fare"])]),
        context(
            "callview",
            8085,
            &[view(rows("callViews", "callView", "callId", &["userId", "callId"], &["fare", "distance"]))],
        ),
        context("message", 8086, &[]),
    ],
    core: "call",
    payment: "payment",
    view: "callview",
    requests: "calls",
    key: "callId",
    customer: "userId",
    amount: "fare",
    request_status: RequestStatus {
        field: "callStatus",
        standing: &["driveRequest", "driveStart", "driveComplete"],
        cancelled: "requestCancel",
    },
    payment_status: PaymentStatus { field: "payStatus", approved: "paid", refunded: "refunded" },
    views: "callViews",
    view_status: "callStatus",
    view_words: &[
        ("driveStart", &["driveStart"]),
        ("driveComplete", &["driveComplete"]),
        ("requestCancel", &["requestCancel"]),
        ("payFail", &["payFail"]),
    ],
    view_columns: &[
        ("driveId", "drives", "id"),
        ("driverName", "drives", "driverName"),
        ("taxiNum", "drives", "taxiNum"),
        ("driveStatus", "drives", "driveStatus"),
        ("payStatus", "payments", "payStatus"),
    ],
    events: RequestEvents {
        refunded: "FareRefunded",
        until_under_way: &[&["CallPlaced"], &["FarePaid"], &["DriveStarted"]],
        of_a_cancel: &[&["CallCancelled"], &["DriveCancelled", "FareRefunded"]],
    },
    published: &[
        event("call", "CallPlaced", CALL).told(&[[
            "호출이 접수되었습니다. 거리 {distance}, 요금 {fare}원입니다.",
            "Your call is placed: distance {distance}, fare {fare} won.",
        ]]),
        event("call", "CallPayFailed", CALL)
            .told(&[["요금이 결제되지 않아 호출이 실패했습니다.", "Your call failed: its fare was not paid."]]),
        event("call", "CallCancelled", CALL).told(&[["호출이 취소되었습니다.", "Your call is cancelled."]]),
        event("payment", "FarePaid", "payId callId fare")
            .told(&[["{fare}원이 결제되었습니다.", "{fare} won were paid."]]),
        event("payment", "FareRefunded", "payId callId fare")
            .told(&[["{fare}원이 환불되었습니다.", "{fare} won were refunded."]]),
        event("drive", "DriveStarted", DRIVE).told(&[[
            "{taxiNum}번 택시({driverName})가 출발했습니다.",
            "Taxi {taxiNum} ({driverName}) is on its way.",
        ]]),
        event("drive", "DriveNotAvailable", DRIVE)
            .told(&[["너무 먼 거리라 배차할 수 없습니다.", "No taxi drives that far."]]),
        event("drive", "DriveCancelled", DRIVE).told(&[["운행이 취소되었습니다.", "Your drive is cancelled."]]),
        event("drive", "DriveEnded", DRIVE).told(&[["운행이 끝났습니다.", "Your drive has ended."]]),
    ],
    unpaid: Some("payFail"),
    settings: &[],
    prepare: |_| {},
    offer: |_, customer| json!({ "userId": customer, "userName": "김나들", "distance": 12.5 }),
    provide: None,
    refuse: None,
    cancel: |id| HttpCommand::new("POST", "/call-taxi/calls/cancel", json!({ "callId": id })),
    meanwhile: |_, _| Some(()),
    fulfilment: Some(FulfilmentStep {
        context: "drive",
        collection: "drives",
        field: "driveStatus",
        started: "start",
        completed: "end",
        cancelled: "requestCancel",
        started_event: "DriveStarted",
        completed_event: "DriveEnded",
        cancelled_event: "DriveCancelled",
        complete: |id| HttpCommand::new("POST", "/call-taxi/drives/end", json!({ "driveId": id })),
    }),
    own_rules: calls_and_drives_are_in_step,
    trade,
};

/// A drive is under way or ended for each call that says so and for no other; the view shows the two in step.
fn calls_and_drives_are_in_step(server: &ServerProcess) {
    let by_call = |collection: &str| -> BTreeMap<u64, Value> {
        let rows = server.rows(&format!("call-taxi/{collection}"));
        rows.into_iter().map(|row| (row["callId"].as_u64().expect("an id"), row)).collect()
    };
    let (calls, drives) = (by_call("calls"), by_call("drives"));
    for (id, page) in by_call("callViews") {
        let drive = drives.get(&id).map_or(&Value::Null, |row| &row["driveStatus"]);
        let fits: &[Value] = match calls[&id]["callStatus"].as_str() {
            Some("driveStart") => &["start".into()],
            Some("driveComplete") => &["end".into()],
            Some("requestCancel") => &[Value::Null, "requestCancel".into()],
            _ => &[Value::Null],
        };
        assert!(fits.contains(drive) && page["driveStatus"] == *drive, "{page} {drive}");
        assert_eq!(page["fare"], calls[&id]["fare"], "{page}");
    }
    assert!(drives.keys().all(|id| calls.contains_key(id)), "{drives:?}");
}

fn trade(server: &ServerProcess, n: u64) {
    let call = json!({ "userId": customer(n), "userName": "Kim", "distance": n });
    let id = server.post("/call-taxi/calls", &call).created_id();
    server.wait_for_text(&format!("/call-taxi/callViews/{id}"), "driveStart");
}
