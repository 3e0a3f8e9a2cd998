//! A buyer's cancel: delivery is asked to stop, then everything is undone, once.
use crate::ledger::books_balance;
use crate::shop::{accepts, book, buys, cancel, cancels, closes, deliver, is, opens, rejects, said, shelf, told};
use process::Nadul;
use serde_json::{Value, json};

#[test]
fn a_cancel_before_the_seller_s_word_undoes_the_order() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 2, "kim");
    assert_eq!(shelf(&served, book), 3);
    cancels(&served, id);
    let row = served.get(&format!("/orders/{id}")).with(200);
    let seen = (&row["status"], &row["qty"], &row["amount"], &row["productName"]);
    assert_eq!(seen, (&json!("OrderCancelled"), &json!(2), &json!(20), &json!("토지")), "it stays readable");
    is(&served, &format!("/storeOrders/{id}"), "status", "Cancelled");
    assert_eq!(shelf(&served, book), 5);
    assert_eq!(served.rows("deliveries"), [] as [Value; 0]);
    books_balance(&served, &[(book, 5)]);
    closes(served);
    assert_eq!(["StoreCancelled", "DeliveryCancelled"].map(|event| said(&nadul, event)), [1, 0]);
}

#[test]
fn a_cancel_on_the_way_stops_the_delivery() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 2, "kim");
    accepts(&served, id);
    cancels(&served, id);
    is(&served, &format!("/deliveries/{id}"), "deliveryState", "DeliveryCancelled");
    is(&served, &format!("/storeOrders/{id}"), "status", "Cancelled");
    assert_eq!(shelf(&served, book), 5);
    books_balance(&served, &[(book, 5)]);
    closes(served);
}

#[test]
fn what_is_delivered_or_rejected_or_was_never_ordered_is_not_cancelled() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (book, door) = (book(&served, 10, 5), served.door());
    let (delivered, rejected) = (buys(&served, book, 1, "kim"), buys(&served, book, 1, "lee"));
    accepts(&served, delivered);
    deliver(&door, delivered).expect("an answer").with(200);
    rejects(&served, rejected);
    cancel(&door, delivered).expect("an answer").refused(409, "already-delivered");
    cancel(&door, rejected).expect("an answer").refused(409, "already-rejected");
    cancel(&door, 99).expect("an answer").refused(404, "unknown-order");
    served.rests();
    assert_eq!(served.get(&format!("/orders/{delivered}")).with(200)["status"], "OrderPlaced");
    assert_eq!(served.get(&format!("/payments/{delivered}")).with(200)["status"], "Paid");
    assert_eq!(served.get(&format!("/orders/{rejected}")).with(200)["status"], "Rejected");
    books_balance(&served, &[(book, 5)]);
    closes(served);
    assert_eq!((said(&nadul, "OrderCancelled"), said(&nadul, "PaymentCancelled")), (0, 1));
}

#[test]
fn a_repeated_cancel_answers_like_the_first_and_does_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 2, "kim");
    accepts(&served, id);
    for answer in served.at_once(10, |door, _| cancel(door, id).expect("an answer")) {
        assert_eq!(answer.status, 204, "{answer:?}");
    }
    cancels(&served, id);
    served.rests().works("bookstore", "delivery", false);
    cancels(&served, id); // the owner checks first, and asks nobody
    served.works("bookstore", "delivery", true);
    books_balance(&served, &[(book, 5)]);
    let undone = ["OrderCancelled", "PaymentCancelled", "DeliveryCancelled"];
    let told = told(&served, "kim");
    assert!(undone.iter().all(|word| told.iter().filter(|it| it == word).count() == 1), "{told:?}");
    closes(served);
    let times = ["OrderCancelled", "PaymentCancelled", "StoreCancelled", "DeliveryCancelled"];
    assert_eq!(times.map(|event| said(&nadul, event)), [1; 4]);
}

#[test]
fn without_delivery_nothing_is_cancelled_and_nothing_changes() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let id = buys(&served, book, 2, "kim");
    served.rests().works("bookstore", "delivery", false);
    let answer = cancel(&served.door(), id).expect("an answer");
    answer.refused(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
    for (path, word) in [("orders", "OrderPlaced"), ("payments", "Paid"), ("storeOrders", "Paid")] {
        assert_eq!(served.get(&format!("/{path}/{id}")).with(200)["status"], word);
    }
    served.works("bookstore", "delivery", true);
    books_balance(&served, &[(book, 5)]);
    assert_eq!(told(&served, "kim"), ["OrderPlaced"]);
    accepts(&served, id);
    cancels(&served, id);
    books_balance(&served, &[(book, 5)]);
    closes(served);
}
