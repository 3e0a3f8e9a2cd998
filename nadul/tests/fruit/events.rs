//! Events: their names, their sources and all of their fields, and what of it is public.
use crate::fruit::steps::{cancel, deliver, open, sent};
use process::ServerProcess;
use serde_json::{Value, json};

/// What an event is told with, whatever it is.
const FRAME: [&str; 8] =
    ["eventId", "eventType", "timestamp", "correlationId", "source", "position", "key", "published"];

/// The public events of an order as (source, name, fields), in order of time.
fn said(server: &ServerProcess<'_>, key: u64) -> Vec<(String, String, Value)> {
    let text = |event: &Value, name: &str| event[name].as_str().unwrap_or_default().to_string();
    let of_key = |event: &Value| event["key"] == key && event["published"] == true;
    let told = |mut event: Value| {
        let (source, name) = (text(&event, "source"), text(&event, "eventType"));
        event.as_object_mut().expect("an object").retain(|name, _| !FRAME.contains(&name.as_str()));
        (source, name, event)
    };
    server.nadul.log("fruit").into_iter().filter(of_key).map(told).collect()
}

fn order(id: u64, status: &str) -> Value {
    json!({ "orderId": id, "userId": "kim", "prodNm": "사과", "qty": 3, "price": 30000, "address": "서울 중구 1",
        "orderStatus": status })
}

fn payment(id: u64, status: &str) -> Value {
    json!({ "payId": id, "orderId": id, "userId": "kim", "price": 30000, "payStatus": status })
}

fn delivery(id: u64, status: &str) -> Value {
    json!({ "deliveryId": id, "orderId": id, "userId": "kim", "prodNm": "사과", "qty": 3, "address": "서울 중구 1",
        "deliveryStatus": status })
}

fn event(source: &str, name: &str, fields: Value) -> (String, String, Value) {
    (source.into(), name.into(), fields)
}

fn started(id: u64) -> Vec<(String, String, Value)> {
    vec![
        event("order", "OrderPlaced", order(id, "주문신청")),
        event("payment", "PaymentApproved", payment(id, "결제승인")),
        event("delivery", "DeliveryStarted", delivery(id, "배송시작")),
    ]
}

#[test]
fn each_event_has_its_source_and_the_fields_of_the_page() {
    open(|server| {
        a_delivered_order_says_four_events(server);
        a_cancelled_order_says_what_is_undone(server);
    });
}

fn a_delivered_order_says_four_events(server: &ServerProcess) {
    let id = sent(server, "kim");
    deliver(server, id).expect_status(200);
    let mut all = started(id);
    all.push(event("delivery", "DeliveryCompleted", delivery(id, "배송완료")));
    assert_eq!(said(server.wait_until_idle(), id), all);
}

fn a_cancelled_order_says_what_is_undone(server: &ServerProcess) {
    let id = sent(server, "kim");
    cancel(server, id).expect_status(204);
    let mut said = said(server.wait_until_idle(), id);
    // payment and delivery hear of it at the same time
    said[4..].sort_by(|a, b| a.1.cmp(&b.1));
    let mut all = started(id);
    all.push(event("order", "OrderCanceled", order(id, "주문취소")));
    all.push(event("delivery", "DeliveryCanceled", delivery(id, "배송취소")));
    all.push(event("payment", "PaymentCanceled", payment(id, "결제취소")));
    assert_eq!(said, all);
}
