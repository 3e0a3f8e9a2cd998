//! Whenever one thing happens, the next one follows: the lines of the table, one after the other.
use crate::taxi::steps::{cancel, cancelled, hail, listed, matched, pick, taxi};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

fn row(server: &ServerProcess<'_>, path: &str) -> Value {
    without_links(server.get(path).expect_status(200))
}

#[test]
fn each_line_of_the_table_follows() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    what_was_held_is_taken_and_then_drivers_see_the_request(&server);
    a_match_reaches_the_catch_and_takes_the_request_off_the_list(&server);
    a_cancel_refunds_the_payment_and_removes_list_row_or_match(&server);
    the_customer_hears_of_the_match_its_return_the_cancel_and_the_refund(&server);
    a_cancel_at_any_moment_ends_cancelled_on_all_sides(&server);
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

fn a_match_reaches_the_catch_and_takes_the_request_off_the_list(server: &ServerProcess) {
    let (id, other) = (matched(server, "kim", "park"), listed(server, "lee"));
    assert_eq!(row(server, &format!("/catches/{id}"))["status"], "PickupAssigned");
    server.get(&format!("/catchReqLists/{id}")).expect_problem(404, "unknown-id");
    let open: Vec<Value> = server.rows("catchReqLists").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(open.last(), Some(&json!(other)));
}

fn a_cancel_refunds_the_payment_and_removes_list_row_or_match(server: &ServerProcess) {
    let (open, taken) = (listed(server, "kim"), matched(server, "lee", "park"));
    cancelled(server, open);
    cancelled(server, taken);
    for id in [open, taken] {
        assert_eq!(row(server, &format!("/payments/{id}"))["paymentAction"], "Cancel");
        server.get(&format!("/catchReqLists/{id}")).expect_problem(404, "unknown-id");
        server.get(&format!("/pickUps/{id}")).expect_problem(404, "unknown-id");
    }
    let log = server.nadul.log("taxi");
    let many = |name: &str| {
        log.iter()
            .filter(|event| event["eventType"] == name && [json!(open), json!(taken)].contains(&event["key"]))
            .count()
    };
    assert_eq!((many("PaymentCancelled"), many("PickupCancelled")), (2, 1), "only a match that was is taken back");
}

fn the_customer_hears_of_the_match_its_return_the_cancel_and_the_refund(server: &ServerProcess) {
    let id = matched(server, "park j", "park");
    server.delete(&format!("/pickUps/{id}"));
    server.wait_for_text(&format!("/catches/{id}"), "approve");
    cancelled(server, id);
    hail(server, "choi");
    let heard = server.wait_for_count("/messages?customer=park%20j", 4).rows();
    let about: Vec<&Value> = heard.iter().map(|message| &message["eventType"]).collect();
    assert_eq!(about, ["PickupAssigned", "PickupCancelled", "CatchCancelled", "PaymentCancelled"]);
    assert!(heard.iter().all(|message| message["matchId"] == id && message["customer"] == "park j"), "{heard:?}");
    assert_eq!(heard[0]["en"], "park is your driver.");
    assert_eq!(heard[3]["ko"], "15000원이 환불되었습니다.");
    server.wait_until_idle();
    server.wait_for_count("/messages?customer=choi", 0);
}

fn a_cancel_at_any_moment_ends_cancelled_on_all_sides(server: &ServerProcess) {
    let early = hail(server, "kim");
    cancel(server, early).expect_status(200);
    server.stop_context("taxi", "pickup");
    let unheard = hail(server, "kim");
    cancel(server, unheard).expect_status(200);
    server.start_context("taxi", "pickup");
    server.wait_until_idle();
    for id in [early, unheard] {
        assert_eq!(row(server, &format!("/catches/{id}"))["status"], "Cancel");
        assert_eq!(row(server, &format!("/payments/{id}"))["paymentAction"], "Cancel");
        assert_eq!(row(server, &format!("/myPages/{id}"))["status"], "CatchCancelled");
        pick(server, id, "park").expect_problem(409, "not-open");
        server.get(&format!("/catchReqLists/{id}")).expect_problem(404, "unknown-id");
    }
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
