//! Each context down and back: what can go on goes on, and what was missed happens once, in order.
use crate::bookstore::ledger::books_balance;
use crate::bookstore::steps::{
    accept, accepts, asks, book, buys, cancel, cancels, closes, deliver, is, is_untouched, opens, reject, said, told,
};
use process::{Nadul, ServerProcess};

#[track_caller]
fn is_down(server: &ServerProcess<'_>, path: &str) {
    let answer = server.get(path);
    answer.expect_problem(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
}

#[test]
fn without_the_shop_front_seller_and_courier_go_on_and_it_hears_the_seller_when_it_is_back() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let (book, client) = (book(&server, 10, 9), &server.client());
    let [kept, lost] = [buys(&server, book, 1, "kim"), buys(&server, book, 1, "lee")];
    server.wait_until_idle().stop_context("bookstore", "order");
    asks(&server, book, 1, "kim").expect_problem(503, "unavailable");
    cancel(client, kept).expect("an answer").expect_problem(503, "unavailable");
    is_down(&server, "/orders");
    accepts(&server, kept);
    deliver(client, kept).expect("an answer").expect_status(200);
    reject(client, lost).expect("an answer").expect_status(200);
    is(&server, &format!("/payments/{lost}"), "status", "Cancelled");
    let later = server.post("/books", &serde_json::json!({ "name": "광장", "price": 5 })).created_id();
    server.start_context("bookstore", "order");
    is(&server, &format!("/orders/{lost}"), "status", "Rejected");
    cancel(client, kept).expect("an answer").expect_problem(409, "already-delivered");
    server.wait_until_caught_up("order", "store");
    buys(&server, later, 1, "kim");
    books_balance(&server, &[(book, 9)]);
    closes(server);
    assert_eq!((said(&nadul, "OrderRejected"), said(&nadul, "PaymentCancelled")), (1, 1));
}

#[test]
fn an_order_cancelled_while_the_store_is_down_is_listed_as_cancelled_and_takes_no_stock() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 9);
    let listed = buys(&server, book, 1, "kim");
    server.wait_until_idle().stop_context("bookstore", "store");
    accept(&server.client(), listed).expect("an answer").expect_problem(503, "unavailable");
    is_down(&server, "/topBooks");
    let new = asks(&server, book, 2, "kim").created_id();
    cancels(&server, listed);
    cancels(&server, new);
    server.start_context("bookstore", "store");
    books_balance(&server, &[(book, 9)]);
    for id in [listed, new] {
        assert_eq!(server.get(&format!("/storeOrders/{id}")).expect_status(200)["status"], "Cancelled");
    }
    assert_eq!(server.get(&format!("/books/{book}")).expect_status(200)["stock"], 9);
    assert_eq!(server.get("/topBooks").rows()[0]["count"], 0);
    closes(server);
    assert_eq!(said(&nadul, "StoreCancelled"), 2);
}

#[test]
fn without_pay_nothing_is_ordered_and_what_is_undone_is_refunded_once_when_it_is_back() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let (book, client) = (book(&server, 10, 9), &server.client());
    server.stop_context("bookstore", "pay");
    asks(&server, book, 1, "kim").expect_problem(503, "unavailable");
    server.start_context("bookstore", "pay");
    is_untouched(&server);
    let [rejected, cancelled] = [buys(&server, book, 1, "kim"), buys(&server, book, 1, "kim")];
    server.wait_until_idle().stop_context("bookstore", "pay");
    reject(client, rejected).expect("an answer").expect_status(200);
    for _ in 0..2 {
        assert_eq!(cancel(client, cancelled).expect("an answer").status, 204);
    }
    is(&server, &format!("/orders/{rejected}"), "status", "Rejected");
    is(&server, &format!("/storeOrders/{cancelled}"), "status", "Cancelled");
    is_down(&server, "/payments");
    server.start_context("bookstore", "pay");
    books_balance(&server, &[(book, 9)]);
    assert_eq!(told(&server, "kim").iter().filter(|word| *word == "PaymentCancelled").count(), 2);
    closes(server);
    assert_eq!(said(&nadul, "PaymentCancelled"), 2);
}
