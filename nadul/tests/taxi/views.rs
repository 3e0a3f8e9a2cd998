//! My page: one row a request, with every word of its life.
use crate::taxi::steps::{cancelled, hail, pick, taxi};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

#[test]
fn my_page_shows_each_step() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    my_page_shows_the_request_from_payment_to_refund(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn my_page_shows_the_request_from_payment_to_refund(server: &ServerProcess) {
    let id = hail(server, "kim");
    let path = format!("/myPages/{id}");
    let words = |driver: Value, status: &str, payment: &str| {
        let row = without_links(server.wait_for_text(&path, &format!("\"status\":\"{status}\"")).json());
        let mut expected = json!({ "id": id, "matchId": id, "customer": "kim", "price": 15000, "startingPoint": "서울역",
            "destination": "김포공항", "driver": driver, "status": status, "paymentStatus": payment });
        expected["history"] = row["history"].clone();
        assert_eq!(row, expected);
    };
    words(Value::Null, "PaymentApproved", "PaymentApproved");
    server.wait_for_text(&format!("/catchReqLists/{id}"), "\"id\"");
    pick(server, id, "park").expect_status(201);
    words("park".into(), "PickupAssigned", "PaymentApproved");
    server.delete(&format!("/pickUps/{id}"));
    words(Value::Null, "PaymentApproved", "PaymentApproved");
    cancelled(server, id);
    words(Value::Null, "CatchCancelled", "PaymentCancelled");
    let row = server.get(&path).json();
    let history: Vec<&Value> =
        row["history"].as_array().expect("a history").iter().map(|entry| &entry["eventType"]).collect();
    let life = ["CatchRequested", "PaymentApproved", "PickupAssigned", "PickupCancelled", "CatchCancelled"];
    assert_eq!(history, [&life[..], &["PaymentCancelled"]].concat());
    server.wait_for_count("/myPages", 1);
}
