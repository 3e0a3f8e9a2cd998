//! taxi, on which everything is tried that is the same in all five.
use process::{HttpAnswer, Nadul, ServerProcess};
use serde_json::{Value, json};

pub fn taxi(nadul: &Nadul) -> ServerProcess<'_> {
    nadul.serve(&["taxi", "--data", "data"])
}

/// With settings of its own, each as on the command line.
pub fn set<'a>(nadul: &'a Nadul, settings: &[&str]) -> ServerProcess<'a> {
    let given = settings.iter().flat_map(|setting| ["--set", setting]);
    nadul.serve(&["taxi", "--data", "data"].into_iter().chain(given).collect::<Vec<_>>())
}

pub fn trip(customer: &str) -> Value {
    json!({ "price": 9000, "startingPoint": "a", "destination": "b", "customer": customer })
}

/// A trip with one field as it is given.
pub fn trip_with(field: &str, value: impl Into<Value>) -> Value {
    let mut trip = trip("kim");
    trip[field] = value.into();
    trip
}

#[track_caller]
pub fn hail(server: &ServerProcess<'_>, customer: &str) -> u64 {
    let answer = server.post("/catches", &trip(customer));
    answer.expect_status(201);
    answer.id()
}

#[track_caller]
pub fn listed(server: &ServerProcess<'_>, customer: &str) -> u64 {
    let id = hail(server, customer);
    server.wait_for_text(&format!("/catchReqLists/{id}"), "\"id\"");
    id
}

pub fn pick(server: &ServerProcess<'_>, id: u64) -> HttpAnswer {
    server.post("/pickUps", &json!({ "matchId": id, "driver": "park" }))
}

pub fn cancel(server: &ServerProcess<'_>, id: u64) -> HttpAnswer {
    server.patch(&format!("/catches/{id}"), &json!({ "status": "Cancel" }))
}

/// Nothing was asked for, nothing was paid, nothing is shown.
#[track_caller]
pub fn is_empty(server: &ServerProcess<'_>) {
    for list in ["catches", "payments", "catchReqLists", "pickUps", "myPages", "messages?customer=kim"] {
        assert_eq!(server.get(&format!("/{list}")).expect_status(200)["page"]["totalElements"], 0, "{list}");
    }
}
