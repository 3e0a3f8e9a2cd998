//! An order: the amount held in the same call, at the name and price the shop front knows.
use crate::shop::{asks, basket, book, buys, cancels, closes, is, is_untouched, opens};
use process::{Nadul, bare};
use serde_json::{Value, json};

#[test]
fn an_order_holds_its_amount_and_is_placed_in_one_call() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 12_000, 5);
    let answer = asks(&served, book, 2, "kim");
    let id = answer.made();
    assert_eq!(answer.header("location"), format!("/orders/{id}"));
    let row = json!({ "id": id, "orderId": id, "productId": book, "productName": "토지", "qty": 2, "amount": 24_000,
        "customerId": "kim", "customerName": "김나들", "customerAddr": "서울", "status": "OrderPlaced" });
    assert_eq!(bare(answer.json()), row);
    assert_eq!(bare(served.get(&format!("/orders/{id}")).with(200)), row);
    let payment = json!({ "id": id, "payId": id, "orderId": id, "amount": 24_000, "status": "Paid" });
    assert_eq!(bare(served.get(&format!("/payments/{id}")).with(200)), payment, "held, it reads as it will be listed");
    served.rests();
    assert_eq!(served.rows("payments"), [payment]);
    closes(served);
}

#[test]
fn a_quantity_has_two_words_and_one_value() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let one_word = [json!({ "quantity": 3 }), json!({ "qty": 3 }), json!({ "quantity": "3" }), json!({ "qty": "3" })];
    let both_words = [json!({ "quantity": 3, "qty": 3 }), json!({ "quantity": 3, "qty": "3" })];
    let order = |words: &Value| {
        let mut body = words.clone();
        body["productId"] = json!(book);
        served.post("/orders", &body)
    };
    for words in one_word.iter().chain(&both_words) {
        let row = order(words).with(201);
        assert_eq!((&row["qty"], &row["amount"]), (&json!(3), &json!(30)), "{words}");
        let nobody = [&row["customerId"], &row["customerName"], &row["customerAddr"]];
        assert_eq!(nobody, [&Value::Null; 3]);
    }
    let wrong = [
        json!({ "quantity": 3, "qty": 4 }),
        json!({ "quantity": 3, "qty": 0 }),
        json!({ "quantity": 0 }),
        json!({ "qty": -1 }),
        json!({ "qty": 1.5 }),
        json!({ "quantity": "three" }),
        json!({}),
    ];
    for words in &wrong {
        order(words).refused(400, "invalid-fields");
    }
    served.rests();
    assert_eq!(served.rows("orders").len(), 6);
    closes(served);
}

#[test]
fn what_can_t_be_ordered_is_refused_and_leaves_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 5);
    asks(&served, 99, 1, "kim").refused(404, "not-in-catalogue");
    asks(&served, book, 9_007_199_254_740_991, "kim").refused(409, "amount-too-high");
    let wrong =
        [json!({ "quantity": 1 }), json!({ "productId": "x", "quantity": 1 }), json!({ "productId": 0, "qty": 1 })];
    for body in wrong {
        served.post("/orders", &body).refused(400, "invalid-fields");
    }
    let bad_customer = json!({ "productId": book, "qty": 1, "customerId": 7 });
    served.post("/orders", &bad_customer).refused(400, "invalid-fields");
    is_untouched(&served);
    let dearest = json!({ "price": 9_007_199_254_740_991_u64 });
    served.patch(&format!("/books/{book}"), &dearest).with(200);
    served.hears_of("order", "store");
    assert_eq!(asks(&served, book, 1, "kim").with(201)["amount"], dearest["price"], "the most that can be paid");
    closes(served);
}

#[test]
fn an_order_keeps_the_name_and_the_price_of_its_moment() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let id = buys(&served, book, 2, "kim");
    served.patch(&format!("/books/{book}"), &json!({ "name": "토지 2", "price": 99 })).with(200);
    served.rests();
    for (path, name) in [("orders", "productName"), ("storeOrders", "productName"), ("orderStatuses", "productName")] {
        assert_eq!(served.get(&format!("/{path}/{id}")).with(200)[name], "토지", "{path}");
    }
    assert_eq!(served.get(&format!("/orders/{id}")).with(200)["amount"], 20);
    cancels(&served, id);
    assert_eq!(served.get(&format!("/payments/{id}")).with(200)["amount"], 20, "what was paid is refunded");
    let row = asks(&served, book, 2, "lee").with(201);
    assert_eq!((&row["productName"], &row["amount"]), (&json!("토지 2"), &json!(198)));
    closes(served);
}

#[test]
fn orders_are_taken_while_the_store_is_down_and_listed_in_order_when_it_is_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 3);
    served.works("bookstore", "store", false);
    served.get("/books").refused(503, "unavailable");
    let ids: Vec<u64> = (0..4).map(|_| asks(&served, book, 1, "kim").made()).collect();
    for id in &ids {
        is(&served, &format!("/orderStatuses/{id}"), "payStatus", "Paid");
    }
    served.works("bookstore", "store", true);
    served.rests();
    let words: Vec<Value> = served.rows("storeOrders").into_iter().map(|row| row["status"].clone()).collect();
    assert_eq!(words, ["Paid", "Paid", "Paid", "Rejected"], "three copies, for who came first");
    assert_eq!(served.get(&format!("/books/{book}")).with(200)["stock"], 0);
    closes(served);
}

#[test]
fn orders_are_found_by_their_customer() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, None);
    let ids = ["kim", "lee", "kim"].map(|customer| asks(&served, book, 1, customer).made());
    served.rests();
    for collection in ["orders", "orderStatuses"] {
        let rows = served.get(&format!("/{collection}?customerId=kim")).rows();
        let found: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
        assert_eq!(found, [ids[0], ids[2]], "{collection}");
    }
    closes(served);
}

#[test]
fn money_is_held_by_an_order_only() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let bill = json!({ "payId": 1, "orderId": 1, "amount": 1 });
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        for path in ["/payments", "/payments/1"] {
            served.ask(method, path, &bill).refused(405, "wrong-method");
        }
    }
    is_untouched(&served);
    closes(served);
}

#[test]
fn the_same_order_under_the_same_key_is_placed_once() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let book = book(&served, 10, 9);
    let keyed = |key: &str, qty: u64| {
        let body = basket(book, qty, "kim").to_string();
        served.door().ask("POST", "/orders", &[("idempotency-key", key)], &body).expect("an answer")
    };
    let id = keyed("a", 1).made();
    assert_eq!(keyed("a", 1).made(), id);
    assert_eq!(keyed("a", 2).status, 422);
    cancels(&served, id);
    assert_eq!(keyed("a", 1).made(), id, "the stored answer, and no new order");
    let made = served.at_once(20, |door, _| {
        let body = basket(book, 1, "lee").to_string();
        door.ask("POST", "/orders", &[("idempotency-key", "c")], &body).expect("an answer").made()
    });
    assert!(made.iter().all(|id| *id == made[0]), "{made:?}");
    served.rests();
    assert_eq!((served.rows("orders").len(), served.rows("payments").len()), (2, 2));
    closes(served);
}
