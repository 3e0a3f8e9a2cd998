//! Health, metrics, the sandbox and what an operator sees.
use crate::client::TextResponse;
use crate::live::Stream;
use crate::test_server::{TRIP, open, taxi, taxi_alone};
use serde_json::{Value, json};

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

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_reads_what_happened_to_a_request_and_the_states_it_went_through() {
    let server = taxi_alone().await;
    let id = server.listed().await;
    server.gateway.request("PATCH", &format!("/catches/{id}"), &[], r#"{"status":"Cancel"}"#).await;
    server.gateway.wait_for(&format!("/payments/{id}"), |payment| payment.text.contains("\"Cancel\"")).await;
    server.listed().await;
    let page = server.gateway.get(&format!("/operator/contexts/payment/events?key={id}")).await.json();
    let entries = page["events"].as_array().expect("events");
    let types: Vec<_> = entries.iter().map(|entry| entry["event"]["eventType"].as_str().unwrap_or_default()).collect();
    assert_eq!(
        types,
        ["MoneyHeld", "PaymentApproved", "PaymentCancelled"],
        "private ones too, and of this request alone"
    );
    assert!(entries.iter().all(|entry| entry["kind"] == "payment" && entry["id"] == id && entry["state"].is_object()));
    assert_ne!(entries[1]["state"], entries[2]["state"]);
    assert_eq!((&page["context"], &page["next"]), (&json!("payment"), &json!(null)));
    let behind = entries[1]["event"]["position"].as_u64().expect("a position");
    let rest = server.gateway.get(&format!("/operator/contexts/payment/events?after={behind}")).await.json();
    assert_eq!(rest["events"][0]["event"]["eventType"], "PaymentCancelled");
    assert_eq!(rest["events"][0]["state"], json!(null), "what came before is not told");
    for refused in ["?key=x", "?after=-1", "?page=1", "?key=9007199254740992"] {
        let answer = server.gateway.get(&format!("/operator/contexts/payment/events{refused}")).await;
        assert_eq!(answer.problem(), "invalid-query", "{refused}");
    }
    assert_eq!(server.gateway.get("/operator/contexts/nobody/events").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_follows_what_happens_from_now_on_or_from_where_it_was_left() {
    let server = taxi_alone().await;
    server.listed().await;
    let path = "/operator/contexts/catch/events";
    let mut stream = Stream::open(&server, path, None).await;
    while stream.part().await.is_some_and(|part| !part.ends_with(": current")) {}
    let id = server.listed().await;
    let placed = stream.event().await;
    assert_eq!((&placed.data["eventType"], &placed.data["id"]), (&json!("CatchRequested"), &json!(id)));
    server.gateway.request("PATCH", &format!("/catches/{id}"), &[], r#"{"status":"Cancel"}"#).await;
    let mut again = Stream::open(&server, path, Some(&placed.id)).await;
    for stream in [&mut stream, &mut again] {
        assert_eq!(stream.event().await.data["eventType"], "CatchCancelled");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_follows_how_contexts_stand() {
    let server = taxi_alone().await;
    let mut stream = Stream::open(&server, "/operator/contexts", None).await;
    let is_running = |status: &serde_json::Value| status["contexts"][2]["running"].clone();
    let first = stream.event().await.data;
    assert_eq!(is_running(&first), true);
    assert_eq!(first["contexts"][0]["ports"][2], json!({"side": "out", "port": "store", "adapter": "memory"}));
    assert_eq!(first["contexts"][2]["lags"], json!([{"consumer": "policies", "source": "catch", "events": 0}]));
    server.gateway.request("PUT", "/sandbox/contexts/payment", &[], r#"{"running":false}"#).await;
    while is_running(&stream.event().await.data) != false {}
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sees_how_the_system_was_used() {
    let server = open(vec![taxi()], &[("figures_span_ms", "100")]).await;
    server.listed().await;
    server.gateway.post("/catches", "{}").await;
    let points = |answer: &TextResponse| answer.json()["points"].as_array().cloned().unwrap_or_default();
    let sum = |points: &[Value], name: &str| points.iter().filter_map(|point| point[name].as_u64()).sum::<u64>();
    let has_both = |answer: &TextResponse| sum(&points(answer), "commands") == 2;
    let figures = server.gateway.wait_for("/operator/figures", has_both).await;
    assert_eq!(figures.json()["spanMs"], 100);
    let points = points(&figures);
    assert_eq!((sum(&points, "refused"), sum(&points, "failed")), (1, 0));
    assert!(sum(&points, "reads") > 0, "waiting for the list");
    let point = points.iter().find(|point| point["commands"] != 0).expect("a command");
    let ms = |name: &str| point[name].as_f64().expect("a time");
    assert!(ms("p50Ms") > 0.0 && ms("p50Ms") <= ms("p95Ms") && ms("p95Ms") <= ms("p99Ms"), "{point}");
    let mut stream = Stream::open(&server, "/operator/figures", None).await;
    let newest = stream.event().await.data;
    while stream.event().await.data["at"] == newest["at"] {}
    assert!(point["memory"].as_u64().is_none_or(|bytes| bytes > 1 << 20) && point["at"].is_string(), "{point}");
}
