//! A page asked for with the position of a 201 shows what follows from it, at once and whole.
use crate::promises::taxi::{cancel, hail, taxi, trip};
use process::{Nadul, ServerProcess};
use serde_json::{Value, json};

#[test]
fn a_read_with_the_position_of_a_201_shows_the_request() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    for _ in 0..20 {
        let made = server.post("/catches", &trip("kim"));
        made.expect_status(201);
        let headers = [("prefer", "wait=5"), ("nadul-position", made.header("nadul-position"))];
        for list in ["myPages", "catchReqLists", "payments"] {
            let read = server.request_with("GET", &format!("/{list}/{}", made.id()), &headers, "");
            assert_eq!((read.status, read.header("preference-applied")), (200, "wait"), "{list} {read:?}");
        }
    }
    let id = hail(&server, "lee");
    let cancelled = cancel(&server, id);
    let headers = [("prefer", "wait=5"), ("nadul-position", cancelled.header("nadul-position"))];
    let told = server.request_with("GET", "/messages?customer=lee", &headers, "");
    assert!(told.rows().iter().any(|message| message["eventType"] == "CatchCancelled"), "{told:?}");
    let row = server.request_with("GET", &format!("/myPages/{id}"), &headers, "").expect_status(200);
    assert_eq!(
        (row["status"].as_str(), row["paymentStatus"].as_str()),
        (Some("CatchCancelled"), Some("PaymentCancelled"))
    );
}

/// Asked at once, without it a view may not have heard yet.
#[track_caller]
fn follows(server: &ServerProcess<'_>, path: &str, body: &Value, view: &str, field: &str, words: &str) {
    for _ in 0..5 {
        let made = server.post(path, body);
        made.expect_status(201);
        let headers = [("prefer", "wait=5"), ("nadul-position", made.header("nadul-position"))];
        let row = server.request_with("GET", &format!("{view}/{}", made.id()), &headers, "").expect_status(200);
        assert_eq!(row[field], words, "{view}: {row}");
    }
}

#[test]
fn so_does_every_other_view() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["--data", "data"]);
    let order = json!({ "userId": "kim", "prodNm": "사과", "qty": 1, "price": 5, "address": "서울" });
    follows(&server, "/fruit/orders", &order, "/fruit/myPages", "deliveryStatus", "배송시작");
    let call = json!({ "userId": "kim", "userName": "Kim", "distance": 1 });
    follows(&server, "/call-taxi/calls", &call, "/call-taxi/callViews", "callStatus", "driveStart");
    follows(&server, "/stay/rooms", &json!({ "desc": "sea", "price": 5 }), "/stay/roomviews", "desc", "sea");
    server.post("/bookstore/books", &json!({ "name": "나들", "price": 5 })).expect_status(201);
    server.wait_until_idle_in("bookstore");
    let order = json!({ "productId": 1, "qty": 1, "customerId": "kim" });
    follows(&server, "/bookstore/orders", &order, "/bookstore/orderStatuses", "payStatus", "Paid");
}
