//! What is published: the fields of each event, its key and its frame, and what nobody else sees.
use crate::bookstore::steps::{accepts, asks, book, buys, cancels, closes, deliver, opens, rejects};
use process::Nadul;
use serde_json::{Value, json};

/// An event's own fields, without its frame.
fn fields(event: &Value) -> Value {
    let mut fields = event.as_object().expect("an event is an object").clone();
    for frame in ["eventId", "eventType", "timestamp", "correlationId", "source", "position", "key", "published"] {
        assert!(fields.remove(frame).is_some(), "{event} has no {frame}");
    }
    Value::Object(fields)
}

type Row = (String, u64, Value);

fn row(said: &str, key: u64, fields: Value) -> Row {
    (said.to_string(), key, fields)
}

/// What a context published, in order.
fn published(nadul: &Nadul, context: &str) -> Vec<Row> {
    let log = nadul.log(&format!("bookstore/{context}"));
    let event = |event: &Value| {
        assert_eq!(event["source"], context);
        row(event["eventType"].as_str().expect("a type"), event["key"].as_u64().expect("a key"), fields(event))
    };
    log.iter().filter(|event| event["published"] == true).map(event).collect()
}

#[test]
fn every_event_has_the_fields_and_the_key_of_its_page() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    asks(&server, book(&server, 1, 0), 1, "nobody").created_id(); // its ids are no others'
    server.wait_until_idle();
    let book = book(&server, 10, 9);
    server.patch(&format!("/books/{book}"), &json!({ "stock": null })).expect_status(200);
    let delivered = buys(&server, book, 2, "kim");
    accepts(&server, delivered);
    deliver(&server.client(), delivered).expect("an answer").expect_status(200);
    let rejected = buys(server.wait_until_idle(), book, 1, "kim");
    rejects(&server, rejected);
    let cancelled = buys(server.wait_until_idle(), book, 3, "kim");
    accepts(&server, cancelled);
    cancels(server.wait_until_idle(), cancelled);
    server.wait_until_idle().delete(&format!("/books/{book}"));
    closes(server);

    let title = |stock: Option<u64>| json!({ "productId": book, "name": "토지", "price": 10, "stock": stock });
    let verdict = |id: u64, qty: u64, reason: Option<&str>| json!({ "orderId": id, "productId": book, "qty": qty, "reason": reason });
    let of_store = [
        row("BookRegistered", book, title(Some(9))),
        row("BookModified", book, title(None)),
        row("Accepted", delivered, verdict(delivered, 2, None)),
        row("Rejected", rejected, verdict(rejected, 1, Some("절판"))),
        row("Accepted", cancelled, verdict(cancelled, 3, None)),
        row("StoreCancelled", cancelled, verdict(cancelled, 3, None)),
        row("BookDeleted", book, title(None)),
    ];
    let purchase = |id: u64, qty: u64| {
        json!({ "orderId": id, "productId": book, "productName": "토지", "qty": qty, "amount": qty * 10,
            "customerId": "kim", "customerName": "김나들", "customerAddr": "서울" })
    };
    let of_order = [
        row("OrderPlaced", delivered, purchase(delivered, 2)),
        row("OrderPlaced", rejected, purchase(rejected, 1)),
        row("OrderPlaced", cancelled, purchase(cancelled, 3)),
        row("OrderCancelled", cancelled, purchase(cancelled, 3)),
    ];
    let bill = |id: u64, amount: u64| json!({ "payId": id, "orderId": id, "amount": amount });
    let of_pay = [
        row("Paid", delivered, bill(delivered, 20)),
        row("Paid", rejected, bill(rejected, 10)),
        row("PaymentCancelled", rejected, bill(rejected, 10)),
        row("Paid", cancelled, bill(cancelled, 30)),
        row("PaymentCancelled", cancelled, bill(cancelled, 30)),
    ];
    let parcel = |id: u64, qty: u64, state: &str| {
        json!({ "deliveryId": id, "orderId": id, "productId": book, "productName": "토지", "qty": qty,
            "customerId": "kim", "deliveryAddress": "서울", "deliveryState": state })
    };
    let of_delivery = [
        row("DeliveryStarted", delivered, parcel(delivered, 2, "DeliveryStarted")),
        row("Delivered", delivered, parcel(delivered, 2, "Delivered")),
        row("DeliveryStarted", cancelled, parcel(cancelled, 3, "DeliveryStarted")),
        row("DeliveryCancelled", cancelled, parcel(cancelled, 3, "DeliveryCancelled")),
    ];
    for (context, others, expected) in [
        ("store", 2, &of_store[..]), // the other book, and that it is out of stock
        ("order", 1, &of_order),
        ("pay", 2, &of_pay),
        ("delivery", 0, &of_delivery),
        ("message", 0, &[]),
        ("orderview", 0, &[]),
    ] {
        assert_eq!(published(&nadul, context)[others..], *expected, "{context}");
    }
}

#[test]
fn holding_and_what_the_store_says_to_itself_are_private() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 9);
    server.set_payment_mode("bookstore", "decline");
    asks(&server, book, 1, "kim").expect_problem(402, "payment-declined");
    server.set_payment_mode("bookstore", "approve");
    buys(&server, book, 1, "kim");
    closes(server);
    let private = |context: &str| -> Vec<String> {
        let log = nadul.log(&format!("bookstore/{context}"));
        let private = log.iter().filter(|event| event["published"] == false);
        private.map(|event| event["eventType"].as_str().expect("a type").to_string()).collect()
    };
    assert_eq!(private("pay"), ["MoneyHeld"], "what is declined is not even held");
    assert_eq!(private("store"), ["SaleOrdered", "SaleListed", "StockTaken", "StockSecured"]);
    assert_eq!(published(&nadul, "order").len(), 1);
}
