//! My page: one row a request, with every word of its life.
use crate::hailing::{cancelled, hail, matched, pick, taxi};
use process::{Nadul, bare};
use serde_json::{Value, json};

#[test]
fn my_page_shows_the_request_from_payment_to_refund() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = hail(&served, "kim");
    let path = format!("/myPages/{id}");
    let words = |driver: Value, status: &str, payment: &str| {
        let row = bare(served.shows(&path, &format!("\"status\":\"{status}\"")).json());
        let mut expected = json!({ "id": id, "matchId": id, "customer": "kim", "price": 15000, "startingPoint": "서울역",
            "destination": "김포공항", "driver": driver, "status": status, "paymentStatus": payment });
        expected["history"] = row["history"].clone();
        assert_eq!(row, expected);
    };
    words(Value::Null, "PaymentApproved", "PaymentApproved");
    served.shows(&format!("/catchReqLists/{id}"), "\"id\"");
    pick(&served, id, "park").with(201);
    words("park".into(), "PickupAssigned", "PaymentApproved");
    served.delete(&format!("/pickUps/{id}"));
    words(Value::Null, "PaymentApproved", "PaymentApproved");
    cancelled(&served, id);
    words(Value::Null, "CatchCancelled", "PaymentCancelled");
    let row = served.get(&path).json();
    let history: Vec<&Value> =
        row["history"].as_array().expect("a history").iter().map(|entry| &entry["eventType"]).collect();
    let life = ["CatchRequested", "PaymentApproved", "PickupAssigned", "PickupCancelled", "CatchCancelled"];
    assert_eq!(history, [&life[..], &["PaymentCancelled"]].concat());
    served.counts("/myPages", 1);
}

#[test]
fn the_driver_is_nobody_again_after_a_cancel() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = matched(&served, "kim", "park");
    assert_eq!(served.get(&format!("/myPages/{id}")).json()["driver"], "park");
    cancelled(&served, id);
    let row = served.get(&format!("/myPages/{id}")).json();
    assert_eq!((&row["driver"], row["status"].as_str()), (&Value::Null, Some("CatchCancelled")), "{row}");
}

#[test]
fn a_declined_request_has_no_row() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    served.pays("taxi", "decline");
    served.post("/catches", &crate::hailing::trip("kim")).refused(402, "payment-declined");
    served.pays("taxi", "approve");
    let id = hail(&served, "lee");
    served.shows(&format!("/myPages/{id}"), "lee");
    served.rests();
    for list in ["myPages", "catches", "catchReqLists", "payments"] {
        let rows = served.rows(list);
        assert_eq!(rows.len(), 1, "{list}: {rows:?}");
    }
}
