//! /orderStatuses: an order as its buyer sees it, from the purchase to the parcel, with its history.
use crate::bookstore::steps::{accepts, book, buys, cancels, closes, deliver, history, opens, rejects};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

fn seen(server: &ServerProcess<'_>, id: u64) -> Value {
    let mut row = without_links(server.wait_until_idle().get(&format!("/orderStatuses/{id}")).expect_status(200));
    row.as_object_mut().expect("a row").remove("history");
    row
}

fn histories(server: &ServerProcess<'_>, id: u64) -> Vec<String> {
    history(&server.get(&format!("/orderStatuses/{id}")).expect_status(200))
}

#[test]
fn the_order_view_shows_each_step() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    a_delivered_order_is_shown_step_by_step(&server);
    a_rejected_order_is_shown_with_its_refund(&server);
    a_cancelled_order_is_shown_with_its_refund_and_its_delivery(&server);
    closes(server);
}

fn a_delivered_order_is_shown_step_by_step(server: &ServerProcess) {
    let book = book(server, 10, None);
    let id = buys(server, book, 2, "kim");
    let row = |order: &str, delivery_id: Option<u64>, delivery: Option<&str>| {
        json!({ "id": id, "orderId": id, "customerId": "kim", "productId": book, "productName": "토지", "qty": 2,
            "amount": 20, "orderStatus": order, "deliveryId": delivery_id, "deliveryStatus": delivery,
            "payStatus": "Paid" })
    };
    assert_eq!(seen(server, id), row("OrderPlaced", None, None));
    accepts(server, id);
    assert_eq!(seen(server, id), row("Accepted", Some(id), Some("DeliveryStarted")));
    deliver(&server.client(), id).expect("an answer").expect_status(200);
    assert_eq!(seen(server, id), row("Accepted", Some(id), Some("Delivered")));
    assert_eq!(histories(server, id), ["OrderPlaced", "Paid", "Accepted", "DeliveryStarted", "Delivered"]);
    let whole = server.get(&format!("/orderStatuses/{id}")).expect_status(200);
    let log = server.nadul.log("bookstore");
    for entry in whole["history"].as_array().expect("a history") {
        assert_eq!(entry.as_object().map(serde_json::Map::len), Some(3), "{entry}");
        let event = log.iter().find(|event| event["eventId"] == entry["eventId"]).expect("an event of the log");
        assert_eq!((&event["eventType"], &event["timestamp"]), (&entry["eventType"], &entry["timestamp"]));
    }
}

fn a_rejected_order_is_shown_with_its_refund(server: &ServerProcess) {
    let book = book(server, 10, None);
    let id = buys(server, book, 2, "kim");
    rejects(server, id);
    let row = seen(server, id);
    let words = [&row["orderStatus"], &row["payStatus"], &row["deliveryId"], &row["deliveryStatus"]];
    assert_eq!(words, [&json!("Rejected"), &json!("Cancelled"), &Value::Null, &Value::Null]);
    assert_eq!(histories(server, id), ["OrderPlaced", "Paid", "Rejected", "PaymentCancelled"]);
}

fn a_cancelled_order_is_shown_with_its_refund_and_its_delivery(server: &ServerProcess) {
    let book = book(server, 10, None);
    let (before, after) = (buys(server, book, 1, "kim"), buys(server, book, 1, "lee"));
    accepts(server, after);
    cancels(server, before);
    cancels(server, after);
    let words = |id: u64| {
        let row = seen(server, id);
        ["orderStatus", "payStatus", "deliveryId", "deliveryStatus"].map(|name| row[name].clone())
    };
    assert_eq!(json!(words(before)), json!(["OrderCancelled", "Cancelled", null, null]));
    assert_eq!(json!(words(after)), json!(["OrderCancelled", "Cancelled", after, "DeliveryCancelled"]));
    let mut undone = histories(server, after)[4..].to_vec();
    undone.sort();
    assert_eq!(undone, ["DeliveryCancelled", "OrderCancelled", "PaymentCancelled", "StoreCancelled"]);
    assert_eq!(histories(server, after)[..4], ["OrderPlaced", "Paid", "Accepted", "DeliveryStarted"]);
}
