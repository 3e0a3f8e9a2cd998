//! Events: their names, their sources and all of their fields, and what of it is public.
use crate::shop::{cancel, deliver, open, sent};
use process::Served;
use serde_json::{Value, json};

/// What an event is told with, whatever it is.
const FRAME: [&str; 8] =
    ["eventId", "eventType", "timestamp", "correlationId", "source", "position", "key", "published"];

/// The public events of an order as (source, name, fields), in order of time.
fn said(served: &Served<'_>, key: u64) -> Vec<(String, String, Value)> {
    let text = |event: &Value, name: &str| event[name].as_str().unwrap_or_default().to_string();
    let of_key = |event: &Value| event["key"] == key && event["published"] == true;
    let told = |mut event: Value| {
        let (source, name) = (text(&event, "source"), text(&event, "eventType"));
        event.as_object_mut().expect("an object").retain(|name, _| !FRAME.contains(&name.as_str()));
        (source, name, event)
    };
    served.nadul.log("fruit").into_iter().filter(of_key).map(told).collect()
}

fn order(status: &str) -> Value {
    json!({ "orderId": 1, "userId": "kim", "prodNm": "사과", "qty": 3, "price": 30000, "address": "서울 중구 1",
        "orderStatus": status })
}

fn payment(status: &str) -> Value {
    json!({ "payId": 1, "orderId": 1, "userId": "kim", "price": 30000, "payStatus": status })
}

fn delivery(status: &str) -> Value {
    json!({ "deliveryId": 1, "orderId": 1, "userId": "kim", "prodNm": "사과", "qty": 3, "address": "서울 중구 1",
        "deliveryStatus": status })
}

fn event(source: &str, name: &str, fields: Value) -> (String, String, Value) {
    (source.into(), name.into(), fields)
}

fn started() -> Vec<(String, String, Value)> {
    vec![
        event("order", "OrderPlaced", order("주문신청")),
        event("payment", "PaymentApproved", payment("결제승인")),
        event("delivery", "DeliveryStarted", delivery("배송시작")),
    ]
}

#[test]
fn a_delivered_order_says_four_events() {
    open(|served| {
        let id = sent(served, "kim");
        deliver(served, id).with(200);
        let mut all = started();
        all.push(event("delivery", "DeliveryCompleted", delivery("배송완료")));
        assert_eq!(said(served.rests(), id), all);
    });
}

#[test]
fn a_cancelled_order_says_what_is_undone() {
    open(|served| {
        let id = sent(served, "kim");
        cancel(served, id).with(204);
        let mut said = said(served.rests(), id);
        // payment and delivery hear of it at the same time
        said[4..].sort_by(|a, b| a.1.cmp(&b.1));
        let mut all = started();
        all.push(event("order", "OrderCanceled", order("주문취소")));
        all.push(event("delivery", "DeliveryCanceled", delivery("배송취소")));
        all.push(event("payment", "PaymentCanceled", payment("결제취소")));
        assert_eq!(said, all);
    });
}

#[test]
fn the_contexts_have_their_ports_and_the_system_its_topic() {
    let said = process::Nadul::new().run(&["systems", "--json"]);
    let systems: Vec<Value> = serde_json::from_str(&said.out).expect("JSON");
    let fruit = systems.iter().find(|system| system["name"] == "fruit").expect("fruit is there");
    assert_eq!(fruit["topic"], "fruitstore");
    let context = |name: &str| fruit["contexts"].as_array().into_iter().flatten().find(|c| c["name"] == name).cloned();
    for (name, port) in [("order", 8081), ("mypage", 8082), ("payment", 8083), ("delivery", 8084), ("message", 8085)] {
        assert_eq!(context(name), Some(json!({ "name": name, "port": port })));
    }
    assert_eq!(fruit["contexts"].as_array().map(Vec::len), Some(5));
}
