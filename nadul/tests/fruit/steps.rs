//! The shop under test, and orders its customers place.
use process::{HttpAnswer, Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

/// A busy machine is no reason to give up a question, where a test is not about that.
pub const LONG_TIMEOUTS: [&str; 2] = ["fruit.payment_timeout_ms=20000", "fruit.hold_timeout_ms=20000"];

/// Open for one test; afterwards its data at rest is proved.
pub fn open(test: impl FnOnce(&ServerProcess<'_>)) {
    open_with(&LONG_TIMEOUTS, test);
}

pub fn open_with(settings: &[&str], test: impl FnOnce(&ServerProcess<'_>)) {
    let nadul = Nadul::new();
    let set = settings.iter().flat_map(|setting| ["--set", setting]);
    let server = nadul.serve(&["fruit", "--data", "data"].into_iter().chain(set).collect::<Vec<_>>());
    test(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

pub const PRICE: u64 = 30_000;

pub fn order(user: &str) -> Value {
    json!({ "userId": user, "prodNm": "사과", "qty": 3, "price": PRICE, "address": "서울 중구 1", "orderStatus": "주문신청" })
}

/// Ordered; its id.
#[track_caller]
pub fn place(server: &ServerProcess<'_>, user: &str) -> u64 {
    let answer = server.post("/orders", &order(user));
    answer.expect_status(201);
    answer.id()
}

/// Ordered, paid and on its way.
#[track_caller]
pub fn sent(server: &ServerProcess<'_>, user: &str) -> u64 {
    let id = place(server, user);
    server.wait_for_text(&format!("/deliveries/{id}"), "배송시작");
    id
}

pub fn cancel(server: &ServerProcess<'_>, id: u64) -> HttpAnswer {
    server.delete(&format!("/orders/{id}"))
}

pub const DELIVERED: &str = r#"{"deliveryStatus":"배송완료"}"#;

pub fn deliver(server: &ServerProcess<'_>, id: u64) -> HttpAnswer {
    server.client().request("PATCH", &format!("/deliveries/{id}"), &[], DELIVERED).expect("an answer")
}

/// A row's own fields, read by its id.
#[track_caller]
pub fn row(server: &ServerProcess<'_>, collection: &str, id: u64) -> Value {
    without_links(server.get(&format!("/{collection}/{id}")).expect_status(200))
}

/// Nothing of any order is left in any collection, view or message.
#[track_caller]
pub fn is_empty(server: &ServerProcess<'_>) {
    for collection in ["orders", "payments", "deliveries", "myPages", "messages?customer=kim"] {
        server.wait_for_count(&format!("/{collection}"), 0);
    }
}
