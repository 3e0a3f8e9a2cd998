//! The same request again, under its key.
use crate::test_server::{TRIP, taxi_alone};

const KEY: (&str, &str) = ("idempotency-key", "order-1");

#[tokio::test(flavor = "multi_thread")]
async fn the_same_body_gets_the_first_answer_and_another_is_refused() {
    let server = taxi_alone().await;
    let first = server.gateway.request("POST", "/catches", &[KEY], TRIP).await;
    let respelled = TRIP.replace(':', " : ").replace("서울역", "\\uc11c\\uc6b8\\uc5ed");
    let again = server.gateway.request("POST", "/catches", &[KEY], &respelled).await;
    assert_eq!((first.status, again.status), (201, 201), "{again:?}");
    assert_eq!((again.text, again.headers.get("etag")), (first.text, first.headers.get("etag")));
    let other = server.gateway.request("POST", "/catches", &[KEY], &TRIP.replace("Kim", "Lee")).await;
    assert_eq!((other.status, other.problem().as_str()), (422, "idempotency-key-reused"));
    assert_eq!(server.gateway.get("/catches").await.json()["page"]["totalElements"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_payment_may_be_tried_again_under_its_key() {
    let server = taxi_alone().await;
    server.gateway.request("PUT", "/sandbox/payment", &[], r#"{"mode":"decline"}"#).await;
    let declined = server.gateway.request("POST", "/catches", &[KEY], TRIP).await;
    assert_eq!((declined.status, declined.problem().as_str()), (402, "payment-declined"));
    server.gateway.request("PUT", "/sandbox/payment", &[], r#"{"mode":"approve"}"#).await;
    assert_eq!(server.gateway.request("POST", "/catches", &[KEY], TRIP).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_none_is_refused() {
    let server = taxi_alone().await;
    for key in ["", &"k".repeat(201)] {
        let response = server.gateway.request("POST", "/catches", &[("idempotency-key", key)], TRIP).await;
        assert_eq!(response.problem(), "invalid-idempotency-key", "{key}");
    }
}
