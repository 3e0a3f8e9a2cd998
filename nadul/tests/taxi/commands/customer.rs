//! What a customer may do: hail at a price of their own, and cancel.
use crate::taxi::steps::{cancel, cancelled, hail, matched, taxi, trip};
use process::{Nadul, ServerProcess, without_links};
use serde_json::json;

#[test]
fn each_command_has_its_good_and_its_refused_answers() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    a_price_is_a_whole_number_above_zero_and_no_text_is_empty(&server);
    a_catch_is_held_in_the_same_call_and_then_made(&server);
    a_customer_may_only_set_the_status_cancel(&server);
    a_customer_may_cancel_after_a_driver_has_matched(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn a_price_is_a_whole_number_above_zero_and_no_text_is_empty(server: &ServerProcess) {
    for price in [json!(0), json!(-1), json!(1.5), json!("1.5"), json!("x"), json!(null), json!(true), json!([1])] {
        let mut sent = trip("kim");
        sent["price"] = price.clone();
        server.post("/catches", &sent).expect_problem(400, "invalid-fields");
    }
    for field in ["startingPoint", "destination", "customer"] {
        for text in [json!(""), json!("  "), json!(null), json!(7.5)] {
            let mut sent = trip("kim");
            sent[field] = text;
            let refused = server.post("/catches", &sent);
            refused.expect_problem(400, "invalid-fields");
            assert_eq!(refused.json()["errors"][0]["field"], field);
        }
    }
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        server.wait_for_count(&format!("/{list}"), 0);
    }
}

fn a_catch_is_held_in_the_same_call_and_then_made(server: &ServerProcess) {
    let sent = json!({ "price": "250000", "startingPoint": "Namyoung", "destination": "Seoul", "customer": "Kim",
        "status": "approve" });
    let answer = server.post("/catches", &sent);
    let made = without_links(answer.expect_status(201));
    let id = answer.id();
    assert_eq!(
        made,
        json!({ "id": id, "matchId": id, "price": 250000, "startingPoint": "Namyoung", "destination": "Seoul",
            "customer": "Kim", "status": "approve" })
    );
    assert_eq!(answer.header("location"), format!("/catches/{id}"));
    assert_eq!(without_links(server.get(&format!("/catches/{id}")).expect_status(200)), made);
    assert_eq!(
        server.get(&format!("/payments/{id}")).expect_status(200)["paymentAction"],
        "Approved",
        "held before the answer"
    );
    let other = json!({ "id": 77, "price": 1, "startingPoint": "a", "destination": "b", "customer": "Kim",
        "status": "Cancel" });
    let made = server.post("/catches", &other).expect_status(201);
    assert_eq!((made["status"].as_str(), made["id"] == 77), (Some("approve"), false), "{made}");
}

fn a_customer_may_only_set_the_status_cancel(server: &ServerProcess) {
    let id = hail(server, "kim");
    for status in ["approve", "PickupAssigned", "cancel", "Cancelled"] {
        let refused = server.patch(&format!("/catches/{id}"), &json!({ "status": status }));
        refused.expect_problem(409, "status-not-yours");
    }
    server.patch(&format!("/catches/{id}"), &json!({})).expect_problem(400, "invalid-fields");
    server.patch("/catches/999", &json!({ "status": "Cancel" })).expect_problem(404, "unknown-catch");
    assert_eq!(server.get(&format!("/catches/{id}")).expect_status(200)["status"], "approve");
    let row = cancel(server, id).expect_status(200);
    assert_eq!((row["id"].as_u64(), row["status"].as_str()), (Some(id), Some("Cancel")));
    assert_eq!(cancel(server, id).expect_status(200), row, "a repeat answers like the first time");
    server.wait_until_idle();
    assert_eq!(server.nadul.log("taxi/catch").iter().filter(|event| event["eventType"] == "CatchCancelled").count(), 1);
}

fn a_customer_may_cancel_after_a_driver_has_matched(server: &ServerProcess) {
    let id = matched(server, "kim", "park");
    cancelled(server, id);
    assert_eq!(server.get(&format!("/catches/{id}")).expect_status(200)["status"], "Cancel");
    server.get(&format!("/pickUps/{id}")).expect_problem(404, "unknown-id");
}
