//! Customers who hail, drivers who pick, and what both then see.
use process::{Answer, Nadul, Served};
use serde_json::{Value, json};

pub fn taxi(nadul: &Nadul) -> Served<'_> {
    nadul.serve(&["taxi", "--data", "data"])
}

pub fn trip(customer: &str) -> Value {
    json!({ "price": 15000, "startingPoint": "서울역", "destination": "김포공항", "customer": customer })
}

/// Held and requested; its id.
#[track_caller]
pub fn hail(served: &Served<'_>, customer: &str) -> u64 {
    let answer = served.post("/catches", &trip(customer));
    answer.with(201);
    answer.id()
}

/// Paid, and on the drivers' list.
#[track_caller]
pub fn listed(served: &Served<'_>, customer: &str) -> u64 {
    let id = hail(served, customer);
    served.shows(&format!("/catchReqLists/{id}"), "\"id\"");
    id
}

/// Picked by this driver, and the customer's page says so.
#[track_caller]
pub fn matched(served: &Served<'_>, customer: &str, driver: &str) -> u64 {
    let id = listed(served, customer);
    pick(served, id, driver).with(201);
    served.shows(&format!("/catches/{id}"), "PickupAssigned");
    served.shows(&format!("/myPages/{id}"), "\"status\":\"PickupAssigned\"");
    id
}

pub fn pick(served: &Served<'_>, id: u64, driver: &str) -> Answer {
    served.post("/pickUps", &json!({ "matchId": id, "driver": driver }))
}

pub fn cancel(served: &Served<'_>, id: u64) -> Answer {
    served.patch(&format!("/catches/{id}"), &json!({ "status": "Cancel" }))
}

/// Cancelled, and everybody has heard of it.
#[track_caller]
pub fn cancelled(served: &Served<'_>, id: u64) {
    cancel(served, id).with(200);
    served.shows(&format!("/myPages/{id}"), "PaymentCancelled");
    served.rests();
}
