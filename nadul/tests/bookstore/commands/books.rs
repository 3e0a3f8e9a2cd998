//! Books on sale: registered, changed and deleted by the shop's owner.
use crate::bookstore::steps::{asks, book, closes, opens};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

fn row(id: u64, name: &str, price: u64, stock: Option<u64>) -> Value {
    json!({ "id": id, "productId": id, "name": name, "price": price, "stock": stock })
}

#[test]
fn books_are_registered_changed_and_deleted() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    a_book_is_registered_changed_and_deleted(&server);
    what_is_no_book_is_refused_and_leaves_nothing(&server);
    a_deleted_book_is_in_no_catalogue(&server);
    closes(server);
}

fn a_book_is_registered_changed_and_deleted(server: &ServerProcess) {
    let answer =
        server.post("/books", &json!({ "name": "토지", "price": "12000", "stock": "5", "id": 9, "productId": 9 }));
    assert_eq!(answer.header("location"), "/books/1");
    assert_eq!(without_links(answer.expect_status(201)), row(1, "토지", 12_000, Some(5)));
    assert_eq!(without_links(server.get("/books/1").expect_status(200)), row(1, "토지", 12_000, Some(5)));
    let unlimited = server.post("/books", &json!({ "name": "혼불", "price": 1 })).expect_status(201);
    assert_eq!(without_links(unlimited), row(2, "혼불", 1, None), "no stock, no limit");
    let none = server.post("/books", &json!({ "name": "광장", "price": 1, "stock": 0 })).expect_status(201);
    assert_eq!(without_links(none), row(3, "광장", 1, Some(0)));

    let changed = |body: Value| without_links(server.patch("/books/1", &body).expect_status(200));
    assert_eq!(changed(json!({ "name": "토지 1" })), row(1, "토지 1", 12_000, Some(5)));
    assert_eq!(changed(json!({ "price": "9000" })), row(1, "토지 1", 9_000, Some(5)));
    assert_eq!(changed(json!({ "stock": 0 })), row(1, "토지 1", 9_000, Some(0)));
    assert_eq!(changed(json!({ "stock": null })), row(1, "토지 1", 9_000, None), "null removes the limit");
    assert_eq!(changed(json!({ "name": "토지", "price": 1, "stock": 7 })), row(1, "토지", 1, Some(7)));

    assert_eq!(server.delete("/books/1").status, 204);
    server.get("/books/1").expect_problem(404, "unknown-id");
    server.delete("/books/1").expect_problem(404, "unknown-book");
    server.patch("/books/1", &json!({ "price": 1 })).expect_problem(404, "unknown-book");
    assert_eq!(server.rows("books").len(), 2);
}

fn what_is_no_book_is_refused_and_leaves_nothing(server: &ServerProcess) {
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
    let before = server.rows("books");
    for body in wrong {
        server.post("/books", &body).expect_problem(400, "invalid-fields");
    }
    assert_eq!(server.rows("books"), before);
    let id = book(server, 5, 5);
    for body in [json!({ "price": 0 }), json!({ "stock": -1 }), json!({ "name": 7 }), json!({ "stock": "x" })] {
        server.patch(&format!("/books/{id}"), &body).expect_problem(400, "invalid-fields");
    }
    assert_eq!(without_links(server.get(&format!("/books/{id}")).expect_status(200)), row(id, "토지", 5, Some(5)));
    server.patch("/books/99", &json!({ "price": 1 })).expect_problem(404, "unknown-book");
    server.delete("/books/99").expect_problem(404, "unknown-book");
}

fn a_deleted_book_is_in_no_catalogue(server: &ServerProcess) {
    let id = book(server, 5, None);
    asks(server, id, 1, "kim").created_id();
    assert_eq!(server.delete(&format!("/books/{id}")).status, 204);
    server.wait_until_caught_up("order", "store");
    asks(server, id, 1, "kim").expect_problem(404, "not-in-catalogue");
    server.wait_until_idle();
    assert_eq!(server.rows("orders").len(), 1);
}
