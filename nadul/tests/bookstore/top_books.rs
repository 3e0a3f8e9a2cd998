//! /topBooks: the books on sale, best first.
use crate::shop::{accepts, asks, book, buys, cancels, closes, is, opens, rejects};
use process::{Nadul, Served, bare};
use serde_json::json;

/// Product, name and count at rest, in the order they are listed.
fn top(served: &Served<'_>) -> Vec<(u64, String, i64)> {
    let rows = served.rests().get("/topBooks").rows();
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
    let served = opens(&nadul);
    let [a, b, c, d] =
        [book(&served, 10, None), book(&served, 10, 1), book(&served, 10, None), book(&served, 10, None)];
    assert_eq!(top(&served), [row(a, 0), row(b, 0), row(c, 0), row(d, 0)]);
    let three = buys(&served, c, 3, "kim");
    buys(&served, d, 1, "kim");
    buys(&served, d, 2, "lee");
    buys(&served, a, 1, "kim");
    assert_eq!(top(&served), [row(c, 3), row(d, 3), row(a, 1), row(b, 0)]);
    asks(&served, b, 2, "kim").made(); // more than there is: rejected by itself
    assert_eq!(top(&served), [row(c, 3), row(d, 3), row(a, 1), row(b, 0)]);
    accepts(&served, three);
    assert_eq!(top(&served)[0], row(c, 3), "accepting is not selling once more");
    cancels(&served, three);
    let two = buys(&served, b, 1, "lee");
    assert_eq!(top(&served), [row(d, 3), row(a, 1), row(b, 1), row(c, 0)]);
    rejects(&served, two);
    assert_eq!(top(&served), [row(d, 3), row(a, 1), row(b, 0), row(c, 0)]);
    let one = served.get(&format!("/topBooks/{d}")).with(200);
    assert_eq!(bare(one), json!({ "id": d, "productId": d, "name": "토지", "count": 3 }));
    closes(served);
}

#[test]
fn names_follow_edits_and_deleted_books_leave() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let [a, b] = [book(&served, 10, None), book(&served, 10, None)];
    let id = buys(&served, b, 2, "kim");
    served.patch(&format!("/books/{b}"), &json!({ "name": "혼불" })).with(200);
    assert_eq!(top(&served), [(b, "혼불".to_string(), 2), row(a, 0)]);
    served.patch(&format!("/books/{b}"), &json!({ "price": 99, "stock": 5 })).with(200);
    assert_eq!(top(&served), [(b, "혼불".to_string(), 2), row(a, 0)]);
    assert_eq!(served.delete(&format!("/books/{b}")).status, 204);
    assert_eq!(top(&served), [row(a, 0)]);
    served.get(&format!("/topBooks/{b}")).refused(404, "unknown-id");
    cancels(&served, id); // what happens to its orders does not bring it back
    is(&served, &format!("/storeOrders/{id}"), "status", "Cancelled");
    assert_eq!(top(&served), [row(a, 0)]);
    closes(served);
}
