//! Whatever goes wrong is a problem with a stable type, in the client's language, with a page for people.
use crate::test_server::{TRIP, open, taxi, taxi_alone};

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_can_not_be_taken() {
    let server = taxi_alone().await;
    for (body, code) in
        [("{", "malformed-json"), ("[]", "malformed-json"), ("", "invalid-fields"), ("{}", "invalid-fields")]
    {
        let response = server.gateway.post("/catches", body).await;
        assert_eq!((response.status, response.problem().as_str()), (400, code), "{body}");
    }
    let response = server.gateway.post("/catches", r#"{"price":0,"startingPoint":" ","customer":true}"#).await;
    let errors = response.json()["errors"].clone();
    let found: Vec<(&str, &str)> = errors
        .as_array()
        .expect("some")
        .iter()
        .filter_map(|error| Some((error["field"].as_str()?, error["code"].as_str()?)))
        .collect();
    assert_eq!(
        found,
        [("price", "range"), ("startingPoint", "missing"), ("destination", "missing"), ("customer", "type")]
    );
    assert_eq!(server.gateway.get("/catches").await.json()["page"]["totalElements"], 0);
    let large = format!(r#"{{"x":"{}"}}"#, "y".repeat(70_000));
    assert_eq!(server.gateway.post("/catches", &large).await.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_paths_ids_and_methods() {
    let server = taxi_alone().await;
    for path in ["/catches/0", "/catches/x", "/catches/99", "/catches/01", "/catches/99999999999999999999"] {
        assert_eq!(server.gateway.get(path).await.problem(), "unknown-id", "{path}");
    }
    for path in ["/nowhere", "/catches/", "/catches/1/2", "/problems/nothing", "//"] {
        assert_eq!(server.gateway.get(path).await.problem(), "unknown-path", "{path}");
    }
    let wrong = server.gateway.request("PUT", "/catches", &[], TRIP).await;
    assert_eq!((wrong.status, wrong.problem().as_str()), (405, "wrong-method"));
    let mut allowed: Vec<&str> = wrong.header("allow").split(',').map(str::trim).collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD", "POST"]);
    let options = server.gateway.request("OPTIONS", "/catches", &[], "").await;
    assert_eq!((options.status, options.header("allow").contains("POST")), (200, true));
    let head = server.gateway.request("HEAD", "/catches", &[], "").await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_eq!(server.gateway.request("TRACE", "/catches", &[], "").await.status, 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_speaks_the_clients_language_and_has_a_page() {
    let server = taxi_alone().await;
    let body = r#"{"status":"Done"}"#;
    let english = server.gateway.request("PATCH", "/catches/7", &[], body).await;
    assert_eq!((english.status, english.problem().as_str()), (409, "status-not-yours"));
    let korean =
        server.gateway.request("PATCH", "/catches/7", &[("accept-language", "ko-KR,ko;q=0.9,en;q=0.8")], body).await;
    assert!(korean.json()["detail"].as_str().expect("words").contains("상태는 Cancel로만"), "{korean:?}");
    assert_eq!(korean.json()["instance"], "/catches/7");
    let kind = korean.json()["type"].as_str().expect("a path").to_string();
    let page = server.gateway.request("GET", &kind, &[("accept", "text/html"), ("accept-language", "ko")], "").await;
    assert!(page.text.contains("lang=\"ko\"") && page.text.contains("다른 상태는 진행에 따라"), "{page:?}");
    assert!(
        server.gateway.get(&format!("{kind}?lang=en")).await.text.contains("A client may only set the status Cancel.")
    );
    for code in ["stale-version", "idempotency-key-reused", "payment-declined", "body-too-large"] {
        assert_eq!(server.own("mypage").get(&format!("/problems/{code}")).await.status, 200, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_house_and_a_slow_one_say_when_to_come_back() {
    let server =
        open(vec![taxi()], &[("streams_max", "1"), ("retry_after_ms", "2500"), ("request_timeout_ms", "20")]).await;
    let first = server.gateway.open("GET", "/catches", &[("accept", "text/event-stream")], "").await;
    let second = server.gateway.request("GET", "/catches", &[("accept", "text/event-stream")], "").await;
    assert_eq!((second.status, second.problem().as_str(), second.header("retry-after")), (503, "overloaded", "3"));
    drop(first);
    server.gateway.request("PUT", "/sandbox/payment", &[], r#"{"mode":"late"}"#).await;
    let late = server.gateway.post("/catches", TRIP).await;
    assert_eq!((late.status, late.header("retry-after")), (503, "1"), "the context says when: {late:?}");
}
