//! Stock: what is on the shelf now. It is taken by paid orders, comes back with what is undone, and is never oversold.
use crate::ledger::books_balance;
use crate::shop::{asks, basket, book, buys, cancels, closes, is, opens, rejects, shelf, told};
use process::Nadul;
use serde_json::{Value, json};

#[test]
fn an_order_that_finds_too_little_stock_is_rejected_by_itself() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 3);
    let (first, second) = (buys(&served, book, 2, "kim"), asks(&served, book, 2, "lee").made());
    let third = asks(&served, book, 1, "park").made();
    is(&served, &format!("/orders/{second}"), "status", "Rejected");
    is(&served, &format!("/payments/{second}"), "status", "Cancelled");
    let row = served.get(&format!("/storeOrders/{second}")).with(200);
    assert_eq!((&row["status"], &row["reason"]), (&json!("Rejected"), &json!("not enough stock")));
    assert_eq!(shelf(&served, book), 0, "the last copy is for one who wants one");
    for id in [first, third] {
        assert_eq!(served.get(&format!("/storeOrders/{id}")).with(200)["status"], "Paid");
    }
    assert_eq!(told(&served, "lee"), ["OrderPlaced", "Rejected", "PaymentCancelled"]);
    books_balance(&served, &[(book, 3)]);
    closes(served);
}

#[test]
fn a_patch_sets_what_is_on_the_shelf_now() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    let path = format!("/books/{book}");
    let id = buys(&served, book, 2, "kim");
    assert_eq!(shelf(&served, book), 3);
    assert_eq!(served.patch(&path, &json!({ "price": 11 })).with(200)["stock"], 3, "a price is not a stock");
    served.patch(&path, &json!({ "stock": 10 })).with(200);
    assert_eq!(shelf(&served, book), 10, "now, beside what orders have taken");
    rejects(&served, id);
    assert_eq!(shelf(&served, book), 12);
    closes(served);
}

#[test]
fn without_a_limit_every_order_finds_stock_and_none_comes_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 2);
    let path = format!("/books/{book}");
    let limited = buys(&served, book, 2, "kim");
    served.patch(&path, &json!({ "stock": null })).with(200);
    let unlimited = buys(&served, book, 1_000, "lee");
    cancels(&served, limited);
    assert_eq!(shelf(&served, book), Value::Null);
    served.patch(&path, &json!({ "stock": 7 })).with(200);
    cancels(&served, unlimited);
    assert_eq!(shelf(&served, book), 7, "it had taken none");
    closes(served);
}

#[test]
fn many_buyers_at_once_are_never_sold_more_than_there_is() {
    let nadul = Nadul::new();
    let served = nadul.serve(&[
        "bookstore",
        "--data",
        "data",
        "--set",
        "bookstore.payment_timeout_ms=20000",
        "--set",
        "http.request_timeout_ms=25000",
    ]);
    let (scarce, plenty) = (book(&served, 10, 25), book(&served, 10, 1_000));
    let made = served.at_once(100, |door, at| {
        let (book, qty) = if at % 5 == 0 { (plenty, 3) } else { (scarce, 1 + at as u64 % 3) };
        door.post("/orders", &basket(book, qty, &format!("buyer{at}"))).expect("an answer").made()
    });
    assert_eq!(made.len(), 100);
    books_balance(&served, &[(scarce, 25), (plenty, 1_000)]);
    assert!(shelf(&served, scarce).as_u64() < Some(3), "what a buyer of one could have had was sold");
    assert_eq!(shelf(&served, plenty), 1_000 - 60);
    let rejected = served.rows("storeOrders").into_iter().filter(|row| row["status"] == "Rejected");
    assert!(rejected.inspect(|row| assert_eq!(row["productId"], scarce)).count() > 50);
    closes(served);
}

/// The store takes its time to hear of them all; in between, its owner deletes the book.
#[test]
fn a_book_deleted_before_the_store_heard_of_an_order_rejects_it() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["bookstore", "--data", "data", "--set", "runtime.events_per_turn=1"]);
    let book = book(&served, 10, 1_000);
    served.works("bookstore", "store", false);
    let ids: Vec<u64> = (0..80).map(|_| asks(&served, book, 1, "kim").made()).collect();
    served.works("bookstore", "store", true);
    assert_eq!(served.delete(&format!("/books/{book}")).status, 204);
    books_balance(&served, &[]);
    let rows = served.rows("storeOrders");
    let (sold, rejected): (Vec<&Value>, Vec<&Value>) = rows.iter().partition(|row| row["status"] == "Paid");
    assert_eq!((sold.len() + rejected.len(), rejected.is_empty()), (ids.len(), false));
    for row in &rejected {
        assert_eq!((&row["status"], &row["reason"]), (&json!("Rejected"), &json!("not sold any more")));
        assert_eq!(served.get(&format!("/payments/{}", row["id"])).with(200)["status"], "Cancelled");
    }
    let last = rows.last().expect("a row");
    assert_eq!(last["status"], "Rejected", "the store heard of it after the book was deleted");
    closes(served);
}

#[test]
fn a_book_deleted_after_the_store_heard_of_an_order_is_still_sold_to_it() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 2);
    let (kept, undone) = (buys(&served, book, 1, "kim"), buys(&served, book, 1, "lee"));
    served.rests();
    assert_eq!(served.delete(&format!("/books/{book}")).status, 204);
    crate::shop::accepts(&served, kept);
    rejects(&served, undone);
    books_balance(&served, &[]);
    closes(served);
}
