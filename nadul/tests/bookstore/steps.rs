//! A bookshop with its seller and its courier, and the people who buy there.
use process::{HttpAnswer, HttpClient, Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

#[track_caller]
pub fn opens(nadul: &Nadul) -> ServerProcess<'_> {
    nadul.serve(&["bookstore", "--data", "data"])
}

/// At rest, and then proved: what is paid is owed or server, and no copy is sold twice.
#[track_caller]
pub fn closes(server: ServerProcess<'_>) {
    let nadul = server.wait_until_idle().nadul;
    server.stop();
    nadul.check_data();
}

/// On sale, and known to the shop front; its id.
#[track_caller]
pub fn book(server: &ServerProcess<'_>, price: u64, stock: impl Into<Option<u64>>) -> u64 {
    let id = server.post("/books", &json!({ "name": "토지", "price": price, "stock": stock.into() })).created_id();
    server.wait_until_caught_up("order", "store");
    id
}

pub fn basket(book: u64, qty: u64, customer: &str) -> Value {
    json!({ "productId": book, "quantity": qty, "customerId": customer, "customerName": "김나들", "customerAddr": "서울" })
}

/// Asked for; whatever the answer is.
pub fn asks(server: &ServerProcess<'_>, book: u64, qty: u64, customer: &str) -> HttpAnswer {
    server.post("/orders", &basket(book, qty, customer))
}

/// Ordered and on the seller's list; its id.
#[track_caller]
pub fn buys(server: &ServerProcess<'_>, book: u64, qty: u64, customer: &str) -> u64 {
    let id = asks(server, book, qty, customer).created_id();
    is(server, &format!("/storeOrders/{id}"), "status", "Paid");
    id
}

pub fn accept(client: &HttpClient, id: u64) -> Option<HttpAnswer> {
    client.request("PUT", &format!("/storeOrders/{id}/accept"), &[], "")
}

pub fn reject(client: &HttpClient, id: u64) -> Option<HttpAnswer> {
    client.request("PUT", &format!("/storeOrders/{id}/reject"), &[], r#"{"reason":"절판"}"#)
}

pub fn deliver(client: &HttpClient, id: u64) -> Option<HttpAnswer> {
    client.request("PATCH", &format!("/deliveries/{id}"), &[], r#"{"deliveryState":"Delivered"}"#)
}

pub fn cancel(client: &HttpClient, id: u64) -> Option<HttpAnswer> {
    client.request("DELETE", &format!("/orders/{id}"), &[], "")
}

/// The seller's yes, until the delivery has started.
#[track_caller]
pub fn accepts(server: &ServerProcess<'_>, id: u64) {
    accept(&server.client(), id).expect("an answer").expect_status(200);
    server.wait_for_text(&format!("/deliveries/{id}"), "DeliveryStarted");
}

/// The seller's no, until the order knows it and the money is back.
#[track_caller]
pub fn rejects(server: &ServerProcess<'_>, id: u64) {
    reject(&server.client(), id).expect("an answer").expect_status(200);
    is(server, &format!("/orders/{id}"), "status", "Rejected");
    is(server, &format!("/payments/{id}"), "status", "Cancelled");
}

#[track_caller]
pub fn cancels(server: &ServerProcess<'_>, id: u64) {
    let answer = cancel(&server.client(), id).expect("an answer");
    assert_eq!((answer.status, answer.text.as_str()), (204, ""), "{answer:?}");
    is(server, &format!("/payments/{id}"), "status", "Cancelled");
}

/// A field of a row becomes this word.
#[track_caller]
pub fn is(server: &ServerProcess<'_>, path: &str, field: &str, word: &str) -> Value {
    let row = server.wait_until(path, &format!("{field} {word}"), |answer| answer.json()[field] == word);
    without_links(row.json())
}

/// What is on a book's shelf at rest.
#[track_caller]
pub fn shelf(server: &ServerProcess<'_>, book: u64) -> Value {
    server.wait_until_idle().get(&format!("/books/{book}")).expect_status(200)["stock"].clone()
}

/// What a buyer was told at rest, oldest first.
pub fn told(server: &ServerProcess<'_>, customer: &str) -> Vec<String> {
    let messages = server.wait_until_idle().get(&format!("/messages?customer={customer}&size=200")).rows();
    messages.iter().map(|message| message["eventType"].as_str().expect("a message has a type").to_string()).collect()
}

/// Nobody was ever here: nothing is ordered, paid, listed, delivered, shown or said.
#[track_caller]
pub fn is_untouched(server: &ServerProcess<'_>) {
    server.wait_until_idle();
    for collection in ["orders", "payments", "storeOrders", "deliveries", "orderStatuses"] {
        assert_eq!(server.rows(collection), [] as [Value; 0], "{collection}");
    }
    assert_eq!(told(server, "kim"), [] as [String; 0]);
}

/// How often one thing was said in the whole shop.
pub fn said(nadul: &Nadul, event: &str) -> usize {
    nadul.log("bookstore").iter().filter(|it| it["eventType"] == event).count()
}
