//! What another process answers: passed on, and the same as if it had been asked itself.
use crate::client::{Client, TextResponse};
use crate::cluster::{Cluster, TOKEN};
use crate::live::Stream;
use crate::test_server::{TRIP, taxi};
use kernel::Settings;
use serde_json::json;
use std::time::Duration;

/// The same answer of two edges, but for when it was given.
async fn same(
    [one, other]: [Client; 2],
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> TextResponse {
    let headers = [headers, &[("x-correlation-id", "the-same")]].concat();
    let [one, other] =
        [one.request(method, path, &headers, body).await, other.request(method, path, &headers, body).await];
    let comparable = |answer: &TextResponse| {
        let mut headers: Vec<_> = answer.headers.iter().filter(|(name, _)| *name != "date").collect();
        headers.sort_by_key(|(name, value)| (name.as_str(), value.as_bytes()));
        let headers = headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect::<Vec<_>>();
        (answer.status, headers, answer.text.clone())
    };
    assert_eq!(comparable(&one), comparable(&other), "{method} {path}");
    one
}

fn edges(cluster: &Cluster) -> [Client; 2] {
    [cluster.gateway(), cluster.inner[0].gateway()]
}

const KEY: (&str, &str) = ("idempotency-key", "order-1");
const KO: (&str, &str) = ("accept-language", "ko");
const CANCEL: &str = r#"{"status":"Cancel"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn taxi_is_answered_alike_by_an_edge_without_a_context() {
    let cluster = Cluster::open(taxi()).await;
    let both = edges(&cluster);
    let first = same(both, "POST", "/catches", &[KEY], TRIP).await;
    assert_eq!((first.status, first.header("location")), (201, "/catches/1"), "{first:?}");
    let second = cluster.outer.server.listed().await;
    cluster.outer.server.listed().await;
    let all_told = |answer: &TextResponse| answer.json()["page"]["totalElements"] == 3;
    cluster.gateway().wait_for("/messages?customer=Kim", all_told).await;
    for path in [
        "/catches",
        "/catches?size=1&page=1",
        "/catches?size=2&sort=price,desc&customer=Kim",
        "/catches?customer=nobody",
        "/taxi/catches?size=1",
        "/messages?customer=Kim",
        "/myPages/1",
        "/payments",
        "/openapi.json",
        "/asyncapi.json",
        "/board",
        "/problems/unknown-id",
        "/health/live",
        "/health/ready",
        "/sandbox/payment",
        "/sandbox/contexts/catch",
        "/operator/contexts/catch/parked",
    ] {
        assert_eq!(same(both, "GET", path, &[], "").await.status, 200, "{path}");
    }
    let next = same(both, "GET", "/catches?size=1", &[], "").await.json();
    let next = next["_links"]["next"]["href"].as_str().expect("a next page").to_string();
    assert_eq!(same(both, "GET", &next, &[], "").await.json()["_embedded"]["catches"][0]["id"], second);
    let refused = [
        ("GET", "/catches/999", "", 404),
        ("GET", "/catches/x", "", 404),
        ("GET", "/catches?page=x", "", 400),
        ("GET", "/nowhere", "", 404),
        ("GET", "/sandbox/contexts/nobody", "", 404),
        ("GET", "/messages", "", 400),
        ("PUT", "/catches", TRIP, 405),
        ("POST", "/catches", "{", 400),
        ("POST", "/catches", "{}", 400),
        ("PATCH", "/catches/999", CANCEL, 404),
        ("PATCH", "/catches/1", r#"{"status":"x"}"#, 409),
    ];
    for (method, path, body, status) in refused {
        for headers in [&[][..], &[KO]] {
            let problem = same(both, method, path, headers, body).await;
            assert!(problem.status == status || problem.status == 400, "{method} {path}: {problem:?}");
        }
    }
    let large = TRIP.replace("Kim", &"x".repeat(70_000));
    assert_eq!(same(both, "POST", "/catches", &[], &large).await.status, 413);
    assert_eq!(same(both, "POST", "/catches", &[KEY], &TRIP.replace("Kim", "Lee")).await.status, 422);
    let row = same(both, "GET", "/catches/1", &[], "").await;
    let tag = row.header("etag").to_string();
    assert_eq!(same(both, "GET", "/catches/1", &[("if-none-match", &tag)], "").await.status, 304);
    assert_eq!(same(both, "HEAD", "/catches/1", &[], "").await.header("content-length"), row.text.len().to_string());
    assert_eq!(same(both, "PATCH", "/catches/1", &[("if-match", "\"0\"")], CANCEL).await.status, 412);
    let cancelled = same(both, "PATCH", "/catches/1", &[("if-match", &tag)], CANCEL).await;
    assert_eq!((cancelled.status, cancelled.json()["status"].clone()), (200, json!("Cancel")));
    let proxied = [("x-forwarded-for", "127.0.0.1")];
    assert_eq!(same(both, "GET", "/sandbox/payment", &proxied, "").await.problem(), "local-only");
    assert_eq!(cluster.count("/catches").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn bookstore_is_answered_alike_by_an_edge_without_a_context() {
    let cluster = Cluster::open(bookstore::system(&Settings::defaults(bookstore::SETTINGS))).await;
    let both = edges(&cluster);
    let book = json!({"name": "책", "price": 9000, "stock": 5}).to_string();
    assert_eq!(same(both, "POST", "/books", &[KEY], &book).await.status, 201);
    let order = json!({"productId": 1, "quantity": 2, "customerId": "kim"}).to_string();
    let known = |answer: &TextResponse| answer.status == 201;
    let gateway = cluster.gateway();
    let mut placed = gateway.request("POST", "/orders", &[KEY], &order).await;
    while !known(&placed) {
        assert_eq!(placed.status, 404, "only until order has heard of the book: {placed:?}");
        placed = gateway.request("POST", "/orders", &[KEY], &order).await;
    }
    assert_eq!(same(both, "POST", "/orders", &[KEY], &order).await.text, placed.text);
    gateway.wait_for("/storeOrders/1", |answer| answer.status == 200).await;
    assert_eq!(same(both, "PUT", "/storeOrders/1/accept", &[], "").await.status, 200);
    assert_eq!(same(both, "PUT", "/storeOrders/1/reject", &[], r#"{"reason":"late"}"#).await.status, 409);
    gateway.wait_for("/deliveries/1", |answer| answer.status == 200).await;
    assert_eq!(same(both, "DELETE", "/orders/1", &[], "").await.status, 204);
    gateway.wait_for("/orderStatuses/1", |answer| answer.text.contains("DeliveryCancelled\",\"")).await;
    for path in ["/orders/1", "/books", "/storeOrders", "/payments"] {
        assert_eq!(same(both, "GET", path, &[], "").await.status, 200, "{path}");
    }
    assert_eq!(same(both, "PATCH", "/books/1", &[], r#"{"price":8000}"#).await.status, 200);
    cluster.proxies[0].break_answer_after(20);
    assert_eq!(gateway.request("DELETE", "/books/1", &[], "").await.status, 204, "the first answer, which was lost");
    assert_eq!(cluster.proxies[0].broken(), 1);
    assert_eq!(same(both, "DELETE", "/books/1", &[], "").await.status, 404);
    assert_eq!(same(both, "GET", "/books/1", &[], "").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edge_without_a_context_answers_with_what_follows_from_a_position() {
    let cluster = Cluster::open(taxi()).await;
    for _ in 0..10 {
        let placed = cluster.gateway().post("/catches", TRIP).await;
        let headers = [("prefer", "wait=5"), ("nadul-position", placed.header("nadul-position"))];
        let path = placed.header("location").replace("catches", "myPages");
        let read = cluster.gateway().request("GET", &path, &headers, "").await;
        assert_eq!((read.status, read.header("preference-applied")), (200, "wait"), "{read:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_is_followed_through_another_edge() {
    let cluster = Cluster::open_with(taxi(), &[("streams_max", "1")], &[]).await;
    cluster.outer.belief.readers_are(&[&cluster.proxies[0].url]);
    let server = &cluster.outer.server;
    let (first, second) = (server.listed().await, server.listed().await);
    let mut stream = Stream::open(server, "/catchReqLists", None).await;
    assert_eq!(stream.event().await.data["id"], first);
    let seen = stream.event().await;
    assert_eq!(seen.data["id"], second);
    let third = server.listed().await;
    assert_eq!(stream.event().await.data["id"], third, "as it happens");
    drop(stream);
    // the other process has room for one stream: it has heard that the client is gone
    let room = |answer: hyper::StatusCode| answer == 200;
    let headers = [("accept", "text/event-stream"), ("last-event-id", seen.id.as_str())];
    let mut opened = server.gateway.open("GET", "/catchReqLists", &headers, "").await;
    for _ in 0..500 {
        if room(opened.status()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
        opened = server.gateway.open("GET", "/catchReqLists", &headers, "").await;
    }
    let mut stream = Stream::of(opened);
    assert_eq!(stream.event().await.data["id"], third, "it goes on behind what was seen");
    cluster.inner[0].server.shutdown.cancel();
    let goodbye = stream.said().await.unwrap_or_default();
    assert!(goodbye.starts_with("retry: "), "{goodbye}");
    assert_eq!(stream.said().await, None, "it ends with the process that sends it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_the_edge_that_the_client_asked() {
    let cluster = Cluster::open(taxi()).await;
    let mut stream = Stream::open(&cluster.outer.server, "/catches", None).await;
    assert_eq!(stream.said().await.as_deref(), Some("retry: 1000"));
    cluster.outer.server.shutdown.cancel();
    let goodbye = stream.said().await.unwrap_or_default();
    let ms = goodbye.strip_prefix("retry: ").and_then(|ms| ms.parse::<u64>().ok());
    assert!(ms.is_some_and(|ms| (500..=1500).contains(&ms)), "{goodbye}");
    assert_eq!(stream.said().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_reaches_the_owner_through_any_edge() {
    let cluster = Cluster::open(taxi()).await;
    let gateway = cluster.gateway();
    let put = |path: &'static str, body: &'static str| gateway.request("PUT", path, &[], body);
    assert_eq!(put("/sandbox/payment", r#"{"mode":"decline"}"#).await.json()["mode"], "decline");
    assert_eq!(cluster.gateway().post("/catches", TRIP).await.status, 402);
    assert_eq!(put("/sandbox/payment", r#"{"mode":"approve"}"#).await.status, 200);
    for word in [r#"{"running":false}"#, r#"{"running":true}"#] {
        assert_eq!(put("/sandbox/contexts/catch", word).await.problem(), "operation-refused");
    }
    assert!(cluster.inner[0].server.systems[0].is_running("catch"));
    assert_eq!(cluster.gateway().post("/catches", TRIP).await.status, 201);
    let skip = "/operator/contexts/pickup/parked/7/skip";
    assert_eq!(cluster.gateway().post(skip, "{}").await.problem(), "invalid-fields");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hop_at_a_process_that_is_not_the_owner_does_nothing() {
    let cluster = Cluster::open(taxi()).await;
    let follower = cluster.inner[1].internal();
    let headers = [("authorization", TOKEN), ("nadul-system", "taxi"), ("nadul-hop", "1")];
    let refused = follower.request("POST", "/internal/requests/catches", &headers, TRIP).await;
    assert_eq!((refused.status, refused.header("nadul-owner")), (421, cluster.proxies[0].url.as_str()));
    assert_eq!((cluster.count("/catches").await, cluster.inner[0].asked()), (0, 0), "nor does it pass it on");
    let owner = cluster.inner[0].internal();
    let done = owner.request("POST", "/internal/requests/catches", &headers, TRIP).await;
    assert_eq!((done.status, done.header("location")), (201, "/catches/1"), "{done:?}");
    for (path, system) in [("/internal/requests/catches", "nobody"), ("/internal/requests", "taxi")] {
        let headers = [("authorization", TOKEN), ("nadul-system", system)];
        assert_eq!(owner.request("GET", path, &headers, "").await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hop_has_no_more_time_than_its_client() {
    let cluster = Cluster::open(taxi()).await;
    let slow = r#"{"mode":"slow","ms":4000}"#;
    assert_eq!(cluster.gateway().request("PUT", "/sandbox/payment", &[], slow).await.status, 200);
    let headers = [("authorization", TOKEN), ("nadul-system", "taxi"), ("nadul-deadline", "50")];
    let asked = cluster.inner[0].internal();
    let begun = std::time::Instant::now();
    let late = asked.request("POST", "/internal/requests/catches", &headers, TRIP).await;
    assert_eq!(late.status, 503, "{late:?}");
    assert!(begun.elapsed() < Duration::from_millis(3500), "{late:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_an_edge_may_say_is_not_heard_from_a_client() {
    let cluster = Cluster::open(taxi()).await;
    let forged = [
        ("nadul-request", "mine"),
        ("nadul-deadline", "1"),
        ("nadul-hop", "1"),
        ("nadul-client", "10.0.0.1:1"),
        ("nadul-system", "other"),
        ("authorization", "Bearer forged"),
        ("x-correlation-id", "c-1"),
    ];
    for edge in [cluster.gateway(), cluster.inner[0].gateway()] {
        for _ in 0..2 {
            assert_eq!(edge.request("POST", "/catches", &forged, TRIP).await.status, 201);
        }
    }
    for key in ["mine-1", "mine-2"] {
        let forged = [&forged[..], &[("idempotency-key", key)]].concat();
        assert_eq!(cluster.gateway().request("POST", "/catches", &forged, TRIP).await.status, 201);
    }
    assert_eq!(cluster.count("/catches").await, 6, "no two of them are the same request");
    assert_eq!(cluster.gateway().request("GET", "/sandbox/payment", &forged, "").await.status, 200);
    let heard = cluster.inner[0].heard.lock().expect("headers").clone();
    let value = |name: &str| heard.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_string();
    assert_eq!((value("authorization").as_str(), value("nadul-system").as_str()), (TOKEN, "taxi"));
    assert!(value("nadul-client").starts_with("127.0.0.1:"), "{heard:?}");
    assert_eq!((value("x-correlation-id").as_str(), value("nadul-hop").as_str()), ("c-1", "1"));
    assert!(value("nadul-deadline").parse::<u64>().is_ok_and(|ms| (4000..=5000).contains(&ms)), "{heard:?}");
}
