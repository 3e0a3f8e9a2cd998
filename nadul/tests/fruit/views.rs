//! Policies and views: what follows from each event, in one my page row an order.
use crate::fruit::steps::{cancel, deliver, open, open_with, place, row, sent};
use process::ServerProcess;
use serde_json::{Value, json};

/// The row without its history, and the names in that.
#[track_caller]
fn page(server: &ServerProcess<'_>, id: u64) -> (Value, Vec<String>) {
    let mut row = row(server, "myPages", id);
    let history = row.as_object_mut().and_then(|row| row.remove("history")).expect("a history");
    let entries = history.as_array().expect("entries");
    let sorted = entries.iter().map(|entry| entry["timestamp"].to_string()).collect::<Vec<_>>().is_sorted();
    let whole = |entry: &Value| entry.as_object().is_some_and(|entry| entry.len() == 3) && entry["eventId"].is_string();
    assert!(sorted && entries.iter().all(whole), "{history}");
    (row, entries.iter().map(|entry| entry["eventType"].as_str().unwrap_or_default().to_string()).collect())
}

fn columns(id: u64, order: &str, pay: Option<&str>, delivery: Option<&str>) -> Value {
    json!({ "id": id, "orderId": id, "userId": "kim", "prodNm": "사과", "qty": 3, "price": 30000, "orderStatus": order,
        "payId": pay.map(|_| id), "payStatus": pay, "deliveryId": delivery.map(|_| id), "deliveryStatus": delivery })
}

#[test]
fn my_page_shows_each_step() {
    open(|server| {
        a_placed_order_is_paid_and_sent(server);
        a_cancelled_order_is_refunded_and_its_delivery_cancelled(server);
    });
}

fn a_placed_order_is_paid_and_sent(server: &ServerProcess) {
    server.stop_context("fruit", "delivery");
    let id = place(server, "kim");
    let path = format!("/myPages/{id}");
    server.wait_for_text(&path, "결제승인");
    let (row, history) = page(server, id);
    assert_eq!(row, columns(id, "주문신청", Some("결제승인"), None));
    assert_eq!(history, ["OrderPlaced", "PaymentApproved"]);
    server.start_context("fruit", "delivery");
    server.wait_for_text(&path, "배송시작");
    let (row, history) = page(server, id);
    assert_eq!(row, columns(id, "주문신청", Some("결제승인"), Some("배송시작")));
    assert_eq!(history, ["OrderPlaced", "PaymentApproved", "DeliveryStarted"]);
    deliver(server, id).expect_status(200);
    server.wait_for_text(&path, "배송완료");
    let (row, history) = page(server, id);
    assert_eq!(row, columns(id, "주문신청", Some("결제승인"), Some("배송완료")));
    assert_eq!(history, ["OrderPlaced", "PaymentApproved", "DeliveryStarted", "DeliveryCompleted"]);
}

fn a_cancelled_order_is_refunded_and_its_delivery_cancelled(server: &ServerProcess) {
    let id = sent(server, "kim");
    cancel(server, id).expect_status(204);
    let (row, mut history) = page(server.wait_until_idle(), id);
    assert_eq!(row, columns(id, "주문취소", Some("결제취소"), Some("배송취소")));
    history[4..].sort();
    let undone = ["OrderCanceled", "DeliveryCanceled", "PaymentCanceled"];
    assert_eq!(history, [&["OrderPlaced", "PaymentApproved", "DeliveryStarted"][..], &undone].concat());
}

/// Groups nobody waits for keep a second's distance here, so that delivery hears of the payment only after the cancel.
#[test]
fn a_delivery_that_had_not_started_never_starts() {
    open_with(&["runtime.gather_ms=1000"], |server| {
        let id = place(server, "kim");
        cancel(server, id).expect_status(204);
        let (row, mut history) = page(server.wait_until_idle(), id);
        assert_eq!(row, columns(id, "주문취소", Some("결제취소"), None));
        history.sort();
        assert_eq!(history, ["OrderCanceled", "OrderPlaced", "PaymentApproved", "PaymentCanceled"]);
        assert_eq!(server.get(&format!("/deliveries/{id}")).status, 404);
        server.wait_for_count("/deliveries", 0);
        deliver(server, id).expect_problem(404, "unknown-delivery");
    });
}
