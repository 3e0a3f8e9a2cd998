//! A request is cancelled, with and without the version it was read at.
use crate::test_server::taxi_alone;
use serde_json::json;

const CANCEL: &str = r#"{"status":"Cancel"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_answers_the_same_each_time() {
    let server = taxi_alone().await;
    let id = server.listed().await;
    let path = format!("/catches/{id}");
    let first = server.gateway.request("PATCH", &path, &[], CANCEL).await;
    assert_eq!((first.status, first.json()["status"].clone()), (200, json!("Cancel")), "{first:?}");
    let again = server.gateway.request("PATCH", &path, &[], CANCEL).await;
    assert_eq!((again.status, again.text), (200, first.text));
    server
        .gateway
        .wait_for(&format!("/payments/{id}"), |response| response.text.contains("\"paymentAction\":\"Cancel\""))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_version_changes_nothing() {
    let server = taxi_alone().await;
    let id = server.listed().await;
    let path = format!("/catches/{id}");
    let stale = server.gateway.request("PATCH", &path, &[("if-match", "\"999999\"")], CANCEL).await;
    assert_eq!((stale.status, stale.problem().as_str()), (412, "stale-version"));
    let read = server.gateway.get(&path).await;
    let tag = read.header("etag");
    assert_eq!(server.gateway.request("GET", &path, &[("if-none-match", tag)], "").await.status, 304);
    let changed = server.gateway.request("PATCH", &path, &[("if-match", tag)], CANCEL).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_ne!(changed.header("etag"), tag);
    let again = server.gateway.request("PATCH", &path, &[("if-match", tag)], CANCEL).await;
    assert_eq!((again.status, &again.text), (200, &changed.text), "what has happened is answered again");
    assert_eq!(server.gateway.request("GET", &path, &[("if-none-match", tag)], "").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_match_given_back_is_204_and_then_404() {
    let server = taxi_alone().await;
    let id = server.listed().await;
    server.gateway.post("/pickUps", &json!({"matchId": id, "driver": "Lee"}).to_string()).await;
    let path = format!("/pickUps/{id}");
    let gone = server.gateway.request("DELETE", &path, &[], "").await;
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    assert_eq!(server.gateway.get(&path).await.problem(), "unknown-id");
    assert_eq!(server.gateway.request("DELETE", &path, &[], "").await.problem(), "no-match");
}
