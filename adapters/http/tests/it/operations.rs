//! Health, metrics, the sandbox and what an operator sees.
use crate::test_server::{TRIP, taxi_alone};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn health_and_metrics() {
    let server = taxi_alone().await;
    server.listed().await;
    assert_eq!(server.gateway.get("/health/live").await.status, 200);
    assert_eq!(server.gateway.get("/health/ready").await.status, 200);
    let metrics = server.gateway.get("/metrics").await.text;
    for line in [
        "nadul_http_requests_total{system=\"taxi\",method=\"POST\",route=\"/catches\",status=\"201\"}",
        "nadul_http_request_seconds_bucket{system=\"taxi\",method=\"POST\",route=\"/catches\",le=",
        "nadul_lag_events{system=\"taxi\",context=\"payment\",consumer=\"policies\",source=\"catch\"} ",
        "nadul_commits_total{system=\"taxi\",context=\"catch\"} ",
        "nadul_breaker{system=\"taxi\",context=\"catch\",to=\"payment\",state=\"closed\"} 1",
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
    server.systems[0].stop_taking();
    assert_eq!(server.gateway.get("/health/ready").await.status, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_context_that_is_stopped_is_503_and_comes_back() {
    let server = taxi_alone().await;
    let id = server.listed().await;
    let stopped = server.gateway.request("PUT", "/sandbox/contexts/payment", &[], r#"{"running":false}"#).await;
    assert_eq!((stopped.status, stopped.json()), (200, json!({"context": "payment", "running": false})));
    let read = server.gateway.get("/payments").await;
    assert_eq!((read.status, read.problem().as_str(), read.header("retry-after")), (503, "unavailable", "1"));
    let placed = server.gateway.post("/catches", TRIP).await;
    assert_eq!((placed.status, placed.header("retry-after").is_empty()), (503, false), "{placed:?}");
    assert_eq!(server.gateway.get(&format!("/myPages/{id}")).await.status, 200);
    server.gateway.request("PUT", "/taxi/sandbox/contexts/payment", &[], r#"{"running":"true"}"#).await;
    assert_eq!(server.gateway.get("/payments").await.json()["page"]["totalElements"], 1);
    assert_eq!(server.gateway.request("PUT", "/sandbox/contexts/nobody", &[], r#"{"running":true}"#).await.status, 404);
    assert_eq!(server.gateway.request("PUT", "/sandbox/payment", &[], r#"{"mode":"maybe"}"#).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sees_what_is_set_aside() {
    let server = taxi_alone().await;
    let pulses = server.gateway.get("/operator/contexts").await.json();
    assert_eq!((&pulses["ready"], pulses["contexts"].as_array().map(Vec::len)), (&json!(true), Some(5)));
    assert_eq!(server.gateway.get("/operator/contexts/pickup/parked").await.json(), json!({"parked": []}));
    let replay = server.gateway.post("/operator/contexts/pickup/parked/7/replay", "").await;
    assert!([200, 409].contains(&replay.status), "{replay:?}");
    let skip = server.gateway.post("/operator/contexts/pickup/parked/7/skip", "{}").await;
    assert_eq!(skip.problem(), "invalid-fields");
}
