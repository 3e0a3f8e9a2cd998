//! A request is placed: 201, the row, where it is, its version; then read, listed and followed.
use crate::test_server::{TRIP, taxi_alone};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_request_is_created_and_read() {
    let server = taxi_alone().await;
    let placed = server.gateway.post("/catches", TRIP).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    assert_eq!(placed.header("content-type"), "application/hal+json");
    let row = placed.json();
    let id = row["id"].as_u64().expect("an id");
    assert_eq!(placed.header("location"), format!("/catches/{id}"));
    assert_eq!((&row["price"], &row["status"], &row["customer"]), (&json!(25000), &json!("approve"), &json!("Kim")));
    assert_eq!(row["matchId"], id);
    assert_eq!(
        row["_links"],
        json!({"self": {"href": format!("/catches/{id}")}, "catch": {"href": format!("/catches/{id}")}})
    );
    let read = server.gateway.get(&format!("/catches/{id}")).await;
    assert_eq!((read.status, read.json()), (200, row));
    assert_eq!(read.header("etag"), placed.header("etag"));
}

#[tokio::test(flavor = "multi_thread")]
async fn both_spellings_and_the_contexts_own_port_answer() {
    let server = taxi_alone().await;
    let placed = server.own("catch").post("/catches", TRIP).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    let path = placed.header("location");
    for client in [server.gateway, server.own("catch")] {
        assert_eq!(client.get(path).await.status, 200);
    }
    let named = server.gateway.get(&format!("/taxi{path}")).await;
    assert_eq!(named.json()["_links"]["self"]["href"], format!("/taxi{path}"));
    assert_eq!(server.own("pickup").get(path).await.problem(), "unknown-path");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_shows_on_the_customers_page() {
    let server = taxi_alone().await;
    let id = server.listed().await;
    let picked = server.gateway.post("/pickUps", &json!({"matchId": id, "driver": "Lee"}).to_string()).await;
    assert_eq!((picked.status, picked.json()["driver"].clone()), (201, json!("Lee")), "{picked:?}");
    let page = server
        .gateway
        .wait_for(&format!("/myPages/{id}"), |response| response.text.contains("PickupAssigned\",\"pay"))
        .await;
    let page = page.json();
    let history: Vec<&str> =
        page["history"].as_array().expect("some").iter().filter_map(|entry| entry["eventType"].as_str()).collect();
    assert_eq!(history, ["CatchRequested", "PaymentApproved", "PickupAssigned"]);
    assert!(page["history"][0]["eventId"].is_string() && page["history"][0]["timestamp"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_correlation_id_is_taken_or_given() {
    let server = taxi_alone().await;
    let response = server.gateway.request("GET", "/catches", &[("x-correlation-id", "mine-1")], "").await;
    assert_eq!(response.header("x-correlation-id"), "mine-1");
    assert_eq!(server.gateway.get("/nowhere").await.header("x-correlation-id").len(), 32);
}
