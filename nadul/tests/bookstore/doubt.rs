//! In between: what is seen, and who wins, while pay is late, or while a context's disk keeps it from saying what it has decided.
use crate::ledger::books_balance;
use crate::shop::{accepts, asks, book, buys, cancel, closes, deliver, holds_the_disk, is, lets_go, reject, said};
use process::{Nadul, Served};
use serde_json::{Value, json};

/// Whoever asks waits as long as the disk is held.
fn opens(nadul: &Nadul) -> Served<'_> {
    let patient =
        ["bookstore.payment_timeout_ms=20000", "bookstore.hold_timeout_ms=20000", "http.request_timeout_ms=25000"];
    let settings: Vec<&str> = patient.iter().flat_map(|setting| ["--set", setting]).collect();
    nadul.serve(&[&["bookstore", "--data", "data"], &settings[..]].concat())
}

#[test]
fn a_price_that_changes_while_an_order_is_under_way_is_for_the_next_one() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    served.pays("bookstore", "late"); // and this buyer has the patience for it
    std::thread::scope(|scope| {
        let buyer = scope.spawn(|| asks(&served, book, 2, "kim"));
        let held = served.shows("/payments/1", "Paid").with(200);
        assert_eq!((&held["orderId"], &held["amount"]), (&json!(1), &json!(20)), "read by its id");
        assert_eq!(served.rows("payments"), [] as [Value; 0], "and not listed");
        served.patch(&format!("/books/{book}"), &json!({ "name": "토지 2", "price": 99 })).with(200);
        let row = buyer.join().expect("a buyer").with(201);
        assert_eq!((&row["productName"], &row["amount"]), (&json!("토지"), &json!(20)));
    });
    served.pays("bookstore", "approve");
    served.hears_of("order", "store");
    assert_eq!(asks(&served, book, 2, "lee").with(201)["amount"], 198);
    books_balance(&served, &[(book, 5)]);
    closes(served);
}

/// A seller's word has reached the store, which is still busy with its disk.
fn waits(served: &Served<'_>) -> bool {
    let said = served.get("/operator/contexts").json();
    let mut contexts = said["contexts"].as_array().into_iter().flatten();
    contexts.any(|context| context["context"] == "store" && context["queue"] != 0)
}

/// Cancelled while the seller's no is not durable yet: the order hears its buyer first.
#[test]
fn an_order_keeps_the_first_word_it_heard_and_is_refunded_once() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 2, "kim");
    let disk = holds_the_disk(served.rests(), "store");
    std::thread::scope(|scope| {
        let mut sellers = vec![];
        while !waits(&served) {
            let door = served.door();
            sellers.push(scope.spawn(move || reject(&door, id).expect("an answer")));
        }
        assert_eq!(cancel(&served.door(), id).expect("an answer").status, 204);
        is(&served, &format!("/payments/{id}"), "status", "Cancelled");
        lets_go(&disk);
        for seller in sellers {
            assert_eq!(seller.join().expect("a seller").with(200)["status"], "Rejected");
        }
    });
    books_balance(&served, &[(book, 5)]);
    assert_eq!(served.get(&format!("/orders/{id}")).with(200)["status"], "OrderCancelled");
    assert_eq!(served.get(&format!("/storeOrders/{id}")).with(200)["status"], "Rejected");
    assert_eq!(served.get(&format!("/orderStatuses/{id}")).with(200)["orderStatus"], "OrderCancelled");
    closes(served);
    let times = ["PaymentCancelled", "StockReturned", "StoreCancelled"].map(|event| said(&nadul, event));
    assert_eq!(times, [1, 1, 0]);
}

/// A cancel has asked delivery to stop, and can't say yet that it happened.
#[test]
fn a_courier_who_meets_a_cancel_in_doubt_waits_for_its_outcome() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 2, "kim");
    accepts(&served, id);
    let disk = holds_the_disk(served.rests(), "order");
    std::thread::scope(|scope| {
        let (buyer, courier) = (served.door(), served.door());
        let buyer = scope.spawn(move || cancel(&buyer, id).expect("an answer"));
        served.becomes("/health/live", "a stop", |_| said(&nadul, "StopHeld") == 1);
        let courier = scope.spawn(move || deliver(&courier, id).expect("an answer"));
        assert_eq!(served.get(&format!("/deliveries/{id}")).with(200)["deliveryState"], "DeliveryStarted");
        lets_go(&disk);
        assert_eq!(buyer.join().expect("a buyer").status, 204);
        courier.join().expect("a courier").refused(409, "delivery-off");
    });
    books_balance(&served, &[(book, 5)]);
    closes(served);
    assert_eq!((said(&nadul, "Delivered"), said(&nadul, "DeliveryCancelled")), (0, 1));
}
