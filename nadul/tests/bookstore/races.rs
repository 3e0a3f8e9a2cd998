//! Buyer against seller, buyer against courier, each many times: whatever comes first, all sides agree on one end.
use crate::bookstore::ledger::books_balance;
use crate::bookstore::steps::{accept, book, buys, cancel, closes, deliver, opens, reject, said, told};
use process::{HttpClient, Nadul, ServerProcess};
use serde_json::Value;

const ROUNDS: usize = 20;
const STOCK: u64 = 1_000;

/// The statuses of a buyer's cancel and of another's word at the same instant.
fn at_once(
    server: &ServerProcess<'_>,
    id: u64,
    other: impl Fn(&HttpClient, u64) -> Option<process::HttpAnswer> + Sync,
) -> (u16, u16) {
    let answers = server.at_once(2, |client, at| {
        let answer = if at == 0 { cancel(client, id) } else { other(client, id) };
        answer.expect("an answer").status
    });
    (answers[0], answers[1])
}

fn order(server: &ServerProcess<'_>, id: u64) -> Value {
    server.wait_until_idle().get(&format!("/orders/{id}")).expect_status(200)["status"].clone()
}

#[test]
fn a_cancel_that_races_an_accept_ends_undone_on_all_sides() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, STOCK);
    for _ in 0..ROUNDS {
        let id = buys(&server, book, 2, "kim");
        let (cancelled, accepted) = at_once(&server, id, accept);
        assert!(cancelled == 204 && [200, 409].contains(&accepted), "{cancelled} {accepted}");
        assert_eq!(order(&server, id), "OrderCancelled");
        let sale = server.get(&format!("/storeOrders/{id}")).expect_status(200)["status"].clone();
        assert_eq!(sale, "Cancelled");
    }
    ends_undone(&nadul, server, book);
}

#[test]
fn a_cancel_that_races_a_reject_ends_undone_on_all_sides_with_the_first_word() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, STOCK);
    for _ in 0..ROUNDS {
        let id = buys(&server, book, 2, "kim");
        let (cancelled, rejected) = at_once(&server, id, reject);
        let word = match (cancelled, rejected) {
            (204, 200 | 409) => "OrderCancelled",
            (409, 200) => "Rejected",
            other => panic!("{other:?}"),
        };
        assert_eq!(order(&server, id), word);
    }
    ends_undone(&nadul, server, book);
}

/// Refunded once each, stock back once each, and each end told once.
#[track_caller]
fn ends_undone(nadul: &Nadul, server: ServerProcess<'_>, book: u64) {
    books_balance(&server, &[(book, STOCK)]);
    assert_eq!(server.get(&format!("/books/{book}")).expect_status(200)["stock"], STOCK);
    let refunds = told(&server, "kim").iter().filter(|word| *word == "PaymentCancelled").count();
    assert_eq!(refunds, ROUNDS);
    closes(server);
    assert_eq!((said(nadul, "PaymentCancelled"), said(nadul, "StockReturned")), (ROUNDS, ROUNDS));
}

#[test]
fn a_buyer_a_seller_and_a_courier_at_once_agree_in_the_end() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, STOCK);
    for round in 0..ROUNDS {
        let id = buys(&server, book, 1, "kim");
        let answers = server.at_once(5, |client, at| match (at, round % 2) {
            (0, _) => cancel(client, id).expect("an answer").status,
            (1, _) => accept(client, id).expect("an answer").status,
            (2, 0) => reject(client, id).expect("an answer").status,
            _ => deliver(client, id).expect("an answer").status,
        });
        assert!(answers.iter().all(|status| [200, 204, 404, 409].contains(status)), "{answers:?}");
    }
    books_balance(&server, &[(book, STOCK)]);
    closes(server);
}
