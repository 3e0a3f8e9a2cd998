//! /topBooks: the books on sale, best first.
use crate::bookstore::steps::{accepts, asks, book, buys, cancels, closes, is, opens, rejects};
use process::{Nadul, ServerProcess, without_links};
use serde_json::json;

/// Product, name and count at rest, in the order they are listed.
fn top(server: &ServerProcess<'_>) -> Vec<(u64, String, i64)> {
    let rows = server.wait_until_idle().get("/topBooks").rows();
    let word = |row: &serde_json::Value| row["name"].as_str().expect("a name").to_string();
    rows.iter()
        .map(|row| (row["productId"].as_u64().expect("an id"), word(row), row["count"].as_i64().expect("a count")))
        .collect()
}

fn row(id: u64, count: i64) -> (u64, String, i64) {
    (id, "토지".to_string(), count)
}

#[test]
fn copies_paid_and_not_refunded_are_counted_best_first_and_ties_by_product() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let [a, b, c, d] =
        [book(&server, 10, None), book(&server, 10, 1), book(&server, 10, None), book(&server, 10, None)];
    assert_eq!(top(&server), [row(a, 0), row(b, 0), row(c, 0), row(d, 0)]);
    let three = buys(&server, c, 3, "kim");
    buys(&server, d, 1, "kim");
    buys(&server, d, 2, "lee");
    buys(&server, a, 1, "kim");
    assert_eq!(top(&server), [row(c, 3), row(d, 3), row(a, 1), row(b, 0)]);
    asks(&server, b, 2, "kim").created_id(); // more than there is: rejected by itself
    assert_eq!(top(&server), [row(c, 3), row(d, 3), row(a, 1), row(b, 0)]);
    accepts(&server, three);
    assert_eq!(top(&server)[0], row(c, 3), "accepting is not selling once more");
    cancels(&server, three);
    let two = buys(&server, b, 1, "lee");
    assert_eq!(top(&server), [row(d, 3), row(a, 1), row(b, 1), row(c, 0)]);
    rejects(&server, two);
    assert_eq!(top(&server), [row(d, 3), row(a, 1), row(b, 0), row(c, 0)]);
    let one = server.get(&format!("/topBooks/{d}")).expect_status(200);
    assert_eq!(without_links(one), json!({ "id": d, "productId": d, "name": "토지", "count": 3 }));
    closes(server);
}

#[test]
fn names_follow_edits_and_deleted_books_leave() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    let [a, b] = [book(&server, 10, None), book(&server, 10, None)];
    let id = buys(&server, b, 2, "kim");
    server.patch(&format!("/books/{b}"), &json!({ "name": "혼불" })).expect_status(200);
    assert_eq!(top(&server), [(b, "혼불".to_string(), 2), row(a, 0)]);
    server.patch(&format!("/books/{b}"), &json!({ "price": 99, "stock": 5 })).expect_status(200);
    assert_eq!(top(&server), [(b, "혼불".to_string(), 2), row(a, 0)]);
    assert_eq!(server.delete(&format!("/books/{b}")).status, 204);
    assert_eq!(top(&server), [row(a, 0)]);
    server.get(&format!("/topBooks/{b}")).expect_problem(404, "unknown-id");
    cancels(&server, id); // what happens to its orders does not bring it back
    is(&server, &format!("/storeOrders/{id}"), "status", "Cancelled");
    assert_eq!(top(&server), [row(a, 0)]);
    closes(server);
}
