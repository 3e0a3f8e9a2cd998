//! A bookshop with its seller and its courier, and the people who buy there.
use process::{Answer, Door, Nadul, Served, bare};
use rusqlite::Connection;
use serde_json::{Value, json};

#[track_caller]
pub fn opens(nadul: &Nadul) -> Served<'_> {
    nadul.serve(&["bookstore", "--data", "data"])
}

/// At rest, and then proved: what is paid is owed or served, and no copy is sold twice.
#[track_caller]
pub fn closes(served: Served<'_>) {
    let nadul = served.rests().nadul;
    served.stop();
    nadul.is_proved();
}

/// On sale, and known to the shop front; its id.
#[track_caller]
pub fn book(served: &Served<'_>, price: u64, stock: impl Into<Option<u64>>) -> u64 {
    let id = served.post("/books", &json!({ "name": "토지", "price": price, "stock": stock.into() })).made();
    served.hears_of("order", "store");
    id
}

pub fn basket(book: u64, qty: u64, customer: &str) -> Value {
    json!({ "productId": book, "quantity": qty, "customerId": customer, "customerName": "김나들", "customerAddr": "서울" })
}

/// Asked for; whatever the answer is.
pub fn asks(served: &Served<'_>, book: u64, qty: u64, customer: &str) -> Answer {
    served.post("/orders", &basket(book, qty, customer))
}

/// Ordered and on the seller's list; its id.
#[track_caller]
pub fn buys(served: &Served<'_>, book: u64, qty: u64, customer: &str) -> u64 {
    let id = asks(served, book, qty, customer).made();
    is(served, &format!("/storeOrders/{id}"), "status", "Paid");
    id
}

pub fn accept(door: &Door, id: u64) -> Option<Answer> {
    door.ask("PUT", &format!("/storeOrders/{id}/accept"), &[], "")
}

pub fn reject(door: &Door, id: u64) -> Option<Answer> {
    door.ask("PUT", &format!("/storeOrders/{id}/reject"), &[], r#"{"reason":"절판"}"#)
}

pub fn deliver(door: &Door, id: u64) -> Option<Answer> {
    door.ask("PATCH", &format!("/deliveries/{id}"), &[], r#"{"deliveryState":"Delivered"}"#)
}

pub fn cancel(door: &Door, id: u64) -> Option<Answer> {
    door.ask("DELETE", &format!("/orders/{id}"), &[], "")
}

/// The seller's yes, until the delivery has started.
#[track_caller]
pub fn accepts(served: &Served<'_>, id: u64) {
    accept(&served.door(), id).expect("an answer").with(200);
    served.shows(&format!("/deliveries/{id}"), "DeliveryStarted");
}

/// The seller's no, until the order knows it and the money is back.
#[track_caller]
pub fn rejects(served: &Served<'_>, id: u64) {
    reject(&served.door(), id).expect("an answer").with(200);
    is(served, &format!("/orders/{id}"), "status", "Rejected");
    is(served, &format!("/payments/{id}"), "status", "Cancelled");
}

#[track_caller]
pub fn cancels(served: &Served<'_>, id: u64) {
    let answer = cancel(&served.door(), id).expect("an answer");
    assert_eq!((answer.status, answer.text.as_str()), (204, ""), "{answer:?}");
    is(served, &format!("/payments/{id}"), "status", "Cancelled");
}

/// A context's disk, held until it is let go: the context decides, and can't make it durable.
#[track_caller]
pub fn holds_the_disk(served: &Served<'_>, context: &str) -> Connection {
    let path = served.nadul.path().join(format!("data/bookstore/{context}.db"));
    let store = Connection::open(path).expect("it has a store");
    store.busy_timeout(process::PATIENCE).expect("a patience");
    store.execute_batch("BEGIN IMMEDIATE").expect("the disk is held between two groups");
    store
}

pub fn lets_go(disk: &Connection) {
    disk.execute_batch("ROLLBACK").expect("it was held until now");
}

/// A field of a row becomes this word.
#[track_caller]
pub fn is(served: &Served<'_>, path: &str, field: &str, word: &str) -> Value {
    let row = served.becomes(path, &format!("{field} {word}"), |answer| answer.json()[field] == word);
    bare(row.json())
}

/// What is on a book's shelf at rest.
#[track_caller]
pub fn shelf(served: &Served<'_>, book: u64) -> Value {
    served.rests().get(&format!("/books/{book}")).with(200)["stock"].clone()
}

/// The types of a row's history, oldest first.
pub fn history(row: &Value) -> Vec<String> {
    let entries = row["history"].as_array().expect("a row has a history");
    entries.iter().map(|entry| entry["eventType"].as_str().expect("an entry has a type").to_string()).collect()
}

/// What a buyer was told at rest, oldest first.
pub fn told(served: &Served<'_>, customer: &str) -> Vec<String> {
    let messages = served.rests().get(&format!("/messages?customer={customer}&size=200")).rows();
    messages.iter().map(|message| message["eventType"].as_str().expect("a message has a type").to_string()).collect()
}

/// Nobody was ever here: nothing is ordered, paid, listed, delivered, shown or said.
#[track_caller]
pub fn is_untouched(served: &Served<'_>) {
    served.rests();
    for collection in ["orders", "payments", "storeOrders", "deliveries", "orderStatuses"] {
        assert_eq!(served.rows(collection), [] as [Value; 0], "{collection}");
    }
    assert_eq!(told(served, "kim"), [] as [String; 0]);
}

/// How often one thing was said in the whole shop.
pub fn said(nadul: &Nadul, event: &str) -> usize {
    nadul.log("bookstore").iter().filter(|it| it["eventType"] == event).count()
}
