//! What the edge owes every client: limits, time, other origins, where it listens.
use crate::test_server::{TRIP, host, open, settings, taxi};
use http_edge::{Callers, Edge, EdgeError, serve};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

#[tokio::test(flavor = "multi_thread")]
async fn only_loopback_is_listened_on() {
    for (address, right) in [("0.0.0.0", false), ("192.0.2.1", false), ("nonsense", false), ("127.0.0.2", true)] {
        let (settings, shutdown) = (settings(&[("address", address)]), CancellationToken::new());
        let edge = Edge {
            systems: vec![host(taxi())],
            settings,
            identity: Arc::default(),
            callers: Callers::default(),
            render_metrics: None,
            pages: None,
            shutdown,
            connections_max: 4096,
            pass_on: None,
        };
        let opened = serve(edge).await;
        assert_eq!(opened.is_ok(), right, "{address}");
        assert!(right || matches!(opened, Err(EdgeError::NotLoopback(_) | EdgeError::Settings(_))), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_are_let_go() {
    let server = open(vec![taxi()], &[("header_timeout_ms", "100"), ("body_timeout_ms", "100")]).await;
    let ask = async |text: &str| {
        let mut stream = TcpStream::connect(server.gateway.0).await.expect("the edge listens");
        stream.write_all(text.as_bytes()).await.expect("sent");
        let mut response = String::new();
        let read = stream.read_to_string(&mut response);
        tokio::time::timeout(Duration::from_secs(5), read).await.expect("let go in time").ok();
        response
    };
    ask("GET /catches HTTP/1.1\r\nHost: localhost\r\n").await;
    let body = ask("POST /catches HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{").await;
    assert!(body.starts_with("HTTP/1.1 408") && body.contains("/problems/body-too-slow"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_origins_ask_only_where_a_setting_names_them() {
    let (mine, theirs) = ("https://app.example", "https://evil.example");
    let preflight = |origin: &'static str| [("origin", origin), ("access-control-request-method", "POST")];
    let server = open(vec![taxi()], &[("cors_origins", mine)]).await;
    let allowed = server.gateway.request("OPTIONS", "/catches", &preflight(mine), "").await;
    assert_eq!((allowed.status, allowed.header("access-control-allow-origin")), (200, mine));
    assert!(allowed.header("access-control-allow-headers").contains("idempotency-key"), "{allowed:?}");
    let refused = server.gateway.request("OPTIONS", "/catches", &preflight(theirs), "").await;
    assert_eq!(refused.header("access-control-allow-origin"), "");
    let closed = open(vec![taxi()], &[("host_names", "api.example")]).await;
    assert_eq!(
        closed.gateway.request("OPTIONS", "/catches", &preflight(mine), "").await.header("access-control-allow-origin"),
        ""
    );
    assert_eq!(closed.gateway.get("/catches").await.problem(), "unknown-host");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_changes_nothing() {
    let (mine, theirs) = ("https://app.example", "https://evil.example");
    let server = open(vec![taxi()], &[("cors_origins", mine)]).await;
    for origin in [theirs, "null", "x"] {
        let refused = server.gateway.request("POST", "/catches", &[("origin", origin)], TRIP).await;
        assert_eq!((refused.status, refused.problem().as_str()), (403, "foreign-origin"), "{origin}");
    }
    assert_eq!(server.gateway.get("/catches").await.json()["page"]["totalElements"], 0);
    assert_eq!(server.gateway.request("GET", "/catches", &[("origin", theirs)], "").await.status, 200);
    let own = format!("http://{}", server.gateway.0);
    for origin in [mine, &own] {
        assert_eq!(
            server.gateway.request("POST", "/catches", &[("origin", origin)], TRIP).await.status,
            201,
            "{origin}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edge_ends_in_order() {
    let server = open(vec![taxi()], &[]).await;
    server.shutdown.cancel();
    tokio::time::timeout(Duration::from_secs(5), server.serving.finished()).await.expect("it ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_given_while_the_edge_stops_says_that_its_connection_ends() {
    let server = open(vec![taxi()], &[]).await;
    let slow = r#"{"mode":"slow","ms":500}"#;
    assert_eq!(server.gateway.request("PUT", "/sandbox/payment", &[], slow).await.status, 200);
    let gateway = server.gateway;
    let placed = tokio::spawn(async move { gateway.post("/catches", TRIP).await });
    while server.systems[0].status("catch").sagas == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert!(!placed.is_finished());
    }
    server.shutdown.cancel();
    let placed = placed.await.expect("an answer");
    assert_eq!((placed.status, placed.header("connection")), (201, "close"), "{placed:?}");
}
