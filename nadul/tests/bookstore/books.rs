//! Books on sale: registered, changed and deleted by the shop's owner.
use crate::shop::{asks, book, closes, opens};
use process::{Nadul, bare};
use serde_json::{Value, json};

fn row(id: u64, name: &str, price: u64, stock: Option<u64>) -> Value {
    json!({ "id": id, "productId": id, "name": name, "price": price, "stock": stock })
}

#[test]
fn a_book_is_registered_changed_and_deleted() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let answer =
        served.post("/books", &json!({ "name": "토지", "price": "12000", "stock": "5", "id": 9, "productId": 9 }));
    assert_eq!(answer.header("location"), "/books/1");
    assert_eq!(bare(answer.with(201)), row(1, "토지", 12_000, Some(5)));
    assert_eq!(bare(served.get("/books/1").with(200)), row(1, "토지", 12_000, Some(5)));
    let unlimited = served.post("/books", &json!({ "name": "혼불", "price": 1 })).with(201);
    assert_eq!(bare(unlimited), row(2, "혼불", 1, None), "no stock, no limit");
    let none = served.post("/books", &json!({ "name": "광장", "price": 1, "stock": 0 })).with(201);
    assert_eq!(bare(none), row(3, "광장", 1, Some(0)));

    let changed = |body: Value| bare(served.patch("/books/1", &body).with(200));
    assert_eq!(changed(json!({ "name": "토지 1" })), row(1, "토지 1", 12_000, Some(5)));
    assert_eq!(changed(json!({ "price": "9000" })), row(1, "토지 1", 9_000, Some(5)));
    assert_eq!(changed(json!({ "stock": 0 })), row(1, "토지 1", 9_000, Some(0)));
    assert_eq!(changed(json!({ "stock": null })), row(1, "토지 1", 9_000, None), "null removes the limit");
    assert_eq!(changed(json!({ "name": "토지", "price": 1, "stock": 7 })), row(1, "토지", 1, Some(7)));

    assert_eq!(served.delete("/books/1").status, 204);
    served.get("/books/1").refused(404, "unknown-id");
    served.delete("/books/1").refused(404, "unknown-book");
    served.patch("/books/1", &json!({ "price": 1 })).refused(404, "unknown-book");
    assert_eq!(served.rows("books").len(), 2);
    closes(served);
}

#[test]
fn what_is_no_book_is_refused_and_leaves_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let wrong = [
        json!({ "price": 1 }),
        json!({ "name": " ", "price": 1 }),
        json!({ "name": 7, "price": 1 }),
        json!({ "name": "a" }),
        json!({ "name": "a", "price": 0 }),
        json!({ "name": "a", "price": -1 }),
        json!({ "name": "a", "price": 1.5 }),
        json!({ "name": "a", "price": 1, "stock": -1 }),
        json!({ "name": "a", "price": 1, "stock": 0.5 }),
        json!({ "name": "a", "price": 1, "stock": "many" }),
    ];
    for body in wrong {
        served.post("/books", &body).refused(400, "invalid-fields");
    }
    assert_eq!(served.rows("books"), [] as [Value; 0]);
    let id = book(&served, 5, 5);
    for body in [json!({ "price": 0 }), json!({ "stock": -1 }), json!({ "name": 7 }), json!({ "stock": "x" })] {
        served.patch(&format!("/books/{id}"), &body).refused(400, "invalid-fields");
    }
    assert_eq!(bare(served.get(&format!("/books/{id}")).with(200)), row(id, "토지", 5, Some(5)));
    served.patch("/books/99", &json!({ "price": 1 })).refused(404, "unknown-book");
    served.delete("/books/99").refused(404, "unknown-book");
    closes(served);
}

#[test]
fn a_deleted_book_is_in_no_catalogue() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let id = book(&served, 5, None);
    asks(&served, id, 1, "kim").made();
    assert_eq!(served.delete(&format!("/books/{id}")).status, 204);
    served.hears_of("order", "store");
    asks(&served, id, 1, "kim").refused(404, "not-in-catalogue");
    served.rests();
    assert_eq!(served.rows("orders").len(), 1);
    closes(served);
}
