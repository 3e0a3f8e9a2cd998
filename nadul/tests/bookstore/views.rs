//! /orderStatuses: an order as its buyer sees it, from the purchase to the parcel, with its history.
use crate::shop::{accepts, asks, book, buys, cancels, closes, deliver, history, is, opens, rejects};
use process::{Nadul, Served, bare};
use serde_json::{Value, json};

fn seen(served: &Served<'_>, id: u64) -> Value {
    let mut row = bare(served.rests().get(&format!("/orderStatuses/{id}")).with(200));
    row.as_object_mut().expect("a row").remove("history");
    row
}

fn histories(served: &Served<'_>, id: u64) -> Vec<String> {
    history(&served.get(&format!("/orderStatuses/{id}")).with(200))
}

#[test]
fn a_delivered_order_is_shown_step_by_step() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let id = buys(&served, book, 2, "kim");
    let row = |order: &str, delivery_id: Option<u64>, delivery: Option<&str>| {
        json!({ "id": id, "orderId": id, "customerId": "kim", "productId": book, "productName": "토지", "qty": 2,
            "amount": 20, "orderStatus": order, "deliveryId": delivery_id, "deliveryStatus": delivery,
            "payStatus": "Paid" })
    };
    assert_eq!(seen(&served, id), row("OrderPlaced", None, None));
    accepts(&served, id);
    assert_eq!(seen(&served, id), row("Accepted", Some(id), Some("DeliveryStarted")));
    deliver(&served.door(), id).expect("an answer").with(200);
    assert_eq!(seen(&served, id), row("Accepted", Some(id), Some("Delivered")));
    assert_eq!(histories(&served, id), ["OrderPlaced", "Paid", "Accepted", "DeliveryStarted", "Delivered"]);
    let whole = served.get(&format!("/orderStatuses/{id}")).with(200);
    closes(served);
    let log = nadul.log("bookstore");
    for entry in whole["history"].as_array().expect("a history") {
        assert_eq!(entry.as_object().map(serde_json::Map::len), Some(3), "{entry}");
        let event = log.iter().find(|event| event["eventId"] == entry["eventId"]).expect("an event of the log");
        assert_eq!((&event["eventType"], &event["timestamp"]), (&entry["eventType"], &entry["timestamp"]));
    }
}

#[test]
fn a_rejected_order_is_shown_with_its_refund() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let id = buys(&served, book, 2, "kim");
    rejects(&served, id);
    let row = seen(&served, id);
    let words = [&row["orderStatus"], &row["payStatus"], &row["deliveryId"], &row["deliveryStatus"]];
    assert_eq!(words, [&json!("Rejected"), &json!("Cancelled"), &Value::Null, &Value::Null]);
    assert_eq!(histories(&served, id), ["OrderPlaced", "Paid", "Rejected", "PaymentCancelled"]);
    closes(served);
}

#[test]
fn a_cancelled_order_is_shown_with_its_refund_and_its_delivery() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let (before, after) = (buys(&served, book, 1, "kim"), buys(&served, book, 1, "lee"));
    accepts(&served, after);
    cancels(&served, before);
    cancels(&served, after);
    let words = |id: u64| {
        let row = seen(&served, id);
        ["orderStatus", "payStatus", "deliveryId", "deliveryStatus"].map(|name| row[name].clone())
    };
    assert_eq!(json!(words(before)), json!(["OrderCancelled", "Cancelled", null, null]));
    assert_eq!(json!(words(after)), json!(["OrderCancelled", "Cancelled", after, "DeliveryCancelled"]));
    let mut undone = histories(&served, after)[4..].to_vec();
    undone.sort();
    assert_eq!(undone, ["DeliveryCancelled", "OrderCancelled", "PaymentCancelled", "StoreCancelled"]);
    assert_eq!(histories(&served, after)[..4], ["OrderPlaced", "Paid", "Accepted", "DeliveryStarted"]);
    closes(served);
}

/// Whatever is said of an order first, its row and its messages appear with the order's own event.
#[test]
fn a_row_appears_with_the_order_itself() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let row = asks(&served, book, 1, "kim").with(201);
    let id = row["id"].as_u64().expect("an id");
    let shown = is(&served, &format!("/orderStatuses/{id}"), "payStatus", "Paid");
    assert_eq!((&shown["customerId"], &shown["productName"]), (&row["customerId"], &row["productName"]));
    closes(served);
}

#[test]
fn views_and_messages_are_read_only() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let id = buys(&served, book, 1, "kim");
    served.rests();
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        for path in ["orderStatuses", "topBooks", "messages"] {
            for path in [format!("/{path}"), format!("/{path}/{id}")] {
                let answer = served.ask(method, &path, &json!({ "name": "x" }));
                answer.refused(405, "wrong-method");
                assert!(answer.header("allow").contains("GET"), "{answer:?}");
            }
        }
    }
    closes(served);
}
