//! Two systems behind one gateway: each under its name, none without.
use crate::test_server::{TRIP, open, taxi};
use kernel::Settings;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn each_system_is_under_its_name() {
    let fruit = fruit::system(&Settings::defaults(fruit::SETTINGS));
    let server = open(vec![taxi(), fruit], &[]).await;
    assert!(server.serving.contexts.is_empty());
    assert_eq!(server.gateway.post("/catches", TRIP).await.problem(), "unknown-path");
    let placed = server.gateway.post("/taxi/catches", TRIP).await;
    assert_eq!((placed.status, placed.header("location").starts_with("/taxi/catches/")), (201, true), "{placed:?}");
    let order = json!({"userId": "u", "prodNm": "사과", "qty": 2, "price": 3000, "address": "서울"});
    assert_eq!(server.gateway.post("/fruit/orders", &order.to_string()).await.status, 201);
    let down = server.gateway.request("PUT", "/taxi/sandbox/payment", &[], r#"{"mode":"decline"}"#).await;
    assert_eq!(down.status, 200);
    assert_eq!(server.gateway.post("/taxi/catches", TRIP).await.status, 402);
    assert_eq!(server.gateway.post("/fruit/orders", &order.to_string()).await.status, 201);
    let start = server.gateway.get("/docs/swagger-initializer.js").await.text;
    assert!(start.contains("/taxi/openapi.json") && start.contains("/fruit/openapi.json"), "{start}");
}
