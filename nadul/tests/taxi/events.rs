//! What taxi says on its topic: each event with its frame and exactly the fields of its line.
use crate::taxi::steps::{cancelled, matched, pick, taxi};
use process::Nadul;
use serde_json::{Value, json};

const FRAME: [&str; 8] =
    ["eventId", "eventType", "timestamp", "correlationId", "source", "position", "key", "published"];

/// The fields of an event, without its frame.
fn fields(event: &Value) -> Value {
    let mut event = event.clone();
    FRAME.iter().for_each(|name| {
        let framed = event.as_object_mut().and_then(|event| event.remove(*name));
        assert!(framed.is_some(), "{name} is missing in {event}");
    });
    event
}

#[test]
fn each_event_carries_its_fields_and_no_other() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    let id = matched(&server, "kim", "park");
    server.delete(&format!("/pickUps/{id}"));
    server.wait_for_text(&format!("/catchReqLists/{id}"), "\"id\"");
    pick(&server, id, "choi").expect_status(201);
    cancelled(&server, id);
    let (from, to) = ("서울역", "김포공항");
    let expected = [
        (
            "catch",
            "CatchRequested",
            json!({ "id": id, "price": 15000, "startingPoint": from, "destination": to, "customer": "kim" }),
        ),
        (
            "payment",
            "PaymentApproved",
            json!({ "matchId": id, "price": 15000, "customer": "kim", "startingPoint": from, "destination": to }),
        ),
        ("pickup", "PickupAssigned", json!({ "matchId": id, "driver": "park", "customer": "kim" })),
        (
            "pickup",
            "PickupCancelled",
            json!({ "matchId": id, "driver": "park", "customer": "kim", "reason": "driver" }),
        ),
        ("pickup", "PickupAssigned", json!({ "matchId": id, "driver": "choi", "customer": "kim" })),
        ("catch", "CatchCancelled", json!({ "id": id, "customer": "kim" })),
        ("payment", "PaymentCancelled", json!({ "matchId": id, "price": 15000, "customer": "kim" })),
        (
            "pickup",
            "PickupCancelled",
            json!({ "matchId": id, "driver": "choi", "customer": "kim", "reason": "cancelled" }),
        ),
    ];
    let mut said: Vec<Value> = nadul.log("taxi").into_iter().filter(|event| event["published"] == true).collect();
    let tail = said.len() - 2; // refund and match hear of the cancel side by side
    said[tail..].sort_by_key(|event| event["eventType"].to_string());
    let told: Vec<(&str, &str, Value)> = said
        .iter()
        .map(|event| (event["source"].as_str().unwrap_or(""), event["eventType"].as_str().unwrap_or(""), fields(event)))
        .collect();
    assert_eq!(told, expected);
    assert!(said.iter().all(|event| event["key"] == id), "the key is the correlation key");
}
