//! A buyer's cancel: delivery is asked to stop, then everything is undone, once.
use crate::bookstore::ledger::books_balance;
use crate::bookstore::steps::{
    accepts, book, buys, cancel, cancels, closes, deliver, is, opens, rejects, said, shelf, told,
};
use process::Nadul;
use serde_json::{Value, json};

#[test]
fn a_cancel_before_the_seller_s_word_undoes_the_order() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 5);
    let id = buys(&server, book, 2, "kim");
    assert_eq!(shelf(&server, book), 3);
    cancels(&server, id);
    let row = server.get(&format!("/orders/{id}")).expect_status(200);
    let seen = (&row["status"], &row["qty"], &row["amount"], &row["productName"]);
    assert_eq!(seen, (&json!("OrderCancelled"), &json!(2), &json!(20), &json!("토지")), "it stays readable");
    is(&server, &format!("/storeOrders/{id}"), "status", "Cancelled");
    assert_eq!(shelf(&server, book), 5);
    assert_eq!(server.rows("deliveries"), [] as [Value; 0]);
    books_balance(&server, &[(book, 5)]);
    closes(server);
    assert_eq!(["StoreCancelled", "DeliveryCancelled"].map(|event| said(&nadul, event)), [1, 0]);
}

#[test]
fn a_cancel_on_the_way_stops_the_delivery() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 5);
    let id = buys(&server, book, 2, "kim");
    accepts(&server, id);
    cancels(&server, id);
    is(&server, &format!("/deliveries/{id}"), "deliveryState", "DeliveryCancelled");
    is(&server, &format!("/storeOrders/{id}"), "status", "Cancelled");
    assert_eq!(shelf(&server, book), 5);
    books_balance(&server, &[(book, 5)]);
    closes(server);
}

#[test]
fn what_is_delivered_or_rejected_or_was_never_ordered_is_not_cancelled() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let (book, client) = (book(&server, 10, 5), &server.client());
    let (delivered, rejected) = (buys(&server, book, 1, "kim"), buys(&server, book, 1, "lee"));
    accepts(&server, delivered);
    deliver(client, delivered).expect("an answer").expect_status(200);
    rejects(&server, rejected);
    cancel(client, delivered).expect("an answer").expect_problem(409, "already-delivered");
    cancel(client, rejected).expect("an answer").expect_problem(409, "already-rejected");
    cancel(client, 99).expect("an answer").expect_problem(404, "unknown-order");
    server.wait_until_idle();
    assert_eq!(server.get(&format!("/orders/{delivered}")).expect_status(200)["status"], "OrderPlaced");
    assert_eq!(server.get(&format!("/payments/{delivered}")).expect_status(200)["status"], "Paid");
    assert_eq!(server.get(&format!("/orders/{rejected}")).expect_status(200)["status"], "Rejected");
    books_balance(&server, &[(book, 5)]);
    closes(server);
    assert_eq!((said(&nadul, "OrderCancelled"), said(&nadul, "PaymentCancelled")), (0, 1));
}

#[test]
fn a_repeated_cancel_answers_like_the_first_and_does_nothing() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 5);
    let id = buys(&server, book, 2, "kim");
    accepts(&server, id);
    for answer in server.at_once(10, |client, _| cancel(client, id).expect("an answer")) {
        assert_eq!(answer.status, 204, "{answer:?}");
    }
    cancels(&server, id);
    server.wait_until_idle().stop_context("bookstore", "delivery");
    cancels(&server, id); // the owner checks first, and asks nobody
    server.start_context("bookstore", "delivery");
    books_balance(&server, &[(book, 5)]);
    let undone = ["OrderCancelled", "PaymentCancelled", "DeliveryCancelled"];
    let told = told(&server, "kim");
    assert!(undone.iter().all(|word| told.iter().filter(|it| it == word).count() == 1), "{told:?}");
    closes(server);
    let times = ["OrderCancelled", "PaymentCancelled", "StoreCancelled", "DeliveryCancelled"];
    assert_eq!(times.map(|event| said(&nadul, event)), [1; 4]);
}
