//! Headers and bodies on the wire: lists over several lines, values that come twice, encodings, bodies that nobody reads.
use crate::test_server::{TRIP, open, taxi, taxi_alone};
use http_edge::{Callers, Edge, EdgeError, serve};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

#[tokio::test(flavor = "multi_thread")]
async fn a_compressed_body_is_told_apart_from_malformed_json() {
    let server = taxi_alone().await;
    for (name, value) in [("content-encoding", "gzip"), ("Content-Encoding", "BR")] {
        let refused = server.gateway.request("POST", "/catches", &[(name, value)], TRIP).await;
        assert_eq!((refused.status, refused.problem().as_str()), (415, "encoded-body"), "{value}");
        assert_eq!(refused.header("accept-encoding"), "identity");
    }
    let plain = server.gateway.request("POST", "/catches", &[("content-encoding", "identity")], TRIP).await;
    assert_eq!(plain.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_with_one_value_comes_once() {
    let server = taxi_alone().await;
    for name in ["idempotency-key", "last-event-id", "traceparent", "x-correlation-id", "origin", "content-type"] {
        let twice = [(name, "a"), (name, "b")];
        let refused = server.gateway.request("POST", "/catches", &twice, TRIP).await;
        assert_eq!((refused.status, refused.problem().as_str()), (400, "repeated-header"), "{name}");
        assert!(refused.json()["detail"].as_str().is_some_and(|detail| detail.contains(name)), "{refused:?}");
    }
    assert_eq!(server.gateway.get("/catches").await.json()["page"]["totalElements"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_may_come_in_several_lines_and_names_ignore_case() {
    let server = taxi_alone().await;
    let id = server.listed().await;
    let path = format!("/catches/{id}");
    let row = server.gateway.get(&path).await;
    let tags = [("if-none-match", "\"x\""), ("if-none-match", row.header("etag"))];
    assert_eq!(server.gateway.request("GET", &path, &tags, "").await.status, 304);
    let korean = [("accept-language", "fr"), ("accept-language", "KO-kr")];
    assert_eq!(server.gateway.request("GET", "/nothing", &korean, "").await.header("content-language"), "ko");
    let html = [("accept", "image/png"), ("accept", "TEXT/HTML")];
    assert!(server.gateway.request("GET", "/", &html, "").await.text.starts_with("<!doctype"));
    let stream = server.gateway.open("GET", "/catches", &[("accept", "Text/Event-Stream")], "").await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
}

/// Two requests over one connection: the first with a body that its answer does not need.
#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_nobody_reads_is_not_in_the_way_of_the_next_request() {
    let server = taxi_alone().await;
    let next = format!(
        "POST /catches HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{TRIP}",
        TRIP.len()
    );
    let large = "x".repeat(100_000);
    let firsts = [
        ("405", format!("PUT /catches HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{TRIP}", TRIP.len())),
        ("404", format!("POST /nothing HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n\r\n{large}")),
        (
            "404",
            "POST /nothing HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
                .to_string(),
        ),
        ("413", format!("POST /catches HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n\r\n{large}")),
        (
            "415",
            "POST /catches HTTP/1.1\r\nhost: localhost\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}"
                .to_owned(),
        ),
        ("400", "POST /catches HTTP/1.1\r\nhost: rebound.example\r\ncontent-length: 2\r\n\r\n{}".to_string()),
        ("200", "GET /catches HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\n{}".to_string()),
    ];
    for (status, first) in firsts {
        let answers = server.gateway.send_in_parts(&[&first, &next]).await;
        let heads: Vec<&str> = answers.match_indices("HTTP/1.1 ").map(|(at, _)| &answers[at + 9..at + 12]).collect();
        assert_eq!(heads, [status, "201"], "{answers}");
        assert!(!answers[..answers.rfind("HTTP/1.1 ").unwrap_or(0)].contains("connection: close"), "{answers}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_not_sent_to_its_end_closes_the_connection() {
    let server = taxi_alone().await;
    for head in ["content-length: 100", "content-length: 2000000", "expect: 100-continue\r\ncontent-length: 2"] {
        let answer = server.gateway.send(&format!("PUT /catches HTTP/1.1\r\nhost: localhost\r\n{head}\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 405") && answer.contains("connection: close"), "{head}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_say_nothing_sensible_are_refused_by_name() {
    for (name, value) in [
        ("cors_origins", "localhost:3000"),
        ("cors_origins", "https://a.example, *"),
        ("host_names", "http://localhost"),
        ("address", "localhost"),
        ("page_size", "300"),
        ("page_size_max", "10"),
        ("gateway_port", "65536"),
    ] {
        let settings = crate::test_server::settings(&[(name, value)]);
        let (systems, shutdown) = (vec![crate::test_server::host(taxi())], CancellationToken::new());
        let opened = serve(Edge {
            systems,
            settings,
            identity: Arc::default(),
            callers: Callers::default(),
            render_metrics: None,
            pages: None,
            shutdown,
            connections_max: 4096,
            pass_on: None,
        })
        .await;
        let Err(EdgeError::Settings(faults)) = opened else { panic!("{name}={value} is taken") };
        assert!(
            faults.len() == 1 && faults[0].starts_with("page_size: ") == name.starts_with("page_size"),
            "{faults:?}"
        );
        assert!(faults[0].starts_with(&name[..4]), "{faults:?}");
    }
    drop(open(vec![taxi()], &[("cors_origins", "http://localhost:3000/"), ("host_names", "localhost:8088")]).await);
}
