//! Whom the edge trusts: host names, the client on this machine, and what a browser may do with an answer.
use crate::test_server::{TRIP, TestServer, open, taxi, taxi_alone};
use hyper::header::HOST;

/// Asks under another host name than the address that is asked.
async fn under(server: &TestServer, host: &str) -> String {
    let request = format!("GET /catches HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    server.gateway.send(&request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_was_made_to_point_here_is_not_answered() {
    let server = taxi_alone().await;
    for own in ["localhost", "LOCALHOST:8088", "127.0.0.1", "[::1]:8088", "taxi.localhost"] {
        assert!(under(&server, own).await.starts_with("HTTP/1.1 200"), "{own}");
    }
    for other in ["rebound.example:8088", "localhost.example", "10.0.0.1", "a b", ""] {
        let refused = under(&server, other).await;
        assert!(refused.starts_with("HTTP/1.1 400") && refused.contains("http.host_names"), "{other}: {refused}");
    }
    let target = "GET http://rebound.example/catches HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    assert!(server.gateway.send(target).await.starts_with("HTTP/1.1 400"));
}

#[tokio::test(flavor = "multi_thread")]
async fn host_names_are_those_that_a_setting_names() {
    let server = open(vec![taxi()], &[("host_names", "api.example:8088, b.example")]).await;
    for (host, status) in [("API.example", "200"), ("b.example:1", "200"), ("localhost", "400")] {
        assert!(under(&server, host).await.starts_with(&format!("HTTP/1.1 {status}")), "{host}");
    }
    let all = open(vec![taxi()], &[("host_names", "*")]).await;
    assert!(under(&all, "rebound.example").await.starts_with("HTTP/1.1 200"));
}

const LOCAL_PATHS: [(&str, &str, &str); 6] = [
    ("GET", "/operator/contexts", ""),
    ("GET", "/operator/contexts/catch/parked", ""),
    ("GET", "/operator/rules/money", ""),
    ("POST", "/operator/contexts/catch/parked/1/replay", ""),
    ("PUT", "/sandbox/payment", r#"{"mode":"decline"}"#),
    ("PUT", "/sandbox/contexts/catch", r#"{"running":false}"#),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_a_proxy_passes_on_does_not_come_from_this_machine() {
    let server = taxi_alone().await;
    let proxies =
        [("forwarded", "for=192.0.2.1"), ("x-forwarded-for", "127.0.0.1"), ("via", "1.1 proxy"), ("x-real-ip", "::1")];
    for (method, path, body) in LOCAL_PATHS {
        for header in proxies {
            let refused = server.gateway.request(method, path, &[header], body).await;
            assert_eq!((refused.status, refused.problem().as_str()), (403, "local-only"), "{path} {header:?}");
        }
        assert_ne!(server.gateway.request(method, path, &[], body).await.status, 403, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_and_the_operators_paths_can_be_turned_off() {
    let server = open(vec![taxi()], &[("sandbox", "false"), ("operator", "false")]).await;
    for (method, path, body) in LOCAL_PATHS {
        assert_eq!(server.gateway.request(method, path, &[], body).await.problem(), "unknown-path", "{path}");
    }
    assert_eq!(server.gateway.get("/health/ready").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_says_how_browsers_and_caches_may_treat_it() {
    let server = open(vec![taxi()], &[("cors_origins", "https://app.example")]).await;
    let id = server.listed().await;
    let row = format!("/catches/{id}");
    let html = [("accept", "text/html")];
    let answers = [
        (server.gateway.get(&row).await, "no-cache"),
        (server.gateway.get("/catches").await, "no-cache"),
        (server.gateway.get("/nothing").await, "no-store"),
        (server.gateway.get("/catches?page=x").await, "no-store"),
        (server.gateway.post("/catches", TRIP).await, "no-store"),
        (server.gateway.request("PUT", "/catches", &[], "").await, "no-store"),
        (server.gateway.request("OPTIONS", "/catches", &[("origin", "https://app.example")], "").await, "no-store"),
        (server.gateway.request("GET", "/problems", &html, "").await, "no-cache"),
        (server.gateway.request("GET", "/board", &html, "").await, "no-cache"),
        (server.gateway.get("/docs/").await, "no-cache"),
        (server.gateway.get("/health/live").await, "no-cache"),
    ];
    for (answer, cached) in &answers {
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{answer:?}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{answer:?}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{answer:?}");
        assert!(
            answer.status == 200 && answer.text.is_empty() || answer.header("cache-control") == *cached,
            "{answer:?}"
        );
        let vary: Vec<&str> = answer.headers.get_all("vary").iter().filter_map(|line| line.to_str().ok()).collect();
        let vary = vary.join(", ");
        assert!(["origin", "accept", "accept-language"].iter().all(|name| vary.contains(name)), "{vary}");
    }
    let stream = server.gateway.open("GET", "/catches", &[("accept", "text/event-stream")], "").await;
    assert_eq!(stream.headers()["cache-control"], "no-store");
    assert_eq!(stream.headers()["x-content-type-options"], "nosniff");
    assert!(stream.headers().get(HOST).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_have_no_script_and_no_style_of_their_own() {
    let server = taxi_alone().await;
    let html = [("accept", "text/html")];
    for path in ["/", "/problems", "/problems/unknown-id", "/board"] {
        let page = server.gateway.request("GET", path, &html, "").await;
        assert!(page.header("content-security-policy").contains("style-src 'self';"), "{page:?}");
        assert!(
            !page.text.contains("<style") && !page.text.contains("<script") && !page.text.contains("style="),
            "{path}"
        );
        assert!(page.text.contains(r#"href="/style.css""#), "{path}");
    }
    let style = server.gateway.get("/style.css").await;
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
    let docs = server.gateway.get("/docs/").await;
    assert!(docs.header("content-security-policy").contains("script-src 'self';"), "{docs:?}");
    let inline =
        docs.text.split("<script").skip(1).filter(|tag| !tag.split('>').next().is_some_and(|tag| tag.contains("src=")));
    assert_eq!(inline.count(), 0, "{}", docs.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_may_ask_without_credentials_where_a_setting_says_so() {
    let server = open(vec![taxi()], &[("cors_origins", "*")]).await;
    let origin = [("origin", "https://anyone.example")];
    let answer = server.gateway.request("POST", "/catches", &origin, TRIP).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (201, "*"));
    assert_eq!(answer.header("access-control-allow-credentials"), "");
}
