//! What is published: the fields of each event, its key and its frame, and what nobody else sees.
use crate::shop::{accepts, asks, book, buys, cancels, closes, deliver, opens, rejects};
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
    let served = opens(&nadul);
    asks(&served, book(&served, 1, 0), 1, "nobody").made(); // its ids are no others'
    served.rests();
    let book = book(&served, 10, 9);
    served.patch(&format!("/books/{book}"), &json!({ "stock": null })).with(200);
    let delivered = buys(&served, book, 2, "kim");
    accepts(&served, delivered);
    deliver(&served.door(), delivered).expect("an answer").with(200);
    let rejected = buys(served.rests(), book, 1, "kim");
    rejects(&served, rejected);
    let cancelled = buys(served.rests(), book, 3, "kim");
    accepts(&served, cancelled);
    cancels(served.rests(), cancelled);
    served.rests().delete(&format!("/books/{book}"));
    closes(served);

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
    let served = opens(&nadul);
    let book = book(&served, 10, 9);
    served.pays("bookstore", "decline");
    asks(&served, book, 1, "kim").refused(402, "payment-declined");
    served.pays("bookstore", "approve");
    buys(&served, book, 1, "kim");
    closes(served);
    let private = |context: &str| -> Vec<String> {
        let log = nadul.log(&format!("bookstore/{context}"));
        let private = log.iter().filter(|event| event["published"] == false);
        private.map(|event| event["eventType"].as_str().expect("a type").to_string()).collect()
    };
    assert_eq!(private("pay"), ["MoneyHeld"], "what is declined is not even held");
    assert_eq!(private("store"), ["SaleOrdered", "SaleListed", "StockTaken", "StockSecured"]);
    assert_eq!(published(&nadul, "order").len(), 1);
}
