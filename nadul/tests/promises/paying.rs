//! Paying has two steps: the call holds, the event takes; what is never taken is voided and was never there.
use crate::five::ALL;
use crate::taxi::{is_empty, set, taxi, trip};
use crate::under_way::{TOO_SHORT, held};
use process::{Nadul, Served};
use serde_json::{Value, json};

/// A system, where it is asked and for what, and the field and word of an approved payment.
type Asked = (&'static str, &'static str, Value, &'static str, &'static str);

fn requests() -> [Asked; 5] {
    let order = json!({ "userId": "kim", "prodNm": "사과", "qty": 1, "price": 5, "address": "서울" });
    [
        ("taxi", "catches", trip("kim"), "paymentAction", "Approved"),
        ("fruit", "orders", order, "payStatus", "결제승인"),
        ("call-taxi", "calls", json!({ "userId": "kim", "userName": "Kim", "distance": 1 }), "payStatus", "paid"),
        ("stay", "reservations", json!({ "roomId": 1, "customer": "kim" }), "status", "approved"),
        ("bookstore", "orders", json!({ "productId": 1, "qty": 1, "customerId": "kim" }), "status", "Paid"),
    ]
}

/// The provider holds, but answers late: for a while there is a hold and no request.
#[test]
fn a_hold_is_read_by_its_id_with_the_approved_word_and_shown_nowhere_else() {
    let nadul = Nadul::new();
    let timeouts = ALL.each_ref().map(|system| format!("{}.payment_timeout_ms={TOO_SHORT}", system.name));
    let settings = timeouts.iter().flat_map(|timeout| ["--set", timeout]);
    let served = nadul.serve(&["--data", "data"].into_iter().chain(settings).collect::<Vec<_>>());
    served.post("/stay/rooms", &json!({ "desc": "sea", "price": 5 })).with(201);
    served.post("/bookstore/books", &json!({ "name": "나들", "price": 5 })).with(201);
    served.rests_in("bookstore");
    std::thread::scope(|all| {
        for request in requests() {
            all.spawn(|| is_held_and_no_more(&served, request));
        }
    });
}

fn is_held_and_no_more(served: &Served<'_>, (system, collection, body, field, word): Asked) {
    let (payments, path) = (format!("/{system}/payments"), format!("/{system}/{collection}"));
    let live = served.live(&payments, None);
    served.pays(system, "late");
    let (hold, customer) = held(served, &path, &body, &payments);
    assert_eq!(hold.json()[field], word, "{hold:?}");
    assert_eq!(served.get(&payments).with(200)["page"]["totalElements"], 0, "{system}: neither listed nor counted");
    let told = customer.join().expect("it ends");
    assert_eq!(told.status, if system == "call-taxi" { 201 } else { 503 }, "{told:?}");
    served.becomes(&format!("{payments}/{}", hold.id()), "nothing", |answer| answer.status == 404);
    served.pays(system, "approve");
    let made = served.post(&path, &body);
    made.with(201);
    let first = live.next();
    assert_eq!(
        (first.event.as_str(), &first.data["id"]),
        ("row", &json!(made.id())),
        "{system}: the first that is taken"
    );
}

/// No event for others, no list, no view, no message.
#[test]
fn what_is_never_taken_is_nowhere() {
    let nadul = Nadul::new();
    let served = set(&nadul, &[&format!("taxi.payment_timeout_ms={TOO_SHORT}")]);
    served.pays("taxi", "late");
    let (hold, customer) = held(&served, "/catches", &trip("kim"), "/payments");
    let id = hold.id();
    is_empty(&served);
    for filter in ["customer=kim".to_string(), format!("matchId={id}")] {
        assert_eq!(served.get(&format!("/payments?{filter}")).rows(), Vec::<Value>::new());
    }
    served.get(&format!("/catches/{id}")).refused(404, "unknown-id");
    customer.join().expect("it ends").refused(503, "unavailable");
    served.becomes(&format!("/payments/{id}"), "nothing", |answer| answer.status == 404);
    is_empty(&served);
    served.rests();
    let log = nadul.log("taxi");
    assert!(log.len() >= 2 && log.iter().all(|event| event["published"] == false), "held and voided, at home: {log:?}");
    served.stop();
    nadul.is_proved();
}

/// In each of the five the paid event comes once for each request, after the request's own.
#[test]
fn in_all_five_the_paid_event_follows_the_request_once() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["--data", "data"]);
    for system in &ALL {
        system.trades(&served, 1);
        let log = nadul.log(system.name);
        let requests = ["CatchRequested", "OrderPlaced", "CallPlaced", "ReservationCreated"];
        let position = |known: &dyn Fn(&Value) -> bool| log.iter().position(known);
        let asked: Vec<&Value> =
            log.iter().filter(|event| requests.iter().any(|name| event["eventType"] == *name)).collect();
        assert!(!asked.is_empty(), "{}", system.name);
        for request in asked {
            let of_it = |event: &Value| event["eventType"] == system.paid && event["key"] == request["key"];
            assert_eq!(log.iter().filter(|event| of_it(event)).count(), 1, "{}: {request}", system.name);
            let asked_at = position(&|event| event["eventId"] == request["eventId"]);
            assert!(asked_at < position(&of_it), "{}: paid before it was asked for", system.name);
        }
    }
}

#[test]
fn a_declined_payment_is_402_and_leaves_nothing() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    served.pays("taxi", "decline");
    for _ in 0..3 {
        served.post("/catches", &trip("kim")).refused(402, "payment-declined");
    }
    served.rests();
    is_empty(&served);
}

#[test]
fn the_call_is_given_610_milliseconds_and_so_is_every_other_hold() {
    let nadul = Nadul::new();
    let said = nadul.run(&["settings", "--json"]);
    let all: Vec<Value> = serde_json::from_str(&said.out).expect("JSON");
    for system in &ALL {
        for name in ["payment_timeout_ms", "hold_timeout_ms"] {
            let one = all.iter().find(|setting| setting["group"] == system.name && setting["name"] == name);
            assert_eq!(one.map(|one| &one["value"]), Some(&json!("610")), "{}.{name}", system.name);
        }
    }
}

/// A slow provider is waited for as long as the setting says.
#[test]
fn how_long_the_call_may_take_is_a_setting() {
    let nadul = Nadul::new();
    for (setting, status) in [("taxi.payment_timeout_ms=50", 503), ("taxi.payment_timeout_ms=4000", 201)] {
        let served = set(&nadul, &[setting]);
        served.pays("taxi", "slow");
        assert_eq!(served.post("/catches", &trip("kim")).status, status, "{setting}");
        served.stop();
    }
}
