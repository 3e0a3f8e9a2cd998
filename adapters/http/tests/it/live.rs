//! Live streams: the present rows, each change, going on after a break.
use crate::test_server::{TestServer, open, taxi, taxi_alone};
use http_body_util::BodyExt;
use hyper::Response;
use hyper::body::Incoming;
use serde_json::Value;
use std::time::Duration;

pub struct Stream {
    body: Incoming,
    text: String,
}

#[derive(Debug)]
pub struct Event {
    pub id: String,
    pub name: String,
    pub data: Value,
}

impl Stream {
    pub async fn open(server: &TestServer, path: &str, after: Option<&str>) -> Stream {
        let mut headers = vec![("accept", "text/event-stream")];
        headers.extend(after.map(|after| ("last-event-id", after)));
        let response = server.gateway.open("GET", path, &headers, "").await;
        Stream::of(response)
    }

    pub fn of(response: Response<Incoming>) -> Stream {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Stream { body: response.into_body(), text: String::new() }
    }

    pub async fn part(&mut self) -> Option<String> {
        loop {
            if let Some((part, rest)) = self.text.split_once("\n\n") {
                let (part, rest) = (part.to_string(), rest.to_string());
                self.text = rest;
                return Some(part);
            }
            let frame = tokio::time::timeout(Duration::from_secs(5), self.body.frame()).await.expect("in time")?;
            self.text += &String::from_utf8_lossy(frame.expect("a frame").data_ref().expect("data"));
        }
    }

    /// The next part that is no comment.
    pub async fn said(&mut self) -> Option<String> {
        loop {
            let part = self.part().await?;
            if !part.starts_with(':') {
                return Some(part);
            }
        }
    }

    pub async fn event(&mut self) -> Event {
        loop {
            let part = self.part().await.expect("the stream goes on");
            let field = |name: &str| part.lines().find_map(|line| line.strip_prefix(name)).map(str::to_string);
            let (Some(id), Some(name), Some(data)) = (field("id: "), field("event: "), field("data: ")) else {
                continue;
            };
            return Event { id, name, data: serde_json::from_str(&data).expect("json") };
        }
    }
}

const CANCEL: &str = r#"{"status":"Cancel"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_collection_tells_what_is_there_and_what_happens() {
    let server = taxi_alone().await;
    let first = server.listed().await;
    let mut stream = Stream::open(&server, "/catchReqLists", None).await;
    let event = stream.event().await;
    assert_eq!((event.name.as_str(), &event.data["id"]), ("row", &first.into()));
    assert_eq!(event.data["_links"]["self"]["href"], format!("/catchReqLists/{first}"));
    let second = server.listed().await;
    assert_eq!(stream.event().await.data["id"], second);
    server.gateway.request("PATCH", &format!("/catches/{first}"), &[], CANCEL).await;
    let gone = stream.event().await;
    assert_eq!((gone.name.as_str(), gone.data), ("deleted", serde_json::json!({"id": first})));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_goes_on_where_it_broke_off() {
    let server = taxi_alone().await;
    let (first, second) = (server.listed().await, server.listed().await);
    let mut stream = Stream::open(&server, "/catchReqLists", None).await;
    let (_, seen) = (stream.event().await, stream.event().await);
    drop(stream);
    server.gateway.request("PATCH", &format!("/catches/{first}"), &[], CANCEL).await;
    server.gateway.wait_for(&format!("/catchReqLists/{first}"), |response| response.status == 404).await;
    let third = server.listed().await;
    let mut again = Stream::open(&server, "/catchReqLists", Some(&seen.id)).await;
    let (gone, new) = (again.event().await, again.event().await);
    assert_eq!((gone.name.as_str(), &gone.data["id"]), ("deleted", &first.into()));
    assert_eq!((new.name.as_str(), &new.data["id"]), ("row", &third.into()));
    let mut lost = Stream::open(&server, "/catchReqLists", Some("999999999")).await;
    assert_eq!(lost.event().await.data["id"], second, "a position of another life starts over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_and_a_customers_messages_are_followed() {
    let server = taxi_alone().await;
    let id = server.listed().await;
    let mut row = Stream::open(&server, &format!("/catches/{id}"), None).await;
    assert_eq!(row.event().await.data["status"], "approve");
    let mut messages = Stream::open(&server, "/messages?customer=Kim", None).await;
    assert_eq!(messages.event().await.data["eventType"], "PaymentApproved");
    let mut others = Stream::open(&server, "/messages?customer=Lee", None).await;
    server.gateway.request("PATCH", &format!("/catches/{id}"), &[], CANCEL).await;
    assert_eq!(row.event().await.data["status"], "Cancel");
    assert_eq!(messages.event().await.data["eventType"], "CatchCancelled");
    assert_eq!(messages.event().await.data["eventType"], "PaymentCancelled");
    server.shutdown.cancel();
    assert_eq!(others.part().await.as_deref(), Some("retry: 1000"));
    assert_eq!(others.part().await.as_deref(), Some(": current whole"));
    let goodbye = others.part().await.unwrap_or_default();
    let ms = goodbye.strip_prefix("retry: ").and_then(|ms| ms.parse::<u64>().ok());
    assert!(ms.is_some_and(|ms| (500..=1500).contains(&ms)), "{goodbye}");
    assert_eq!(others.part().await, None, "nothing of another customer's, and an end when the edge ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_was_opened_while_its_context_was_down_goes_on_as_soon_as_it_is_back() {
    let server = taxi_alone().await;
    let id = server.listed().await;
    let switch = |running: &'static str| server.gateway.request("PUT", "/sandbox/contexts/catch", &[], running);
    assert_eq!(switch(r#"{"running":false}"#).await.status, 200);
    let mut stream = Stream::open(&server, "/catches", None).await;
    assert_eq!(stream.part().await.as_deref(), Some("retry: 1000"));
    assert_eq!(switch(r#"{"running":true}"#).await.status, 200);
    assert_eq!(stream.event().await.data["id"], id, "long before the next sign of life");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_stream_shows_that_it_lives_and_a_slow_reader_misses_nothing() {
    let server = open(
        vec![taxi()],
        &[
            ("stream_heartbeat_ms", "20"),
            ("stream_rows", "2"),
            ("stream_read_bytes", "1024"),
            ("stream_buffer_bytes", "1024"),
        ],
    )
    .await;
    let mut stream = Stream::open(&server, "/catches", None).await;
    assert_eq!(stream.part().await.as_deref(), Some("retry: 1000"));
    assert_eq!(stream.part().await.as_deref(), Some(": current whole"), "nothing is there");
    assert_eq!(stream.part().await.as_deref(), Some(":"));
    let mut placed = vec![];
    for _ in 0..7 {
        placed.push(server.listed().await);
    }
    let mut heard = vec![];
    for _ in &placed {
        heard.push(stream.event().await.data["id"].as_u64().expect("an id"));
    }
    assert_eq!(heard, placed);
    assert_eq!(server.gateway.request("GET", "/catches/999", &[("accept", "text/event-stream")], "").await.status, 404);
    assert_eq!(server.gateway.request("GET", "/messages", &[("accept", "text/event-stream")], "").await.status, 400);
}
