//! taxi, on which everything is tried that is the same in all five.
use process::{Answer, Nadul, Served};
use serde_json::{Value, json};

pub fn taxi(nadul: &Nadul) -> Served<'_> {
    nadul.serve(&["taxi", "--data", "data"])
}

/// With settings of its own, each as on the command line.
pub fn set<'a>(nadul: &'a Nadul, settings: &[&str]) -> Served<'a> {
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
pub fn hail(served: &Served<'_>, customer: &str) -> u64 {
    let answer = served.post("/catches", &trip(customer));
    answer.with(201);
    answer.id()
}

#[track_caller]
pub fn listed(served: &Served<'_>, customer: &str) -> u64 {
    let id = hail(served, customer);
    served.shows(&format!("/catchReqLists/{id}"), "\"id\"");
    id
}

pub fn pick(served: &Served<'_>, id: u64) -> Answer {
    served.post("/pickUps", &json!({ "matchId": id, "driver": "park" }))
}

pub fn cancel(served: &Served<'_>, id: u64) -> Answer {
    served.patch(&format!("/catches/{id}"), &json!({ "status": "Cancel" }))
}

/// Nothing was asked for, nothing was paid, nothing is shown.
#[track_caller]
pub fn is_empty(served: &Served<'_>) {
    for list in ["catches", "payments", "catchReqLists", "pickUps", "myPages", "messages?customer=kim"] {
        assert_eq!(served.get(&format!("/{list}")).with(200)["page"]["totalElements"], 0, "{list}");
    }
}
