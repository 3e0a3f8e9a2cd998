//! An order: the amount held in the same call, at the name and price the shop front knows.
use crate::bookstore::steps::{asks, book, buys, cancels, closes, is_untouched, opens};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

#[test]
fn an_order_holds_its_amount_at_the_name_and_price_the_shop_front_knows() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    a_shop_without_books_says_what_to_do_first(&server);
    what_can_t_be_ordered_is_refused_and_leaves_nothing(&server);
    an_order_holds_its_amount_and_is_placed_in_one_call(&server);
    a_quantity_has_two_words_and_one_value(&server);
    an_order_keeps_the_name_and_the_price_of_its_moment(&server);
    closes(server);
}

fn a_shop_without_books_says_what_to_do_first(server: &ServerProcess) {
    let answer = asks(server, 1, 1, "kim");
    answer.expect_problem(404, "not-in-catalogue");
    assert!(answer.text.contains("POST /books"), "{answer:?}");
}

fn what_can_t_be_ordered_is_refused_and_leaves_nothing(server: &ServerProcess) {
    let book = book(server, 10, 5);
    asks(server, 99, 1, "kim").expect_problem(404, "not-in-catalogue");
    asks(server, book, 9_007_199_254_740_991, "kim").expect_problem(409, "amount-too-high");
    let wrong =
        [json!({ "quantity": 1 }), json!({ "productId": "x", "quantity": 1 }), json!({ "productId": 0, "qty": 1 })];
    for body in wrong {
        server.post("/orders", &body).expect_problem(400, "invalid-fields");
    }
    let bad_customer = json!({ "productId": book, "qty": 1, "customerId": 7.5 });
    server.post("/orders", &bad_customer).expect_problem(400, "invalid-fields");
    is_untouched(server);
    let dearest = json!({ "price": 9_007_199_254_740_991_u64 });
    server.patch(&format!("/books/{book}"), &dearest).expect_status(200);
    server.wait_until_caught_up("order", "store");
    assert_eq!(
        asks(server, book, 1, "kim").expect_status(201)["amount"],
        dearest["price"],
        "the most that can be paid"
    );
}

fn an_order_holds_its_amount_and_is_placed_in_one_call(server: &ServerProcess) {
    let book = book(server, 12_000, 5);
    let answer = asks(server, book, 2, "kim");
    let id = answer.created_id();
    assert_eq!(answer.header("location"), format!("/orders/{id}"));
    let row = json!({ "id": id, "orderId": id, "productId": book, "productName": "토지", "qty": 2, "amount": 24_000,
        "customerId": "kim", "customerName": "김나들", "customerAddr": "서울", "status": "OrderPlaced" });
    assert_eq!(without_links(answer.json()), row);
    assert_eq!(without_links(server.get(&format!("/orders/{id}")).expect_status(200)), row);
    let payment = json!({ "id": id, "payId": id, "orderId": id, "amount": 24_000, "status": "Paid" });
    assert_eq!(
        without_links(server.get(&format!("/payments/{id}")).expect_status(200)),
        payment,
        "held, it reads as it will be listed"
    );
    server.wait_until_idle();
    assert_eq!(server.rows("payments").last(), Some(&payment));
}

fn a_quantity_has_two_words_and_one_value(server: &ServerProcess) {
    let book = book(server, 10, None);
    let one_word = [json!({ "quantity": 3 }), json!({ "qty": 3 }), json!({ "quantity": "3" }), json!({ "qty": "3" })];
    let both_words = [json!({ "quantity": 3, "qty": 3 }), json!({ "quantity": 3, "qty": "3" })];
    let order = |words: &Value| {
        let mut body = words.clone();
        body["productId"] = json!(book);
        server.post("/orders", &body)
    };
    for words in one_word.iter().chain(&both_words) {
        let row = order(words).expect_status(201);
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
        order(words).expect_problem(400, "invalid-fields");
    }
    server.wait_until_idle();
    let ordered = server.rows("orders").into_iter().filter(|row| row["productId"] == book);
    assert_eq!(ordered.count(), 6);
}

fn an_order_keeps_the_name_and_the_price_of_its_moment(server: &ServerProcess) {
    let book = book(server, 10, None);
    let id = buys(server, book, 2, "kim");
    server.patch(&format!("/books/{book}"), &json!({ "name": "토지 2", "price": 99 })).expect_status(200);
    server.wait_until_idle();
    for (path, name) in [("orders", "productName"), ("storeOrders", "productName"), ("orderStatuses", "productName")] {
        assert_eq!(server.get(&format!("/{path}/{id}")).expect_status(200)[name], "토지", "{path}");
    }
    assert_eq!(server.get(&format!("/orders/{id}")).expect_status(200)["amount"], 20);
    cancels(server, id);
    assert_eq!(server.get(&format!("/payments/{id}")).expect_status(200)["amount"], 20, "what was paid is refunded");
    let row = asks(server, book, 2, "lee").expect_status(201);
    assert_eq!((&row["productName"], &row["amount"]), (&json!("토지 2"), &json!(198)));
}
