//! The shop under test, and orders its customers place.
use process::{Answer, Nadul, Served, bare};
use serde_json::{Value, json};

/// A busy machine is no reason to give up a question, where a test is not about that.
pub const PATIENT: [&str; 2] = ["fruit.payment_timeout_ms=20000", "fruit.hold_timeout_ms=20000"];

/// Open for one test; afterwards its data at rest is proved.
pub fn open(test: impl FnOnce(&Served<'_>)) {
    open_with(&PATIENT, test);
}

pub fn open_with(settings: &[&str], test: impl FnOnce(&Served<'_>)) {
    let nadul = Nadul::new();
    let set = settings.iter().flat_map(|setting| ["--set", setting]);
    let served = nadul.serve(&["fruit", "--data", "data"].into_iter().chain(set).collect::<Vec<_>>());
    test(&served);
    served.rests();
    served.stop();
    nadul.is_proved();
}

pub const PRICE: u64 = 30_000;

pub fn order(user: &str) -> Value {
    json!({ "userId": user, "prodNm": "사과", "qty": 3, "price": PRICE, "address": "서울 중구 1", "orderStatus": "주문신청" })
}

/// Ordered; its id.
#[track_caller]
pub fn place(served: &Served<'_>, user: &str) -> u64 {
    let answer = served.post("/orders", &order(user));
    answer.with(201);
    answer.id()
}

/// Ordered, paid and on its way.
#[track_caller]
pub fn sent(served: &Served<'_>, user: &str) -> u64 {
    let id = place(served, user);
    served.shows(&format!("/deliveries/{id}"), "배송시작");
    id
}

pub fn cancel(served: &Served<'_>, id: u64) -> Answer {
    served.delete(&format!("/orders/{id}"))
}

pub const DELIVERED: &str = r#"{"deliveryStatus":"배송완료"}"#;

pub fn deliver(served: &Served<'_>, id: u64) -> Answer {
    served.door().ask("PATCH", &format!("/deliveries/{id}"), &[], DELIVERED).expect("an answer")
}

/// A row's own fields, read by its id.
#[track_caller]
pub fn row(served: &Served<'_>, collection: &str, id: u64) -> Value {
    bare(served.get(&format!("/{collection}/{id}")).with(200))
}

/// Nothing of any order is left in any collection, view or message.
#[track_caller]
pub fn is_empty(served: &Served<'_>) {
    for collection in ["orders", "payments", "deliveries", "myPages", "messages?customer=kim"] {
        served.counts(&format!("/{collection}"), 0);
    }
}
