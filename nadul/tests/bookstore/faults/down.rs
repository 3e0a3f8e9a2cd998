//! Each context down and back: what can go on goes on, and what was missed happens once, in order.
use crate::ledger::books_balance;
use crate::shop::{
    accept, accepts, asks, book, buys, cancel, cancels, closes, deliver, history, is, is_untouched, opens, reject,
    said, told,
};
use process::{Nadul, Served};
use serde_json::Value;

#[track_caller]
fn is_down(served: &Served<'_>, path: &str) {
    let answer = served.get(path);
    answer.refused(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
}

#[test]
fn without_the_shop_front_seller_and_courier_go_on_and_it_hears_the_seller_when_it_is_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (book, door) = (book(&served, 10, 9), served.door());
    let [kept, lost] = [buys(&served, book, 1, "kim"), buys(&served, book, 1, "lee")];
    served.rests().works("bookstore", "order", false);
    asks(&served, book, 1, "kim").refused(503, "unavailable");
    cancel(&door, kept).expect("an answer").refused(503, "unavailable");
    is_down(&served, "/orders");
    accepts(&served, kept);
    deliver(&door, kept).expect("an answer").with(200);
    reject(&door, lost).expect("an answer").with(200);
    is(&served, &format!("/payments/{lost}"), "status", "Cancelled");
    let later = served.post("/books", &serde_json::json!({ "name": "광장", "price": 5 })).made();
    served.works("bookstore", "order", true);
    is(&served, &format!("/orders/{lost}"), "status", "Rejected");
    cancel(&door, kept).expect("an answer").refused(409, "already-delivered");
    served.hears_of("order", "store");
    buys(&served, later, 1, "kim");
    books_balance(&served, &[(book, 9)]);
    closes(served);
    assert_eq!((said(&nadul, "OrderRejected"), said(&nadul, "PaymentCancelled")), (1, 1));
}

#[test]
fn without_delivery_orders_are_accepted_and_each_starts_once_when_it_is_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (book, door) = (book(&served, 10, 9), served.door());
    served.works("bookstore", "delivery", false);
    let ids: Vec<u64> = (0..5).map(|_| buys(&served, book, 1, "kim")).collect();
    for id in &ids {
        accept(&door, *id).expect("an answer").with(200);
        accept(&door, *id).expect("an answer").with(200);
    }
    is_down(&served, "/deliveries");
    deliver(&door, ids[0]).expect("an answer").refused(503, "unavailable");
    served.works("bookstore", "delivery", true);
    books_balance(&served, &[(book, 9)]);
    closes(served);
    let log = nadul.log("bookstore/delivery");
    let started = log.iter().filter(|event| event["eventType"] == "DeliveryStarted");
    let order: Vec<&Value> = started.map(|event| &event["orderId"]).collect();
    assert_eq!(order, ids.iter().collect::<Vec<_>>(), "each once, in order");
}

#[test]
fn an_order_cancelled_while_the_store_is_down_is_listed_as_cancelled_and_takes_no_stock() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 9);
    let listed = buys(&served, book, 1, "kim");
    served.rests().works("bookstore", "store", false);
    accept(&served.door(), listed).expect("an answer").refused(503, "unavailable");
    is_down(&served, "/topBooks");
    let new = asks(&served, book, 2, "kim").made();
    cancels(&served, listed);
    cancels(&served, new);
    served.works("bookstore", "store", true);
    books_balance(&served, &[(book, 9)]);
    for id in [listed, new] {
        assert_eq!(served.get(&format!("/storeOrders/{id}")).with(200)["status"], "Cancelled");
    }
    assert_eq!(served.get(&format!("/books/{book}")).with(200)["stock"], 9);
    assert_eq!(served.get("/topBooks").rows()[0]["count"], 0);
    closes(served);
    assert_eq!(said(&nadul, "StoreCancelled"), 2);
}

#[test]
fn without_pay_nothing_is_ordered_and_what_is_undone_is_refunded_once_when_it_is_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (book, door) = (book(&served, 10, 9), served.door());
    served.works("bookstore", "pay", false);
    asks(&served, book, 1, "kim").refused(503, "unavailable");
    served.works("bookstore", "pay", true);
    is_untouched(&served);
    let [rejected, cancelled] = [buys(&served, book, 1, "kim"), buys(&served, book, 1, "kim")];
    served.rests().works("bookstore", "pay", false);
    reject(&door, rejected).expect("an answer").with(200);
    for _ in 0..2 {
        assert_eq!(cancel(&door, cancelled).expect("an answer").status, 204);
    }
    is(&served, &format!("/orders/{rejected}"), "status", "Rejected");
    is(&served, &format!("/storeOrders/{cancelled}"), "status", "Cancelled");
    is_down(&served, "/payments");
    served.works("bookstore", "pay", true);
    books_balance(&served, &[(book, 9)]);
    assert_eq!(told(&served, "kim").iter().filter(|word| *word == "PaymentCancelled").count(), 2);
    closes(served);
    assert_eq!(said(&nadul, "PaymentCancelled"), 2);
}

/// Three orders to three ends.
fn three_ends(served: &Served<'_>, book: u64) -> [u64; 3] {
    let [delivered, rejected, cancelled] = [(); 3].map(|()| buys(served, book, 1, "kim"));
    accepts(served, delivered);
    deliver(&served.door(), delivered).expect("an answer").with(200);
    reject(&served.door(), rejected).expect("an answer").with(200);
    is(served, &format!("/payments/{rejected}"), "status", "Cancelled");
    cancels(served, cancelled);
    [delivered, rejected, cancelled]
}

const DELIVERED: [&str; 5] = ["OrderPlaced", "Paid", "Accepted", "DeliveryStarted", "Delivered"];
const REJECTED: [&str; 4] = ["OrderPlaced", "Paid", "Rejected", "PaymentCancelled"];

#[test]
fn without_the_order_view_everything_goes_on_and_it_catches_up_in_order() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 9);
    served.works("bookstore", "orderview", false);
    let [delivered, rejected, cancelled] = three_ends(&served, book);
    is_down(&served, "/orderStatuses");
    served.works("bookstore", "orderview", true);
    books_balance(&served, &[(book, 9)]);
    let story = |id: u64| history(&served.get(&format!("/orderStatuses/{id}")).with(200));
    assert_eq!(
        (story(delivered), story(rejected)),
        (DELIVERED.map(String::from).to_vec(), REJECTED.map(String::from).to_vec())
    );
    assert_eq!(story(cancelled).len(), 5, "{:?}", story(cancelled));
    closes(served);
}

#[test]
fn a_message_that_was_down_tells_everything_once_in_order_when_it_is_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 9);
    served.works("bookstore", "message", false);
    let ids = three_ends(&served, book);
    is_down(&served, "/messages?customer=kim");
    served.works("bookstore", "message", true);
    let rows = served.rests().get("/messages?customer=kim&size=200").rows();
    let of = |id: u64| -> Vec<&Value> {
        rows.iter().filter(|row| row["orderId"] == id).map(|row| &row["eventType"]).collect()
    };
    assert_eq!(of(ids[0]), ["OrderPlaced", "Accepted", "DeliveryStarted", "Delivered"]);
    assert_eq!(of(ids[1]), ["OrderPlaced", "Rejected", "PaymentCancelled"]);
    assert_eq!(of(ids[2]), ["OrderPlaced", "OrderCancelled", "PaymentCancelled"]);
    let times: Vec<&str> = rows.iter().map(|row| row["timestamp"].as_str().expect("a time")).collect();
    assert!(times.is_sorted(), "{times:?}");
    closes(served);
}

#[test]
fn views_and_messages_answer_while_everything_else_is_down() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 9);
    let [delivered, ..] = three_ends(&served, book);
    served.rests();
    let others = ["order", "delivery", "store", "pay"];
    others.iter().for_each(|context| served.works("bookstore", context, false));
    assert_eq!(served.get(&format!("/orderStatuses/{delivered}")).with(200)["deliveryStatus"], "Delivered");
    assert_eq!(served.get("/messages?customer=kim").rows().len(), 10);
    others.iter().for_each(|context| served.works("bookstore", context, true));
    books_balance(&served, &[(book, 9)]);
    closes(served);
}
