//! Paying has two steps: the call holds, the event takes; what is never taken is voided and was never there.
use crate::five::{ALL, ListedSystem, run_scenario, serve};
use crate::promises::taxi::{is_empty, set, trip};
use crate::promises::under_way::{TOO_SHORT, held};
use process::{Nadul, ServerProcess};
use serde_json::{Value, json};

/// The provider holds, but answers late: for a while there is a hold and no request.
#[test]
fn a_hold_is_read_by_its_id_with_the_approved_word_and_shown_nowhere_else() {
    let nadul = Nadul::new();
    let timeouts = ALL.each_ref().map(|system| format!("{}.payment_timeout_ms={TOO_SHORT}", system.name));
    let server = serve(&nadul, &ALL, &timeouts.each_ref().map(String::as_str));
    ALL.iter().for_each(|system| (system.prepare)(&server));
    run_scenario(&server, &ALL, is_held_and_no_more);
}

fn is_held_and_no_more(server: &ServerProcess, system: &ListedSystem) {
    let (payments, place) = (system.path("payments"), system.place_command(server, "kim"));
    let live = server.stream(&payments, None);
    server.set_payment_mode(system.name, "late");
    let (hold, customer) = held(server, &place.path, &place.body, &payments);
    assert_eq!(hold.json()[system.payment_status.field], system.payment_status.approved, "{hold:?}");
    let listed = server.get(&payments).expect_status(200)["page"]["totalElements"].clone();
    assert_eq!(listed, 0, "neither listed nor counted");
    let told = customer.join().expect("it ends");
    assert_eq!(told.status, if system.unpaid.is_some() { 201 } else { 503 }, "{told:?}");
    server.wait_until(&format!("{payments}/{}", hold.id()), "nothing", |answer| answer.status == 404);
    server.set_payment_mode(system.name, "approve");
    let made = place.send(&server.client()).created_id();
    let first = live.next();
    assert_eq!((first.event.as_str(), &first.data["id"]), ("row", &json!(made)), "the first that is taken");
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
