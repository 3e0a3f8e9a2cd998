//! In between: what is seen, and who wins, while pay is late, or while a context's disk keeps it from saying what it has decided.
use crate::bookstore::ledger::books_balance;
use crate::bookstore::steps::{asks, book, buys, cancel, closes, is, reject, said};
use crate::promises::doubt::hold_the_disk;
use process::{Nadul, ServerProcess, embedded_only};
use serde_json::{Value, json};

/// Whoever asks waits as long as the disk is held.
fn opens(nadul: &Nadul) -> ServerProcess<'_> {
    let patient =
        ["bookstore.payment_timeout_ms=20000", "bookstore.hold_timeout_ms=20000", "http.request_timeout_ms=25000"];
    let settings: Vec<&str> = patient.iter().flat_map(|setting| ["--set", setting]).collect();
    nadul.serve(&[&["bookstore", "--data", "data"], &settings[..]].concat())
}

#[test]
fn a_price_that_changes_while_an_order_is_under_way_is_for_the_next_one() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 5);
    server.set_payment_mode("bookstore", "late"); // and this buyer has the patience for it
    std::thread::scope(|scope| {
        let buyer = scope.spawn(|| asks(&server, book, 2, "kim"));
        let held = server.wait_for_text("/payments/1", "Paid").expect_status(200);
        assert_eq!((&held["orderId"], &held["amount"]), (&json!(1), &json!(20)), "read by its id");
        assert_eq!(server.rows("payments"), [] as [Value; 0], "and not listed");
        server.patch(&format!("/books/{book}"), &json!({ "name": "토지 2", "price": 99 })).expect_status(200);
        let row = buyer.join().expect("a buyer").expect_status(201);
        assert_eq!((&row["productName"], &row["amount"]), (&json!("토지"), &json!(20)));
    });
    server.set_payment_mode("bookstore", "approve");
    server.wait_until_caught_up("order", "store");
    assert_eq!(asks(&server, book, 2, "lee").expect_status(201)["amount"], 198);
    books_balance(&server, &[(book, 5)]);
    closes(server);
}

/// A seller's word has reached the store, which is still busy with its disk.
fn waits(server: &ServerProcess<'_>) -> bool {
    let said = server.get("/operator/contexts").json();
    let mut contexts = said["contexts"].as_array().into_iter().flatten();
    contexts.any(|context| context["context"] == "store" && context["queue"] != 0)
}

/// Cancelled while the seller's no is not durable yet: the order hears its buyer first.
#[test]
fn an_order_keeps_the_first_word_it_heard_and_is_refunded_once() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 5);
    let id = buys(&server, book, 2, "kim");
    let disk = hold_the_disk(&server, "bookstore", "store");
    std::thread::scope(|scope| {
        let mut sellers = vec![];
        while !waits(&server) {
            let client = server.client();
            sellers.push(scope.spawn(move || reject(&client, id).expect("an answer")));
        }
        assert_eq!(cancel(&server.client(), id).expect("an answer").status, 204);
        is(&server, &format!("/payments/{id}"), "status", "Cancelled");
        drop(disk);
        for seller in sellers {
            assert_eq!(seller.join().expect("a seller").expect_status(200)["status"], "Rejected");
        }
    });
    books_balance(&server, &[(book, 5)]);
    assert_eq!(server.get(&format!("/orders/{id}")).expect_status(200)["status"], "OrderCancelled");
    assert_eq!(server.get(&format!("/storeOrders/{id}")).expect_status(200)["status"], "Rejected");
    assert_eq!(server.get(&format!("/orderStatuses/{id}")).expect_status(200)["orderStatus"], "OrderCancelled");
    closes(server);
    let times = ["PaymentCancelled", "StockReturned", "StoreCancelled"].map(|event| said(&nadul, event));
    assert_eq!(times, [1, 1, 0]);
}
