//! Buyer against seller, buyer against courier, each many times: whatever comes first, all sides agree on one end.
use crate::bookstore::ledger::books_balance;
use crate::bookstore::steps::{accept, book, buys, cancel, closes, deliver, opens, reject, said};
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
fn a_cancel_that_races_the_seller_s_word_ends_undone_on_all_sides_with_the_first_word() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let book = book(&server, 10, STOCK);
    for _ in 0..ROUNDS {
        let [accepted, rejected] = [(); 2].map(|()| buys(&server, book, 2, "kim"));
        let answers = at_once(&server, accepted, accept);
        assert!(answers.0 == 204 && [200, 409].contains(&answers.1), "{answers:?}");
        assert_eq!(order(&server, accepted), "OrderCancelled");
        assert_eq!(server.get(&format!("/storeOrders/{accepted}")).expect_status(200)["status"], "Cancelled");
        let word = match at_once(&server, rejected, reject) {
            (204, 200 | 409) => "OrderCancelled",
            (409, 200) => "Rejected",
            other => panic!("{other:?}"),
        };
        assert_eq!(order(&server, rejected), word);
    }
    books_balance(&server, &[(book, STOCK)]);
    assert_eq!(server.get(&format!("/books/{book}")).expect_status(200)["stock"], STOCK);
    closes(server);
    let once = ["PaymentCancelled", "StockReturned"].map(|event| said(&nadul, event));
    assert_eq!(once, [2 * ROUNDS; 2], "refunded once each, stock back once each");
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
