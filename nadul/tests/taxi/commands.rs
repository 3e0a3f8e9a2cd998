//! What a customer may do: hail at a price of their own, and cancel.
use crate::hailing::{cancel, cancelled, hail, matched, taxi, trip};
use process::{Nadul, bare};
use serde_json::json;

#[test]
fn a_catch_is_held_in_the_same_call_and_then_made() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let sent = json!({ "price": "250000", "startingPoint": "Namyoung", "destination": "Seoul", "customer": "Kim",
        "status": "approve" });
    let answer = served.post("/catches", &sent);
    let made = bare(answer.with(201));
    let id = answer.id();
    assert_eq!(
        made,
        json!({ "id": id, "matchId": id, "price": 250000, "startingPoint": "Namyoung", "destination": "Seoul",
            "customer": "Kim", "status": "approve" })
    );
    assert_eq!(answer.header("location"), format!("/catches/{id}"));
    assert_eq!(bare(served.get(&format!("/catches/{id}")).with(200)), made);
    assert_eq!(served.get(&format!("/payments/{id}")).with(200)["paymentAction"], "Approved", "held before the answer");
    let other = json!({ "id": 77, "price": 1, "startingPoint": "a", "destination": "b", "customer": "Kim",
        "status": "Cancel" });
    let made = served.post("/catches", &other).with(201);
    assert_eq!((made["status"].as_str(), made["id"] == 77), (Some("approve"), false), "{made}");
}

#[test]
fn a_price_is_a_whole_number_above_zero_and_no_text_is_empty() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    for price in [json!(0), json!(-1), json!(1.5), json!("1.5"), json!("x"), json!(null), json!(true), json!([1])] {
        let mut sent = trip("kim");
        sent["price"] = price.clone();
        served.post("/catches", &sent).refused(400, "invalid-fields");
    }
    for field in ["startingPoint", "destination", "customer"] {
        for text in [json!(""), json!("  "), json!(null), json!(7)] {
            let mut sent = trip("kim");
            sent[field] = text;
            let refused = served.post("/catches", &sent);
            refused.refused(400, "invalid-fields");
            assert_eq!(refused.json()["errors"][0]["field"], field);
        }
    }
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        served.counts(&format!("/{list}"), 0);
    }
}

#[test]
fn a_customer_may_only_set_the_status_cancel() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = hail(&served, "kim");
    for status in ["approve", "PickupAssigned", "cancel", "Cancelled"] {
        let refused = served.patch(&format!("/catches/{id}"), &json!({ "status": status }));
        refused.refused(409, "status-not-yours");
    }
    served.patch(&format!("/catches/{id}"), &json!({})).refused(400, "invalid-fields");
    served.patch("/catches/999", &json!({ "status": "Cancel" })).refused(404, "unknown-catch");
    assert_eq!(served.get(&format!("/catches/{id}")).with(200)["status"], "approve");
    let row = cancel(&served, id).with(200);
    assert_eq!((row["id"].as_u64(), row["status"].as_str()), (Some(id), Some("Cancel")));
    assert_eq!(cancel(&served, id).with(200), row, "a repeat answers like the first time");
    served.rests();
    assert_eq!(nadul.log("taxi/catch").iter().filter(|event| event["eventType"] == "CatchCancelled").count(), 1);
}

#[test]
fn a_customer_may_cancel_after_a_driver_has_matched() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = matched(&served, "kim", "park");
    cancelled(&served, id);
    assert_eq!(served.get(&format!("/catches/{id}")).with(200)["status"], "Cancel");
    served.get(&format!("/pickUps/{id}")).refused(404, "unknown-id");
}
