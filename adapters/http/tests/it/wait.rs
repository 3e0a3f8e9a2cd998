//! An answer that has heard of what the client just did.
use crate::test_server::{TRIP, taxi_alone};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_asked_with_the_position_shows_the_request_at_once() {
    let server = taxi_alone().await;
    for _ in 0..20 {
        let placed = server.gateway.post("/catches", TRIP).await;
        let position = placed.header("nadul-position");
        assert!(position.starts_with("catch:"), "{placed:?}");
        let headers = [("prefer", "wait=5"), ("nadul-position", position)];
        for collection in ["myPages", "catchReqLists", "payments"] {
            let path = placed.header("location").replace("catches", collection);
            let read = server.gateway.request("GET", &path, &headers, "").await;
            assert_eq!((read.status, read.header("preference-applied")), (200, "wait"), "{path} {read:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_in_vain_ends() {
    let server = taxi_alone().await;
    let placed = server.gateway.post("/catches", TRIP).await;
    let (_, life) = placed.header("nadul-position").split_once('.').expect("a position of this life");
    let position = format!("catch:1000000.{life}");
    let headers = [("prefer", "wait=0.1"), ("nadul-position", position.as_str())];
    let read = server.gateway.request("GET", "/myPages", &headers, "").await;
    assert_eq!((read.status, read.header("preference-applied")), (200, ""));
    let nonsense = [("prefer", "wait=5"), ("nadul-position", "nobody:x, catch")];
    assert_eq!(server.gateway.request("GET", "/myPages", &nonsense, "").await.status, 200);
}
