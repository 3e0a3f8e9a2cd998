//! The rules of its page that are its own: what follows for the drivers' list, and that a cancel always wins.
use crate::five::{ALL, is_sound};
use crate::taxi::steps::{cancelled, listed, matched, pick, taxi};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

fn row(server: &ServerProcess<'_>, path: &str) -> Value {
    without_links(server.get(path).expect_status(200))
}

#[test]
fn a_request_is_listed_when_it_is_paid_and_leaves_the_list_when_it_is_matched_or_cancelled() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    what_was_held_is_taken_and_then_drivers_see_the_request(&server);
    a_match_takes_the_request_off_the_list(&server);
    a_cancelled_request_is_never_revived(&server);
    what_message_and_mypage_missed_of_a_give_back_is_told_and_shown(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn what_was_held_is_taken_and_then_drivers_see_the_request(server: &ServerProcess) {
    let id = listed(server, "kim");
    let trip = json!({ "price": 15000, "startingPoint": "서울역", "destination": "김포공항" });
    let mut paid = trip.clone();
    for (name, value) in [("id", json!(id)), ("matchId", json!(id)), ("customer", json!("kim"))] {
        paid[name] = value;
    }
    paid["paymentAction"] = "Approved".into();
    assert_eq!(row(server, &format!("/payments/{id}")), paid);
    server.wait_for_count("/payments", 1);
    let mut open = trip;
    open["id"] = id.into();
    assert_eq!(row(server, &format!("/catchReqLists/{id}")), open);
    let types: Vec<Value> = server.nadul.log("taxi/payment").iter().map(|event| event["eventType"].clone()).collect();
    assert_eq!(types, ["MoneyHeld", "PaymentApproved"]);
}

fn a_match_takes_the_request_off_the_list(server: &ServerProcess) {
    let (id, other) = (matched(server, "kim", "park"), listed(server, "lee"));
    assert_eq!(row(server, &format!("/catches/{id}"))["status"], "PickupAssigned");
    server.get(&format!("/catchReqLists/{id}")).expect_problem(404, "unknown-id");
    let open: Vec<Value> = server.rows("catchReqLists").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(open.last(), Some(&json!(other)));
}

fn a_cancelled_request_is_never_revived(server: &ServerProcess) {
    let (open, taken) = (listed(server, "kim"), matched(server, "lee", "park"));
    cancelled(server, open);
    cancelled(server, taken);
    for id in [open, taken] {
        pick(server, id, "choi").expect_problem(409, "not-open");
        server.delete(&format!("/pickUps/{id}")).expect_problem(404, "no-match");
        let approve = server.patch(&format!("/catches/{id}"), &json!({ "status": "approve" }));
        approve.expect_problem(409, "status-not-yours");
        server.get(&format!("/catchReqLists/{id}")).expect_problem(404, "unknown-id");
    }
    let log = server.nadul.log("taxi");
    let of_both = log.iter().filter(|event| [json!(open), json!(taken)].contains(&event["key"]));
    let taken_back = of_both.filter(|event| event["eventType"] == "PickupCancelled");
    assert_eq!(taken_back.count(), 1, "only a match that was is taken back");
}

fn what_message_and_mypage_missed_of_a_give_back_is_told_and_shown(server: &ServerProcess) {
    let id = listed(server, "han");
    server.wait_until_idle();
    ["message", "mypage"].iter().for_each(|context| server.stop_context("taxi", context));
    pick(server, id, "park").expect_status(201);
    assert_eq!(server.delete(&format!("/pickUps/{id}")).status, 204);
    pick(server, id, "choi").expect_status(201);
    ["message", "mypage"].iter().for_each(|context| server.start_context("taxi", context));
    is_sound(server, ALL[0]);
    let page = row(server, &format!("/myPages/{id}"));
    assert_eq!((&page["driver"], &page["status"]), (&json!("choi"), &json!("PickupAssigned")));
    let told = server.get(&format!("/messages?customer=han&matchId={id}")).rows();
    let about =
        told.iter().filter(|message| message["eventType"].as_str().is_some_and(|name| name.starts_with("Pickup")));
    let about: Vec<&Value> = about.map(|message| &message["en"]).collect();
    let back = "park gave your request back. We are looking for another driver.";
    assert_eq!(about, ["park is your driver.", back, "choi is your driver."]);
}

/// Of a cancel and a match at the same instant: whoever got a 201 is told that it is taken back.
#[test]
fn a_driver_who_matched_before_pickup_heard_of_the_cancel_is_told() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    let mut won = vec![];
    for _ in 0..10 {
        let id = listed(&server, "kim");
        let told = server.at_once(2, |client, at| {
            let (method, path, body) = match at {
                0 => ("PATCH", format!("/catches/{id}"), json!({ "status": "Cancel" })),
                _ => ("POST", "/pickUps".to_string(), json!({ "matchId": id, "driver": "park" })),
            };
            client.request(method, &path, &[], &body.to_string()).expect("an answer").status
        });
        assert_eq!(told[0], 200, "a cancel always wins");
        assert!([201, 409].contains(&told[1]), "{told:?}");
        won.extend((told[1] == 201).then_some(json!(id)));
    }
    server.wait_until_idle();
    let log = nadul.log("taxi/pickup");
    let back = log.iter().filter(|event| event["eventType"] == "PickupCancelled" && event["reason"] == "cancelled");
    let back: Vec<Value> = back.map(|event| event["matchId"].clone()).collect();
    assert_eq!(back, won);
    server.wait_for_count("/pickUps", 0);
    server.wait_for_count("/catchReqLists", 0);
}
