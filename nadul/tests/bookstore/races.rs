//! Buyer against seller, buyer against courier, each many times: whatever comes first, all sides agree on one end.
use crate::ledger::books_balance;
use crate::shop::{accept, accepts, book, buys, cancel, closes, deliver, opens, reject, said, told};
use process::{Door, Nadul, Served};
use serde_json::Value;

const ROUNDS: usize = 20;
const STOCK: u64 = 1_000;

/// The statuses of a buyer's cancel and of another's word at the same instant.
fn at_once(served: &Served<'_>, id: u64, other: impl Fn(&Door, u64) -> Option<process::Answer> + Sync) -> (u16, u16) {
    let answers = served.at_once(2, |door, at| {
        let answer = if at == 0 { cancel(door, id) } else { other(door, id) };
        answer.expect("an answer").status
    });
    (answers[0], answers[1])
}

fn order(served: &Served<'_>, id: u64) -> Value {
    served.rests().get(&format!("/orders/{id}")).with(200)["status"].clone()
}

#[test]
fn a_cancel_that_races_an_accept_ends_undone_on_all_sides() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, STOCK);
    for _ in 0..ROUNDS {
        let id = buys(&served, book, 2, "kim");
        let (cancelled, accepted) = at_once(&served, id, accept);
        assert!(cancelled == 204 && [200, 409].contains(&accepted), "{cancelled} {accepted}");
        assert_eq!(order(&served, id), "OrderCancelled");
        let sale = served.get(&format!("/storeOrders/{id}")).with(200)["status"].clone();
        assert_eq!(sale, "Cancelled");
    }
    ends_undone(&nadul, served, book);
}

#[test]
fn a_cancel_that_races_a_reject_ends_undone_on_all_sides_with_the_first_word() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, STOCK);
    for _ in 0..ROUNDS {
        let id = buys(&served, book, 2, "kim");
        let (cancelled, rejected) = at_once(&served, id, reject);
        let word = match (cancelled, rejected) {
            (204, 200 | 409) => "OrderCancelled",
            (409, 200) => "Rejected",
            other => panic!("{other:?}"),
        };
        assert_eq!(order(&served, id), word);
    }
    ends_undone(&nadul, served, book);
}

/// Refunded once each, stock back once each, and each end told once.
#[track_caller]
fn ends_undone(nadul: &Nadul, served: Served<'_>, book: u64) {
    books_balance(&served, &[(book, STOCK)]);
    assert_eq!(served.get(&format!("/books/{book}")).with(200)["stock"], STOCK);
    let refunds = told(&served, "kim").iter().filter(|word| *word == "PaymentCancelled").count();
    assert_eq!(refunds, ROUNDS);
    closes(served);
    assert_eq!((said(nadul, "PaymentCancelled"), said(nadul, "StockReturned")), (ROUNDS, ROUNDS));
}

#[test]
fn a_cancel_that_races_the_courier_has_one_winner() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, STOCK);
    let mut delivered = 0;
    for _ in 0..ROUNDS {
        let id = buys(&served, book, 2, "kim");
        accepts(&served, id);
        let state = match at_once(&served, id, deliver) {
            (204, 409) => "DeliveryCancelled",
            (409, 200) => "Delivered",
            other => panic!("{other:?}"),
        };
        served.rests();
        assert_eq!(served.get(&format!("/deliveries/{id}")).with(200)["deliveryState"], state);
        let (word, paid) = if state == "Delivered" { ("OrderPlaced", "Paid") } else { ("OrderCancelled", "Cancelled") };
        assert_eq!(order(&served, id), word);
        assert_eq!(served.get(&format!("/payments/{id}")).with(200)["status"], paid);
        delivered += usize::from(state == "Delivered");
    }
    books_balance(&served, &[(book, STOCK)]);
    closes(served);
    assert_eq!((said(&nadul, "Delivered"), said(&nadul, "DeliveryCancelled")), (delivered, ROUNDS - delivered));
}

#[test]
fn a_buyer_a_seller_and_a_courier_at_once_agree_in_the_end() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, STOCK);
    for round in 0..ROUNDS {
        let id = buys(&served, book, 1, "kim");
        let answers = served.at_once(5, |door, at| match (at, round % 2) {
            (0, _) => cancel(door, id).expect("an answer").status,
            (1, _) => accept(door, id).expect("an answer").status,
            (2, 0) => reject(door, id).expect("an answer").status,
            _ => deliver(door, id).expect("an answer").status,
        });
        assert!(answers.iter().all(|status| [200, 204, 404, 409].contains(status)), "{answers:?}");
    }
    books_balance(&served, &[(book, STOCK)]);
    closes(served);
}
