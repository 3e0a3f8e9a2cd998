//! Paying has two steps: the call holds, the event takes; what is never taken is voided and was never there.
use crate::five::ALL;
use crate::promises::taxi::{is_empty, set, trip};
use crate::promises::under_way::{TOO_SHORT, held};
use process::{Nadul, ServerProcess};
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
    let server = nadul.serve(&["--data", "data"].into_iter().chain(settings).collect::<Vec<_>>());
    server.post("/stay/rooms", &json!({ "desc": "sea", "price": 5 })).expect_status(201);
    server.post("/bookstore/books", &json!({ "name": "나들", "price": 5 })).expect_status(201);
    server.wait_until_idle_in("bookstore");
    std::thread::scope(|all| {
        for request in requests() {
            all.spawn(|| is_held_and_no_more(&server, request));
        }
    });
}

fn is_held_and_no_more(server: &ServerProcess<'_>, (system, collection, body, field, word): Asked) {
    let (payments, path) = (format!("/{system}/payments"), format!("/{system}/{collection}"));
    let live = server.stream(&payments, None);
    server.set_payment_mode(system, "late");
    let (hold, customer) = held(server, &path, &body, &payments);
    assert_eq!(hold.json()[field], word, "{hold:?}");
    assert_eq!(
        server.get(&payments).expect_status(200)["page"]["totalElements"],
        0,
        "{system}: neither listed nor counted"
    );
    let told = customer.join().expect("it ends");
    assert_eq!(told.status, if system == "call-taxi" { 201 } else { 503 }, "{told:?}");
    server.wait_until(&format!("{payments}/{}", hold.id()), "nothing", |answer| answer.status == 404);
    server.set_payment_mode(system, "approve");
    let made = server.post(&path, &body);
    made.expect_status(201);
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
    let server = set(&nadul, &[&format!("taxi.payment_timeout_ms={TOO_SHORT}")]);
    server.set_payment_mode("taxi", "late");
    let (hold, customer) = held(&server, "/catches", &trip("kim"), "/payments");
    let id = hold.id();
    is_empty(&server);
    for filter in ["customer=kim".to_string(), format!("matchId={id}")] {
        assert_eq!(server.get(&format!("/payments?{filter}")).rows(), Vec::<Value>::new());
    }
    server.get(&format!("/catches/{id}")).expect_problem(404, "unknown-id");
    customer.join().expect("it ends").expect_problem(503, "unavailable");
    server.wait_until(&format!("/payments/{id}"), "nothing", |answer| answer.status == 404);
    is_empty(&server);
    server.wait_until_idle();
    let log = nadul.log("taxi");
    assert!(log.len() >= 2 && log.iter().all(|event| event["published"] == false), "held and voided, at home: {log:?}");
    server.stop();
    nadul.check_data();
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
