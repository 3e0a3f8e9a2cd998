//! Numbers as clients write them: as numbers and as strings of digits, whole or decimal, never with an exponent.
use crate::promises::taxi::{is_empty, taxi, trip_with};
use process::{Nadul, ServerProcess};
use serde_json::{Value, json};

const LARGEST: u64 = (1 << 53) - 1;

#[test]
fn money_has_a_largest_and_a_smallest_amount() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["stay", "bookstore", "--data", "data"]);
    a_sum_above_the_largest_amount_is_409_and_nothing_is_held(&server);
    money_is_from_one_unless_a_page_says_from_zero(&server);
    server.wait_until_idle_in("stay").wait_until_idle_in("bookstore");
    server.stop();
    nadul.check_data();
}

fn a_sum_above_the_largest_amount_is_409_and_nothing_is_held(server: &ServerProcess) {
    let dear = json!({ "name": "dear", "price": LARGEST });
    let book = server.post("/bookstore/books", &dear).id();
    let order = json!({ "productId": book, "quantity": 2, "customerId": "kim" });
    server.wait_until("/bookstore/books", "a book the shop front knows", |_| {
        let told = server.post("/bookstore/orders", &order);
        assert!([404, 409].contains(&told.status), "{told:?}");
        told.status == 409
    });
    let room = server.post("/stay/rooms", &json!({ "desc": "dear", "price": LARGEST })).id();
    let car = server.post("/stay/rentcars", &json!({ "carName": "K5", "price": 1 })).id();
    let stay = json!({ "roomId": room, "carId": car, "customer": "kim" });
    assert_eq!(server.post("/stay/reservations", &stay).status, 409);
    for list in ["/bookstore/orders", "/bookstore/payments", "/stay/reservations", "/stay/payments"] {
        assert_eq!(server.get(list).rows(), Vec::<Value>::new(), "{list}");
    }
    let free = || server.get(&format!("/stay/check/chkAndReqReserve?roomId={room}"));
    server.wait_until(&format!("/stay/check/chkAndReqReserve?roomId={room}"), "free", |answer| answer.text == "true");
    assert_eq!(free().expect_status(200), true);
    assert_eq!(server.get(&format!("/stay/chkcar/chkStatus?carId={car}")).expect_status(200), true);
}

fn money_is_from_one_unless_a_page_says_from_zero(server: &ServerProcess) {
    let free = server.post("/stay/rooms", &json!({ "desc": "tent", "price": 0 }));
    assert_eq!(
        (
            &free.expect_status(201)["price"],
            &server.post("/stay/rooms", &json!({ "desc": "hut" })).expect_status(201)["price"]
        ),
        (&json!(0), &json!(0))
    );
    let stay = server.post("/stay/reservations", &json!({ "roomId": free.id(), "customer": "kim" }));
    assert_eq!((&stay.expect_status(201)["payId"], &stay.json()["amount"]), (&json!(stay.id()), &json!(0)));
    server.post("/stay/rooms", &json!({ "desc": "debt", "price": -1 })).expect_problem(400, "invalid-fields");
    server.post("/bookstore/books", &json!({ "name": "free", "price": 0 })).expect_problem(400, "invalid-fields");
}

#[test]
fn a_whole_number_is_a_number_or_digits_and_nothing_else() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    what_is_no_whole_number_in_range_is_400(&server);
    a_whole_number_comes_as_a_number_or_as_digits_and_goes_as_a_number(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

/// StreamEvent as text, so that each number is exactly as it is written here.
fn what_is_no_whole_number_in_range_is_400(server: &ServerProcess) {
    for (price, code) in [
        ("1.5", "type"),
        ("5.0", "type"),
        ("\"5.0\"", "type"),
        ("1e3", "type"),
        ("\"1e3\"", "type"),
        ("\"+5\"", "type"),
        ("\" 5 \"", "type"),
        ("\"٣\"", "type"),
        ("\"0x10\"", "type"),
        ("\"5won\"", "type"),
        ("1e999", "type"),
        ("1.0", "type"),
        ("true", "type"),
        ("[5]", "type"),
        ("{}", "type"),
        ("0", "range"),
        ("-0", "range"),
        ("-1", "range"),
        ("\"-1\"", "range"),
        ("9007199254740992", "range"),
        ("18446744073709551616", "range"),
        (&"9".repeat(5000), "range"),
        ("null", "missing"),
        ("\"\"", "missing"),
        ("\"  \"", "missing"),
    ] {
        let body = format!(r#"{{"price":{price},"startingPoint":"a","destination":"b","customer":"kim"}}"#);
        let refused = server.request_with("POST", "/catches", &[], &body);
        refused.expect_problem(400, "invalid-fields");
        let error = &refused.json()["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!("price"), &json!(code)), "{price}");
    }
    is_empty(server);
}

fn a_whole_number_comes_as_a_number_or_as_digits_and_goes_as_a_number(server: &ServerProcess) {
    let sent = [json!(5), json!("5"), json!("250000"), json!(LARGEST), json!(LARGEST.to_string()), json!("007")];
    for (price, told) in sent.iter().zip([5, 5, 250_000, LARGEST, LARGEST, 7]) {
        let made = server.post("/catches", &trip_with("price", price.clone()));
        assert_eq!(made.expect_status(201)["price"], told);
        assert_eq!(server.get(made.header("location")).json()["price"], told);
    }
}

#[test]
fn a_decimal_may_have_a_point_and_digits_and_trailing_zeros_do_not_count() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["call-taxi", "--data", "data"]);
    let call = |distance: &str| {
        let body = format!(r#"{{"userId":"kim","userName":"Kim","distance":{distance}}}"#);
        server.request_with("POST", "/calls", &[], &body)
    };
    for (distance, fare) in [
        ("12.5", 125_000),
        ("\"12.5\"", 125_000),
        ("3", 30_000),
        ("1.230000000", 12_300),
        ("\"100.00\"", 1_000_000),
        ("0.0001", 1),
    ] {
        let made = call(distance).expect_status(201);
        assert_eq!(made["fare"], fare, "{distance}");
        assert!(made["distance"].is_number(), "{made}");
    }
    for distance in [
        "1.00001",
        "\"1e3\"",
        "1e3",
        "\"1.\"",
        "\".5\"",
        "\"1.2.3\"",
        "-1",
        "0",
        "\"\"",
        "null",
        "\"12,5\"",
        "9007199254740992",
        "true",
    ] {
        let refused = call(distance);
        refused.expect_problem(400, "invalid-fields");
        assert_eq!(refused.json()["errors"][0]["field"], "distance", "{distance}");
    }
    server.wait_for_count("/calls", 6);
}
