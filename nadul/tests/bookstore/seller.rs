//! The seller's list: paid orders, each accepted or rejected once, or cancelled by its buyer.
use crate::shop::{
    accept, accepts, asks, book, buys, cancels, closes, deliver, is, opens, reject, rejects, said, shelf,
};
use process::{Nadul, bare};
use serde_json::{Value, json};

#[test]
fn a_paid_order_is_listed_and_accepted() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 2, "kim");
    let row = |status: &str| {
        json!({ "id": id, "orderId": id, "productId": book, "productName": "토지", "qty": 2, "status": status,
            "reason": null })
    };
    assert_eq!(served.rows("storeOrders"), [row("Paid")]);
    served.rests();
    assert_eq!(served.rows("deliveries"), [] as [Value; 0], "nothing is on its way before the seller's word");
    assert_eq!(bare(accept(&served.door(), id).expect("an answer").with(200)), row("Accepted"));
    let delivery = json!({ "id": id, "deliveryId": id, "orderId": id, "productId": book, "productName": "토지", "qty": 2,
        "customerId": "kim", "deliveryAddress": "서울", "deliveryState": "DeliveryStarted" });
    assert_eq!(is(&served, &format!("/deliveries/{id}"), "deliveryState", "DeliveryStarted"), delivery);
    served.rests();
    assert_eq!(served.rows("deliveries"), [delivery], "exactly one");
    assert_eq!(bare(served.get(&format!("/storeOrders/{id}")).with(200)), row("Accepted"));
    closes(served);
}

#[test]
fn a_rejected_order_is_refunded_and_its_stock_comes_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 2, "kim");
    assert_eq!(shelf(&served, book), 3);
    let row = json!({ "id": id, "orderId": id, "productId": book, "productName": "토지", "qty": 2, "status": "Rejected",
        "reason": "절판" });
    assert_eq!(bare(reject(&served.door(), id).expect("an answer").with(200)), row);
    let order = is(&served, &format!("/orders/{id}"), "status", "Rejected");
    assert_eq!((&order["qty"], &order["amount"]), (&json!(2), &json!(20)));
    is(&served, &format!("/payments/{id}"), "status", "Cancelled");
    assert_eq!(shelf(&served, book), 5);
    assert_eq!(served.rows("storeOrders"), [row], "rows stay");
    assert_eq!(served.rows("deliveries"), [] as [Value; 0]);
    closes(served);
}

#[test]
fn the_seller_s_word_stands() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (book, door) = (book(&served, 10, 9), served.door());
    let (accepted, rejected, cancelled) =
        (buys(&served, book, 1, "a"), buys(&served, book, 1, "b"), buys(&served, book, 1, "c"));
    accepts(&served, accepted);
    rejects(&served, rejected);
    cancels(&served, cancelled);
    is(&served, &format!("/storeOrders/{cancelled}"), "status", "Cancelled");
    reject(&door, accepted).expect("an answer").refused(409, "already-accepted");
    accept(&door, rejected).expect("an answer").refused(409, "sale-rejected");
    accept(&door, cancelled).expect("an answer").refused(409, "sale-cancelled");
    reject(&door, cancelled).expect("an answer").refused(409, "sale-cancelled");
    deliver(&door, accepted).expect("an answer").with(200);
    reject(&door, accepted).expect("an answer").refused(409, "already-accepted");
    assert_eq!(shelf(&served, book), 8);
    let words: Vec<Value> = served.rows("storeOrders").into_iter().map(|row| row["status"].clone()).collect();
    assert_eq!(words, ["Accepted", "Rejected", "Cancelled"]);
    closes(served);
}

#[test]
fn a_repeated_word_answers_like_the_first_and_does_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 9);
    let (accepted, rejected) = (buys(&served, book, 1, "a"), buys(&served, book, 1, "b"));
    for answer in served.at_once(8, |door, _| accept(door, accepted).expect("an answer")) {
        assert_eq!(answer.with(200)["status"], "Accepted");
    }
    rejects(&served, rejected);
    let other = served.put(&format!("/storeOrders/{rejected}/reject"), &json!({ "reason": "그냥" })).with(200);
    assert_eq!((&other["status"], &other["reason"]), (&json!("Rejected"), &json!("절판")), "the first reason stands");
    for answer in served.at_once(8, |door, _| reject(door, rejected).expect("an answer")) {
        answer.with(200);
    }
    closes(served);
    let times = ["Accepted", "DeliveryStarted", "Rejected", "PaymentCancelled"].map(|event| said(&nadul, event));
    assert_eq!(times, [1, 1, 1, 1]);
}

#[test]
fn what_is_no_word_of_a_seller_is_refused() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 9);
    let id = buys(&served, book, 1, "kim");
    for body in [json!({}), json!({ "reason": " " }), json!({ "reason": 7 }), json!({ "reason": null })] {
        served.put(&format!("/storeOrders/{id}/reject"), &body).refused(400, "invalid-fields");
    }
    accept(&served.door(), 99).expect("an answer").refused(404, "not-listed");
    reject(&served.door(), 99).expect("an answer").refused(404, "not-listed");
    served.post(&format!("/storeOrders/{id}/accept"), &json!({})).refused(405, "wrong-method");
    for method in ["POST", "PATCH", "DELETE"] {
        served
            .ask(method, &format!("/storeOrders/{id}"), &json!({ "status": "Accepted" }))
            .refused(405, "wrong-method");
    }
    assert_eq!(served.get(&format!("/storeOrders/{id}")).with(200)["status"], "Paid");
    closes(served);
}

#[test]
fn of_two_sellers_who_disagree_one_is_heard() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 100);
    for _ in 0..10 {
        let id = buys(&served, book, 1, "kim");
        let answers = served.at_once(2, |door, at| match at {
            0 => accept(door, id).expect("an answer").status,
            _ => reject(door, id).expect("an answer").status,
        });
        let word = match answers[..] {
            [200, 409] => "Accepted",
            [409, 200] => "Rejected",
            _ => panic!("{answers:?}"),
        };
        assert_eq!(served.get(&format!("/storeOrders/{id}")).with(200)["status"], word);
    }
    crate::ledger::books_balance(&served, &[(book, 100)]);
    closes(served);
}

#[test]
fn with_auto_accept_a_paid_order_is_accepted_by_itself() {
    let nadul = Nadul::new();
    let set: (&[(&str, &str)], &[&str]) = (&[], &["--set", "bookstore.auto_accept=true"]);
    let environment: (&[(&str, &str)], &[&str]) = (&[("NADUL_BOOKSTORE_AUTO_ACCEPT", "true")], &[]);
    for (environment, arguments) in [set, environment] {
        let served = nadul.serve_with(environment, &[&["bookstore", "--data", "data"], arguments].concat());
        let book = book(&served, 10, 2);
        let id = asks(&served, book, 2, "kim").made();
        is(&served, &format!("/storeOrders/{id}"), "status", "Accepted");
        is(&served, &format!("/deliveries/{id}"), "deliveryState", "DeliveryStarted");
        let short = asks(&served, book, 1, "lee").made();
        is(&served, &format!("/storeOrders/{short}"), "status", "Rejected");
        is(&served, &format!("/orders/{short}"), "status", "Rejected");
        cancels(&served, id);
        crate::ledger::books_balance(&served, &[(book, 2)]);
        closes(served);
    }
}

#[test]
fn without_auto_accept_an_order_waits_for_the_seller() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let id = buys(&served, book, 1, "kim");
    served.rests();
    assert_eq!(served.get(&format!("/storeOrders/{id}")).with(200)["status"], "Paid");
    assert_eq!(served.rows("deliveries"), [] as [Value; 0]);
    closes(served);
}
