//! Pay declined, slow, late, down and overloaded: what is not paid does not exist.
use crate::ledger::books_balance;
use crate::shop::{asks, basket, book, buys, closes, is, is_untouched, opens, said, shelf};
use process::{Answer, Nadul};
use serde_json::{Value, json};

#[track_caller]
fn asks_to_come_back(answer: &Answer) {
    answer.refused(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
}

#[test]
fn what_is_not_paid_does_not_exist_and_the_next_order_works() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    served.pays("bookstore", "decline");
    asks(&served, book, 1, "kim").refused(402, "payment-declined");
    is_untouched(&served);
    served.pays("bookstore", "down");
    asks_to_come_back(&asks(&served, book, 1, "kim"));
    is_untouched(&served);
    served.pays("bookstore", "late"); // neither paid nor unpaid: voided until that is acknowledged
    asks_to_come_back(&asks(&served, book, 1, "kim"));
    is_untouched(&served);
    assert_eq!(shelf(&served, book), 5);
    served.pays("bookstore", "slow");
    let id = buys(&served, book, 1, "kim");
    is(&served, &format!("/payments/{id}"), "status", "Paid");
    served.pays("bookstore", "approve");
    buys(&served, book, 1, "kim");
    books_balance(&served, &[(book, 5)]);
    closes(served);
}

/// Buyers turned away before pay was asked, as the operator is told.
fn turned_away(answer: &Answer) -> u64 {
    let said = answer.json();
    let contexts = said["contexts"].as_array().into_iter().flatten();
    let upstreams = contexts.filter(|it| it["context"] == "order").flat_map(|it| it["upstreams"].as_array()).flatten();
    let pay: Vec<&Value> = upstreams.filter(|upstream| upstream["name"] == "pay").collect();
    pay.first().and_then(|pay| pay["turnedAway"].as_u64()).unwrap_or_default()
}

#[test]
fn when_pay_is_overloaded_buyers_are_asked_to_come_back_and_pay_is_left_alone() {
    let nadul = Nadul::new();
    let served = nadul.serve(&[
        "bookstore",
        "--data",
        "data",
        "--set",
        "bookstore.payment_timeout_ms=50",
        "--set",
        "runtime.breaker_open_ms=60000",
    ]);
    let book = book(&served, 10, 500);
    served.pays("bookstore", "late");
    for round in 0..3 {
        let answers = served.at_once(40, |door, at| door.post("/orders", &basket(book, 1, &format!("b{round}-{at}"))));
        answers.iter().for_each(|answer| asks_to_come_back(answer.as_ref().expect("an answer")));
    }
    served.becomes("/operator/contexts", "an open circuit", |answer| turned_away(answer) >= 40);
    is_untouched(&served);
    assert_eq!(shelf(&served, book), json!(500));
    closes(served);
    assert!(said(&nadul, "MoneyHeld") <= 80, "no storm reaches pay");
    assert_eq!((said(&nadul, "MoneyHeld"), said(&nadul, "Paid")), (said(&nadul, "MoneyVoided"), 0));
}

#[test]
fn a_circuit_that_was_open_lets_buyers_through_again() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["bookstore", "--data", "data", "--set", "runtime.breaker_open_ms=50"]);
    let book = book(&served, 10, 500);
    served.pays("bookstore", "down");
    for _ in 0..20 {
        asks_to_come_back(&asks(&served, book, 1, "kim"));
    }
    served.pays("bookstore", "approve");
    let until = std::time::Instant::now() + process::PATIENCE;
    while asks(&served, book, 1, "kim").status != 201 {
        assert!(std::time::Instant::now() < until, "the circuit stays open");
    }
    books_balance(&served, &[(book, 500)]);
    closes(served);
}

#[test]
fn many_buyers_of_a_slow_pay_are_served_or_asked_to_come_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 500);
    served.pays("bookstore", "slow");
    let answers = served.at_once(60, |door, at| door.post("/orders", &basket(book, 1, &format!("b{at}"))));
    let answers: Vec<Answer> = answers.into_iter().map(|answer| answer.expect("an answer")).collect();
    let (served_ones, others): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|answer| answer.status == 201);
    others.into_iter().for_each(asks_to_come_back);
    served.rests();
    assert_eq!(served.rows("orders").len(), served_ones.len());
    books_balance(&served, &[(book, 500)]);
    closes(served);
}
