//! Customers who hail, drivers who pick, and what both then see.
use process::{HttpAnswer, Nadul, ServerProcess};
use serde_json::{Value, json};

pub fn taxi(nadul: &Nadul) -> ServerProcess<'_> {
    nadul.serve(&["taxi", "--data", "data"])
}

pub fn trip(customer: &str) -> Value {
    json!({ "price": 15000, "startingPoint": "서울역", "destination": "김포공항", "customer": customer })
}

/// Held and requested; its id.
#[track_caller]
pub fn hail(server: &ServerProcess<'_>, customer: &str) -> u64 {
    let answer = server.post("/catches", &trip(customer));
    answer.expect_status(201);
    answer.id()
}

/// Paid, and on the drivers' list.
#[track_caller]
pub fn listed(server: &ServerProcess<'_>, customer: &str) -> u64 {
    let id = hail(server, customer);
    server.wait_for_text(&format!("/catchReqLists/{id}"), "\"id\"");
    id
}

/// Picked by this driver, and the customer's page says so.
#[track_caller]
pub fn matched(server: &ServerProcess<'_>, customer: &str, driver: &str) -> u64 {
    let id = listed(server, customer);
    pick(server, id, driver).expect_status(201);
    server.wait_for_text(&format!("/catches/{id}"), "PickupAssigned");
    server.wait_for_text(&format!("/myPages/{id}"), "\"status\":\"PickupAssigned\"");
    id
}

pub fn pick(server: &ServerProcess<'_>, id: u64, driver: &str) -> HttpAnswer {
    server.post("/pickUps", &json!({ "matchId": id, "driver": driver }))
}

pub fn cancel(server: &ServerProcess<'_>, id: u64) -> HttpAnswer {
    server.patch(&format!("/catches/{id}"), &json!({ "status": "Cancel" }))
}

/// Cancelled, and everybody has heard of it.
#[track_caller]
pub fn cancelled(server: &ServerProcess<'_>, id: u64) {
    cancel(server, id).expect_status(200);
    server.wait_for_text(&format!("/myPages/{id}"), "PaymentCancelled");
    server.wait_until_idle();
}
