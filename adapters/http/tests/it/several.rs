//! Two systems behind one gateway: each under its name, none without.
use crate::house::{TRIP, open, taxi};
use kernel::Settings;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn each_system_is_under_its_name() {
    let fruit = fruit::system(&Settings::defaults(fruit::SETTINGS));
    let house = open(vec![taxi(), fruit], &[]).await;
    assert!(house.serving.contexts.is_empty());
    assert_eq!(house.gateway.post("/catches", TRIP).await.problem(), "unknown-path");
    let placed = house.gateway.post("/taxi/catches", TRIP).await;
    assert_eq!((placed.status, placed.header("location").starts_with("/taxi/catches/")), (201, true), "{placed:?}");
    let order = json!({"userId": "u", "prodNm": "사과", "qty": 2, "price": 3000, "address": "서울"});
    assert_eq!(house.gateway.post("/fruit/orders", &order.to_string()).await.status, 201);
    let down = house.gateway.ask("PUT", "/taxi/sandbox/payment", &[], r#"{"mode":"decline"}"#).await;
    assert_eq!(down.status, 200);
    assert_eq!(house.gateway.post("/taxi/catches", TRIP).await.status, 402);
    assert_eq!(house.gateway.post("/fruit/orders", &order.to_string()).await.status, 201);
    let start = house.gateway.get("/docs/swagger-initializer.js").await.text;
    assert!(start.contains("/taxi/openapi.json") && start.contains("/fruit/openapi.json"), "{start}");
}
