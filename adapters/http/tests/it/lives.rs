//! Tags, stream ids and positions belong to one life of a store: those of another life match nothing.
use crate::live::Stream;
use crate::test_server::{TRIP, taxi_alone};

/// What another life of the store would have given for the same version, change or position.
fn of_another_life(given: &str) -> String {
    let (number, life) = given.trim_matches('"').split_once('.').expect("a number and its life");
    let other: String = life.chars().map(|digit| if digit == '0' { '1' } else { '0' }).collect();
    given.replace(&format!("{number}.{life}"), &format!("{number}.{other}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_of_another_life_matches_nothing() {
    let server = taxi_alone().await;
    let path = format!("/catches/{}", server.listed().await);
    let tag = server.gateway.get(&path).await.header("etag").to_string();
    let (mine, lost) = ([("if-none-match", tag.as_str())], of_another_life(&tag));
    assert_eq!(server.gateway.request("GET", &path, &mine, "").await.status, 304);
    assert_eq!(server.gateway.request("GET", &path, &[("if-none-match", lost.as_str())], "").await.status, 200);
    let cancel = |tag: String| {
        let (path, gateway) = (path.clone(), server.gateway);
        async move { gateway.request("PATCH", &path, &[("if-match", tag.as_str())], r#"{"status":"Cancel"}"#).await }
    };
    assert_eq!(cancel(lost).await.problem(), "stale-version");
    let cancelled = cancel(tag.clone()).await;
    assert_eq!((cancelled.status, cancelled.header("etag") == tag), (200, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_goes_on_from_another_life_starts_again_with_the_current_rows() {
    let server = taxi_alone().await;
    let (first, second) = (server.listed().await, server.listed().await);
    let mut stream = Stream::open(&server, "/catchReqLists", None).await;
    let (_, seen) = (stream.event().await, stream.event().await);
    let mut again = Stream::open(&server, "/catchReqLists", Some(&of_another_life(&seen.id))).await;
    assert_eq!(
        (again.event().await.data["id"].clone(), again.event().await.data["id"].clone()),
        (first.into(), second.into())
    );
    let third = server.listed().await;
    let mut goes_on = Stream::open(&server, "/catchReqLists", Some(&seen.id)).await;
    assert_eq!(goes_on.event().await.data["id"], third);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_a_position_of_another_life() {
    let server = taxi_alone().await;
    let placed = server.gateway.post("/catches", TRIP).await;
    let lost = of_another_life(placed.header("nadul-position").trim_start_matches("catch:"));
    let position = format!("catch:{lost}");
    let headers = [("prefer", "wait=5"), ("nadul-position", position.as_str())];
    let read = server.gateway.request("GET", "/myPages", &headers, "").await;
    assert_eq!((read.status, read.header("preference-applied")), (200, ""));
}
