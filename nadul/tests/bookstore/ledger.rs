//! The books of the whole shop, read over HTTP at rest: money, seller, stock, courier, views and messages agree.
use process::ServerProcess;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub fn number(row: &Value, name: &str) -> u64 {
    row[name].as_u64().unwrap_or_else(|| panic!("no {name} in {row}"))
}

fn by_id(rows: Vec<Value>) -> BTreeMap<u64, Value> {
    rows.into_iter().map(|row| (number(&row, "id"), row)).collect()
}

/// `set`: the stock each limited book was given.
#[track_caller]
pub fn books_balance(server: &ServerProcess<'_>, set: &[(u64, u64)]) {
    server.wait_until_idle_in("bookstore");
    let orders = by_id(server.rows("bookstore/orders"));
    let open = |order: &Value| order["status"] == "OrderPlaced";
    is_with_the_seller(server, &orders, open);
    is_on_its_way(server);
    is_on_the_shelf(server, &orders, open, set);
    is_counted(server, &orders, open);
    is_shown(server, &orders);
}

fn is_with_the_seller(server: &ServerProcess<'_>, orders: &BTreeMap<u64, Value>, open: impl Fn(&Value) -> bool) {
    let sales = by_id(server.rows("bookstore/storeOrders"));
    assert!(sales.keys().eq(orders.keys()), "each is listed once: {sales:?} {orders:?}");
    for (id, sale) in sales {
        let words: &[&str] = match orders[&id]["status"].as_str() {
            Some("OrderPlaced") => &["Paid", "Accepted"],
            Some("Rejected") => &["Rejected"],
            _ => &["Cancelled", "Rejected"], // the order keeps the first word it heard
        };
        assert!(words.contains(&sale["status"].as_str().expect("a word")), "{sale} {}", orders[&id]);
        assert_eq!(!sale["reason"].is_null(), sale["status"] == "Rejected", "{sale}");
        assert!(open(&orders[&id]) || words.len() < 3);
    }
}

/// What the seller accepted is delivered or on its way, and nothing else is.
fn is_on_its_way(server: &ServerProcess<'_>) {
    let deliveries = by_id(server.rows("bookstore/deliveries"));
    let sales = by_id(server.rows("bookstore/storeOrders"));
    for (id, sale) in &sales {
        let state = deliveries.get(id).map(|delivery| delivery["deliveryState"].as_str().expect("a word"));
        let is = match sale["status"].as_str() {
            Some("Accepted") => matches!(state, Some("DeliveryStarted" | "Delivered")),
            Some("Cancelled") => matches!(state, None | Some("DeliveryCancelled")),
            _ => state.is_none(),
        };
        assert!(is, "{sale} {state:?}");
    }
    assert!(deliveries.keys().all(|id| sales.contains_key(id)), "{deliveries:?}");
}

fn copies(orders: &BTreeMap<u64, Value>, open: impl Fn(&Value) -> bool, book: u64) -> u64 {
    let of_book = orders.values().filter(|order| open(order) && order["productId"] == book);
    of_book.map(|order| number(order, "qty")).sum()
}

fn is_on_the_shelf(
    server: &ServerProcess<'_>,
    orders: &BTreeMap<u64, Value>,
    open: impl Fn(&Value) -> bool + Copy,
    set: &[(u64, u64)],
) {
    for (book, stock) in set {
        let shelf = number(&server.get(&format!("/bookstore/books/{book}")).expect_status(200), "stock");
        assert_eq!(shelf + copies(orders, open, *book), *stock, "copies of book {book}");
    }
}

fn is_counted(server: &ServerProcess<'_>, orders: &BTreeMap<u64, Value>, open: impl Fn(&Value) -> bool + Copy) {
    let top = server.rows("bookstore/topBooks");
    let seen: Vec<(i64, u64)> =
        top.iter().map(|row| (-row["count"].as_i64().expect("a count"), number(row, "id"))).collect();
    assert!(seen.is_sorted(), "best first, ties by id: {top:?}");
    for row in top {
        assert_eq!(row["count"], copies(orders, open, number(&row, "id")), "{row}");
    }
}

/// What the seller accepted is shown so, instead of the order's own word.
fn is_shown(server: &ServerProcess<'_>, orders: &BTreeMap<u64, Value>) {
    let sales = by_id(server.rows("bookstore/storeOrders"));
    for (id, row) in by_id(server.rows("bookstore/orderStatuses")) {
        let word = if sales[&id]["status"] == "Accepted" { &json!("Accepted") } else { &orders[&id]["status"] };
        assert_eq!(&row["orderStatus"], word, "{row}");
    }
}
