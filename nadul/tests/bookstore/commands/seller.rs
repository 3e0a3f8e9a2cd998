//! The seller's list: paid orders, each accepted or rejected once, or cancelled by its buyer.
use crate::bookstore::ledger::books_balance;
use crate::bookstore::steps::{
    accept, accepts, asks, book, buys, cancel, cancels, closes, deliver, is, opens, reject, rejects, said, shelf,
};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

#[test]
fn the_seller_accepts_or_rejects_each_paid_order_once() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    a_paid_order_is_listed_and_accepted(&server);
    a_rejected_order_is_refunded_and_its_stock_comes_back(&server);
    the_seller_s_word_stands(&server);
    what_is_no_word_of_a_seller_is_refused(&server);
    without_auto_accept_an_order_waits_for_the_seller(&server);
    closes(server);
}

fn a_paid_order_is_listed_and_accepted(server: &ServerProcess) {
    let book = book(server, 10, 5);
    let id = buys(server, book, 2, "kim");
    let row = |status: &str| {
        json!({ "id": id, "orderId": id, "productId": book, "productName": "토지", "qty": 2, "status": status,
            "reason": null })
    };
    assert_eq!(server.rows("storeOrders"), [row("Paid")]);
    server.wait_until_idle();
    assert_eq!(server.rows("deliveries"), [] as [Value; 0], "nothing is on its way before the seller's word");
    assert_eq!(without_links(accept(&server.client(), id).expect("an answer").expect_status(200)), row("Accepted"));
    let delivery = json!({ "id": id, "deliveryId": id, "orderId": id, "productId": book, "productName": "토지", "qty": 2,
        "customerId": "kim", "deliveryAddress": "서울", "deliveryState": "DeliveryStarted" });
    assert_eq!(is(server, &format!("/deliveries/{id}"), "deliveryState", "DeliveryStarted"), delivery);
    server.wait_until_idle();
    assert_eq!(server.rows("deliveries"), [delivery], "exactly one");
    assert_eq!(without_links(server.get(&format!("/storeOrders/{id}")).expect_status(200)), row("Accepted"));
}

fn a_rejected_order_is_refunded_and_its_stock_comes_back(server: &ServerProcess) {
    let book = book(server, 10, 5);
    let id = buys(server, book, 2, "kim");
    assert_eq!(shelf(server, book), 3);
    let row = json!({ "id": id, "orderId": id, "productId": book, "productName": "토지", "qty": 2, "status": "Rejected",
        "reason": "절판" });
    assert_eq!(without_links(reject(&server.client(), id).expect("an answer").expect_status(200)), row);
    let order = is(server, &format!("/orders/{id}"), "status", "Rejected");
    assert_eq!((&order["qty"], &order["amount"]), (&json!(2), &json!(20)));
    is(server, &format!("/payments/{id}"), "status", "Cancelled");
    assert_eq!(shelf(server, book), 5);
    assert_eq!(server.rows("storeOrders").last(), Some(&row), "rows stay");
    server.get(&format!("/deliveries/{id}")).expect_problem(404, "unknown-id");
}

fn the_seller_s_word_stands(server: &ServerProcess) {
    let (book, client) = (book(server, 10, 9), &server.client());
    let (accepted, rejected, cancelled) =
        (buys(server, book, 1, "a"), buys(server, book, 1, "b"), buys(server, book, 1, "c"));
    accepts(server, accepted);
    rejects(server, rejected);
    cancels(server, cancelled);
    is(server, &format!("/storeOrders/{cancelled}"), "status", "Cancelled");
    reject(client, accepted).expect("an answer").expect_problem(409, "already-accepted");
    accept(client, rejected).expect("an answer").expect_problem(409, "sale-rejected");
    accept(client, cancelled).expect("an answer").expect_problem(409, "sale-cancelled");
    reject(client, cancelled).expect("an answer").expect_problem(409, "sale-cancelled");
    deliver(client, accepted).expect("an answer").expect_status(200);
    reject(client, accepted).expect("an answer").expect_problem(409, "already-accepted");
    assert_eq!(shelf(server, book), 8);
    let sales = server.rows("storeOrders").into_iter().filter(|row| row["productId"] == book);
    let words: Vec<Value> = sales.map(|row| row["status"].clone()).collect();
    assert_eq!(words, ["Accepted", "Rejected", "Cancelled"]);
}

fn what_is_no_word_of_a_seller_is_refused(server: &ServerProcess) {
    let book = book(server, 10, 9);
    let id = buys(server, book, 1, "kim");
    for body in [json!({}), json!({ "reason": " " }), json!({ "reason": 7 }), json!({ "reason": null })] {
        server.put(&format!("/storeOrders/{id}/reject"), &body).expect_problem(400, "invalid-fields");
    }
    accept(&server.client(), 999).expect("an answer").expect_problem(404, "not-listed");
    reject(&server.client(), 999).expect("an answer").expect_problem(404, "not-listed");
    server.post(&format!("/storeOrders/{id}/accept"), &json!({})).expect_problem(405, "wrong-method");
    for method in ["POST", "PATCH", "DELETE"] {
        server
            .request(method, &format!("/storeOrders/{id}"), &json!({ "status": "Accepted" }))
            .expect_problem(405, "wrong-method");
    }
    assert_eq!(server.get(&format!("/storeOrders/{id}")).expect_status(200)["status"], "Paid");
}

fn without_auto_accept_an_order_waits_for_the_seller(server: &ServerProcess) {
    let book = book(server, 10, None);
    let id = buys(server, book, 1, "kim");
    server.wait_until_idle();
    assert_eq!(server.get(&format!("/storeOrders/{id}")).expect_status(200)["status"], "Paid");
    server.get(&format!("/deliveries/{id}")).expect_problem(404, "unknown-id");
}

#[test]
fn a_repeated_word_answers_like_the_first_and_does_nothing() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 9);
    let (accepted, rejected) = (buys(&server, book, 1, "a"), buys(&server, book, 1, "b"));
    for answer in server.at_once(8, |client, _| accept(client, accepted).expect("an answer")) {
        assert_eq!(answer.expect_status(200)["status"], "Accepted");
    }
    rejects(&server, rejected);
    let other = server.put(&format!("/storeOrders/{rejected}/reject"), &json!({ "reason": "그냥" })).expect_status(200);
    assert_eq!((&other["status"], &other["reason"]), (&json!("Rejected"), &json!("절판")), "the first reason stands");
    for answer in server.at_once(8, |client, _| reject(client, rejected).expect("an answer")) {
        answer.expect_status(200);
    }
    closes(server);
    let times = ["Accepted", "DeliveryStarted", "Rejected", "PaymentCancelled"].map(|event| said(&nadul, event));
    assert_eq!(times, [1, 1, 1, 1]);
}

#[test]
fn a_cancel_before_the_seller_s_word_gives_the_stock_back_and_one_after_a_no_is_refused() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 5);
    let (id, rejected) = (buys(&server, book, 2, "kim"), buys(&server, book, 1, "lee"));
    assert_eq!(shelf(&server, book), 2);
    cancels(&server, id);
    rejects(&server, rejected);
    let row = server.get(&format!("/orders/{id}")).expect_status(200);
    let seen = (&row["status"], &row["qty"], &row["amount"], &row["productName"]);
    assert_eq!(seen, (&json!("OrderCancelled"), &json!(2), &json!(20), &json!("토지")), "it stays readable");
    is(&server, &format!("/storeOrders/{id}"), "status", "Cancelled");
    assert_eq!(shelf(&server, book), 5);
    cancel(&server.client(), rejected).expect("an answer").expect_problem(409, "already-rejected");
    cancel(&server.client(), 99).expect("an answer").expect_problem(404, "unknown-order");
    books_balance(&server, &[(book, 5)]);
    closes(server);
    assert_eq!(["StoreCancelled", "DeliveryCancelled", "OrderCancelled"].map(|event| said(&nadul, event)), [1, 0, 1]);
}

/// Of two orders the seller refuses one; the shop front and the bank hear of it when they are back.
#[test]
fn a_seller_goes_on_without_the_shop_front_and_the_bank() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 9);
    let [kept, lost] = [buys(&server, book, 1, "kim"), buys(&server, book, 1, "lee")];
    server.wait_until_idle();
    ["order", "pay"].iter().for_each(|context| server.stop_context("bookstore", context));
    accepts(&server, kept);
    deliver(&server.client(), kept).expect("an answer").expect_status(200);
    reject(&server.client(), lost).expect("an answer").expect_status(200);
    ["order", "pay"].iter().for_each(|context| server.start_context("bookstore", context));
    is(&server, &format!("/orders/{lost}"), "status", "Rejected");
    is(&server, &format!("/payments/{lost}"), "status", "Cancelled");
    cancel(&server.client(), kept).expect("an answer").expect_problem(409, "already-delivered");
    server.stop_context("bookstore", "store");
    accept(&server.client(), kept).expect("an answer").expect_problem(503, "unavailable");
    server.start_context("bookstore", "store");
    books_balance(&server, &[(book, 9)]);
    closes(server);
    assert_eq!((said(&nadul, "OrderRejected"), said(&nadul, "PaymentCancelled")), (1, 1));
}

#[test]
fn of_two_sellers_who_disagree_one_is_heard() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, 100);
    for _ in 0..10 {
        let id = buys(&server, book, 1, "kim");
        let answers = server.at_once(2, |client, at| match at {
            0 => accept(client, id).expect("an answer").status,
            _ => reject(client, id).expect("an answer").status,
        });
        let word = match answers[..] {
            [200, 409] => "Accepted",
            [409, 200] => "Rejected",
            _ => panic!("{answers:?}"),
        };
        assert_eq!(server.get(&format!("/storeOrders/{id}")).expect_status(200)["status"], word);
    }
    books_balance(&server, &[(book, 100)]);
    closes(server);
}

#[test]
fn with_auto_accept_a_paid_order_is_accepted_by_itself() {
    let nadul = Nadul::new();
    let set: (&[(&str, &str)], &[&str]) = (&[], &["--set", "bookstore.auto_accept=true"]);
    let environment: (&[(&str, &str)], &[&str]) = (&[("NADUL_BOOKSTORE_AUTO_ACCEPT", "true")], &[]);
    for (environment, arguments) in [set, environment] {
        let server = nadul.serve_with(environment, &[&["bookstore", "--data", "data"], arguments].concat());
        let book = book(&server, 10, 2);
        let id = asks(&server, book, 2, "kim").created_id();
        is(&server, &format!("/storeOrders/{id}"), "status", "Accepted");
        is(&server, &format!("/deliveries/{id}"), "deliveryState", "DeliveryStarted");
        let short = asks(&server, book, 1, "lee").created_id();
        is(&server, &format!("/storeOrders/{short}"), "status", "Rejected");
        is(&server, &format!("/orders/{short}"), "status", "Rejected");
        cancels(&server, id);
        books_balance(&server, &[(book, 2)]);
        closes(server);
    }
}
