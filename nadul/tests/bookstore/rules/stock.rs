//! Stock: what is on the shelf now. It is taken by paid orders, comes back with what is undone, and is never oversold.
use crate::bookstore::ledger::books_balance;
use crate::bookstore::steps::{asks, basket, book, buys, cancels, closes, is, opens, rejects, shelf, told};
use process::{Nadul, ServerProcess};
use serde_json::{Value, json};

#[test]
fn stock_is_taken_by_paid_orders_and_comes_back_with_what_is_undone() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    an_order_that_finds_too_little_stock_is_rejected_by_itself(&server);
    a_patch_sets_what_is_on_the_shelf_now(&server);
    without_a_limit_every_order_finds_stock_and_none_comes_back(&server);
    a_book_deleted_after_the_store_heard_of_an_order_is_still_sold_to_it(&server);
    closes(server);
}

fn an_order_that_finds_too_little_stock_is_rejected_by_itself(server: &ServerProcess) {
    let book = book(server, 10, 3);
    let (first, second) = (buys(server, book, 2, "kim"), asks(server, book, 2, "lee").created_id());
    let third = asks(server, book, 1, "park").created_id();
    is(server, &format!("/orders/{second}"), "status", "Rejected");
    is(server, &format!("/payments/{second}"), "status", "Cancelled");
    let row = server.get(&format!("/storeOrders/{second}")).expect_status(200);
    assert_eq!((&row["status"], &row["reason"]), (&json!("Rejected"), &json!("not enough stock")));
    assert_eq!(shelf(server, book), 0, "the last copy is for one who wants one");
    for id in [first, third] {
        assert_eq!(server.get(&format!("/storeOrders/{id}")).expect_status(200)["status"], "Paid");
    }
    assert_eq!(told(server, "lee"), ["OrderPlaced", "Rejected", "PaymentCancelled"]);
    books_balance(server, &[(book, 3)]);
}

fn a_patch_sets_what_is_on_the_shelf_now(server: &ServerProcess) {
    let book = book(server, 10, 5);
    let path = format!("/books/{book}");
    let id = buys(server, book, 2, "kim");
    assert_eq!(shelf(server, book), 3);
    assert_eq!(server.patch(&path, &json!({ "price": 11 })).expect_status(200)["stock"], 3, "a price is not a stock");
    server.patch(&path, &json!({ "stock": 10 })).expect_status(200);
    assert_eq!(shelf(server, book), 10, "now, beside what orders have taken");
    rejects(server, id);
    assert_eq!(shelf(server, book), 12);
}

fn without_a_limit_every_order_finds_stock_and_none_comes_back(server: &ServerProcess) {
    let book = book(server, 10, 2);
    let path = format!("/books/{book}");
    let limited = buys(server, book, 2, "kim");
    server.patch(&path, &json!({ "stock": null })).expect_status(200);
    let unlimited = buys(server, book, 1_000, "lee");
    cancels(server, limited);
    assert_eq!(shelf(server, book), Value::Null);
    server.patch(&path, &json!({ "stock": 7 })).expect_status(200);
    cancels(server, unlimited);
    assert_eq!(shelf(server, book), 7, "it had taken none");
}

fn a_book_deleted_after_the_store_heard_of_an_order_is_still_sold_to_it(server: &ServerProcess) {
    let book = book(server, 10, 2);
    let (kept, undone) = (buys(server, book, 1, "kim"), buys(server, book, 1, "lee"));
    server.wait_until_idle();
    assert_eq!(server.delete(&format!("/books/{book}")).status, 204);
    crate::bookstore::steps::accepts(server, kept);
    rejects(server, undone);
    books_balance(server, &[]);
}

#[test]
fn many_buyers_at_once_are_never_sold_more_than_there_is() {
    let nadul = Nadul::new();
    let server = nadul.serve(&[
        "bookstore",
        "--data",
        "data",
        "--set",
        "bookstore.payment_timeout_ms=20000",
        "--set",
        "http.request_timeout_ms=25000",
    ]);
    let (scarce, plenty) = (book(&server, 10, 25), book(&server, 10, 1_000));
    let made = server.at_once(100, |client, at| {
        let (book, qty) = if at % 5 == 0 { (plenty, 3) } else { (scarce, 1 + at as u64 % 3) };
        client.post("/orders", &basket(book, qty, &format!("buyer{at}"))).expect("an answer").created_id()
    });
    assert_eq!(made.len(), 100);
    books_balance(&server, &[(scarce, 25), (plenty, 1_000)]);
    assert!(shelf(&server, scarce).as_u64() < Some(3), "what a buyer of one could have had was sold");
    assert_eq!(shelf(&server, plenty), 1_000 - 60);
    let rejected = server.rows("storeOrders").into_iter().filter(|row| row["status"] == "Rejected");
    assert!(rejected.inspect(|row| assert_eq!(row["productId"], scarce)).count() > 50);
    closes(server);
}

/// The store can't hear of orders while their context is stopped, since most are older than what stays in memory; in between
/// its owner deletes the book.
#[test]
fn a_book_deleted_before_the_store_heard_of_an_order_rejects_it() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["bookstore", "--data", "data", "--set", "runtime.tail_events=16"]);
    let book = book(&server, 10, 1_000);
    let sold: Vec<u64> = (0..3).map(|_| buys(&server, book, 1, "kim")).collect();
    server.stop_context("bookstore", "store");
    let late: Vec<u64> = (0..40).map(|_| asks(&server, book, 1, "kim").created_id()).collect();
    server.stop_context("bookstore", "order");
    server.start_context("bookstore", "store");
    assert_eq!(server.delete(&format!("/books/{book}")).status, 204);
    server.start_context("bookstore", "order");
    books_balance(&server, &[]);
    for id in sold {
        assert_eq!(server.get(&format!("/storeOrders/{id}")).expect_status(200)["status"], "Paid");
    }
    for id in late {
        let row = server.get(&format!("/storeOrders/{id}")).expect_status(200);
        assert_eq!((&row["status"], &row["reason"]), (&json!("Rejected"), &json!("not sold any more")));
        assert_eq!(server.get(&format!("/payments/{id}")).expect_status(200)["status"], "Cancelled");
    }
    closes(server);
}
