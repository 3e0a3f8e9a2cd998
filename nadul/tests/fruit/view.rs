//! Policies and views: what follows from each event, in one my page row an order.
use crate::shop::{cancel, deliver, open, open_with, place, row, sent};
use process::Served;
use serde_json::{Value, json};

/// The row without its history, and the names in that.
#[track_caller]
fn page(served: &Served<'_>, id: u64) -> (Value, Vec<String>) {
    let mut row = row(served, "myPages", id);
    let history = row.as_object_mut().and_then(|row| row.remove("history")).expect("a history");
    let entries = history.as_array().expect("entries");
    let sorted = entries.iter().map(|entry| entry["timestamp"].to_string()).collect::<Vec<_>>().is_sorted();
    let whole = |entry: &Value| entry.as_object().is_some_and(|entry| entry.len() == 3) && entry["eventId"].is_string();
    assert!(sorted && entries.iter().all(whole), "{history}");
    (row, entries.iter().map(|entry| entry["eventType"].as_str().unwrap_or_default().to_string()).collect())
}

fn columns(order: &str, pay: Option<&str>, delivery: Option<&str>) -> Value {
    json!({ "id": 1, "orderId": 1, "userId": "kim", "prodNm": "사과", "qty": 3, "price": 30000, "orderStatus": order,
        "payId": pay.map(|_| 1), "payStatus": pay, "deliveryId": delivery.map(|_| 1), "deliveryStatus": delivery })
}

#[test]
fn a_placed_order_is_paid_and_sent() {
    open(|served| {
        served.works("fruit", "delivery", false);
        place(served, "kim");
        served.shows("/myPages/1", "결제승인");
        let (row, history) = page(served, 1);
        assert_eq!(row, columns("주문신청", Some("결제승인"), None));
        assert_eq!(history, ["OrderPlaced", "PaymentApproved"]);
        served.works("fruit", "delivery", true);
        served.shows("/myPages/1", "배송시작");
        let (row, history) = page(served, 1);
        assert_eq!(row, columns("주문신청", Some("결제승인"), Some("배송시작")));
        assert_eq!(history, ["OrderPlaced", "PaymentApproved", "DeliveryStarted"]);
        deliver(served, 1).with(200);
        served.shows("/myPages/1", "배송완료");
        let (row, history) = page(served, 1);
        assert_eq!(row, columns("주문신청", Some("결제승인"), Some("배송완료")));
        assert_eq!(history, ["OrderPlaced", "PaymentApproved", "DeliveryStarted", "DeliveryCompleted"]);
    });
}

#[test]
fn a_cancelled_order_is_refunded_and_its_delivery_cancelled() {
    open(|served| {
        let id = sent(served, "kim");
        cancel(served, id).with(204);
        let (row, mut history) = page(served.rests(), id);
        assert_eq!(row, columns("주문취소", Some("결제취소"), Some("배송취소")));
        history[4..].sort();
        let undone = ["OrderCanceled", "DeliveryCanceled", "PaymentCanceled"];
        assert_eq!(history, [&["OrderPlaced", "PaymentApproved", "DeliveryStarted"][..], &undone].concat());
    });
}

/// Groups nobody waits for keep a second's distance here, so that delivery hears of the payment only after the cancel.
#[test]
fn a_delivery_that_had_not_started_never_starts() {
    open_with(&["runtime.gather_ms=1000"], |served| {
        let id = place(served, "kim");
        cancel(served, id).with(204);
        let (row, mut history) = page(served.rests(), id);
        assert_eq!(row, columns("주문취소", Some("결제취소"), None));
        history.sort();
        assert_eq!(history, ["OrderCanceled", "OrderPlaced", "PaymentApproved", "PaymentCanceled"]);
        assert_eq!(served.get(&format!("/deliveries/{id}")).status, 404);
        served.counts("/deliveries", 0);
        deliver(served, id).refused(404, "unknown-delivery");
    });
}

#[test]
fn there_is_one_row_one_payment_and_one_delivery_an_order() {
    open(|served| {
        let ids: Vec<u64> = (0..12).map(|_| place(served, "kim")).collect();
        served.rests();
        for collection in ["orders", "payments", "deliveries", "myPages"] {
            let rows = served.rows(collection);
            assert_eq!(
                rows.iter().map(|row| row["orderId"].as_u64()).collect::<Vec<_>>(),
                ids.iter().copied().map(Some).collect::<Vec<_>>()
            );
        }
    });
}
