//! `/live`: several streams over one connection.
use crate::live::{Event, Stream};
use crate::test_server::{TRIP, TestServer, open, taxi, taxi_alone};
use serde_json::{Value, json};

const BOTH: &str = "/live?watch=/catchReqLists&watch=/messages%3Fcustomer%3DKim";

/// What the next event says, and what it does not: events without an id are those that tell of the watch itself.
async fn next(stream: &mut Stream) -> (String, Value) {
    loop {
        let part = stream.part().await.expect("the stream goes on");
        let field = |name: &str| part.lines().find_map(|line| line.strip_prefix(name)).map(str::to_string);
        if let (Some(kind), Some(data)) = (field("event: "), field("data: ")) {
            return (kind, serde_json::from_str(&data).expect("json"));
        }
    }
}

/// What should come soon, or the test fails instead of going on for ever.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(std::time::Duration::from_secs(10), what).await.expect("in time")
}

async fn until(stream: &mut Stream, is_it: impl Fn(&Event) -> bool) -> Event {
    loop {
        let event = stream.event().await;
        if is_it(&event) {
            return event;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_a_page_shows_comes_over_one_connection() {
    let server = taxi_alone().await;
    let mut stream = Stream::open(&server, BOTH, None).await;
    let mut current = [next(&mut stream).await, next(&mut stream).await];
    current.sort_by_key(|(_, data)| data["watch"].as_u64());
    let expected = [0, 1].map(|watch| ("current".to_string(), json!({"watch": watch, "whole": true})));
    assert_eq!(current, expected);
    let id = server.listed().await;
    let (mut is_listed, mut is_told) = (false, false);
    while !(is_listed && is_told) {
        let event = stream.event().await;
        assert_eq!(event.name, "row");
        is_listed |= event.data["watch"] == 0 && event.data["row"]["id"] == id;
        is_told |= event.data["watch"] == 1 && event.data["row"]["matchId"] == id;
    }
    server.gateway.request("PATCH", &format!("/catches/{id}"), &[], r#"{"status":"Cancel"}"#).await;
    let gone = until(&mut stream, |event| event.data["watch"] == 0).await;
    assert_eq!((gone.name.as_str(), gone.data), ("deleted", json!({"watch": 0, "id": id})));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_watch_goes_on_where_it_was() {
    let server = taxi_alone().await;
    let first = server.listed().await;
    let mut stream = Stream::open(&server, BOTH, None).await;
    let mut seen = until(&mut stream, |event| event.data["watch"] == 0).await;
    while seen.id.split(',').any(str::is_empty) {
        seen = stream.event().await;
    }
    drop(stream);
    let second = server.listed().await;
    let marks: Vec<&str> = seen.id.split(',').collect();
    let by_query = format!("{BOTH}&after={}&after={}", marks[0], marks[1]);
    for (path, header) in [(BOTH, Some(seen.id.as_str())), (&by_query, None)] {
        let mut stream = Stream::open(&server, path, header).await;
        let mut ids = vec![];
        loop {
            match next(&mut stream).await {
                (kind, data) if kind == "current" && data["watch"] == 0 => {
                    assert_eq!(data["whole"], false, "it did not begin at the start");
                    break;
                }
                (kind, data) if kind == "row" && data["watch"] == 0 => ids.push(data["row"]["id"].clone()),
                _ => {}
            }
        }
        assert_eq!(ids, [json!(second)], "{first} was seen");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_watched_says_why_and_the_others_go_on() {
    let server = open(vec![taxi()], &[]).await;
    let path = "/live?watch=/nowhere&watch=/catches/99&watch=/board&watch=/live%3Fwatch%3D/catches&watch=/catches%3Fpage%3Dx&watch=/catches";
    let mut stream = Stream::open(&server, path, None).await;
    let mut types = [""; 5].map(String::from);
    while types.iter().any(String::is_empty) {
        let (kind, data) = next(&mut stream).await;
        if kind == "problem" {
            let watch = data["watch"].as_u64().expect("a place") as usize;
            types[watch] =
                data["problem"]["type"].as_str().expect("a type").trim_start_matches("/problems/").to_string();
        }
    }
    assert_eq!(types, ["unknown-path", "unknown-id", "not-live", "unknown-path", "invalid-query"]);
    server.gateway.post("/catches", TRIP).await;
    assert_eq!(
        until(&mut stream, |event| event.name == "row" && event.data["watch"] == 5).await.data["row"]["customer"],
        "Kim"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_one_stream_whatever_it_watches_and_all_watched_paths_are_bounded() {
    let server = open(vec![taxi()], &[("streams_max", "1"), ("watched_max", "3")]).await;
    let mut stream = Stream::open(&server, BOTH, None).await;
    while next(&mut stream).await.0 != "current" {}
    let full = server.gateway.get(BOTH).await;
    assert_eq!((full.status, full.problem().as_str()), (503, "overloaded"));
    drop(stream);
    let four = "/live?watch=/catches&watch=/payments&watch=/myPages&watch=/pickUps";
    let opened = soon(async {
        loop {
            let answer = server.gateway.open("GET", four, &[("accept", "text/event-stream")], "").await;
            if answer.status() == 200 {
                break answer;
            }
        }
    });
    let mut stream = Stream::of(opened.await);
    let refused = loop {
        let (kind, data) = next(&mut stream).await;
        if kind == "problem" {
            break data;
        }
    };
    assert_eq!(refused["problem"]["reason"], "streams-full", "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_names_no_watch_or_too_many_is_refused() {
    let server = open(vec![taxi()], &[("watches_max", "2")]).await;
    let refused: &[(&str, &str)] = &[
        ("/live", "missing"),
        ("/live?watch=", "path"),
        ("/live?watch=catches", "path"),
        ("/live?watch=http://elsewhere/catches", "path"),
        ("/live?watch=/a%0D%0Ab", "path"),
        ("/live?watch=/catches&page=1", "unknown"),
        ("/live?watch=/catches&watch=/catches&watch=/catches", "many"),
    ];
    for (path, code) in refused {
        let answer = server.gateway.get(path).await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "invalid-query"), "{path}");
        assert_eq!(answer.json()["errors"][0]["code"], *code, "{path}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_told_that_a_context_was_stopped_that_it_runs_again_and_that_its_connection_lives() {
    let server = open(vec![taxi()], &[("stream_heartbeat_ms", "100")]).await;
    let mut stream = Stream::open(&server, BOTH, None).await;
    let switch = |running: &'static str| server.gateway.request("PUT", "/sandbox/contexts/pickup", &[], running);
    for (running, is_running) in [(r#"{"running":false}"#, false), (r#"{"running":true}"#, true)] {
        assert_eq!(switch(running).await.status, 200);
        let told = soon(async {
            loop {
                let (kind, data) = next(&mut stream).await;
                if kind == "running" {
                    break data;
                }
            }
        })
        .await;
        assert_eq!(told, json!({"watch": 0, "running": is_running}));
    }
    soon(async { while next(&mut stream).await != ("alive".to_string(), json!({})) {} }).await;
    switch(r#"{"running":false}"#).await;
    soon(async { while next(&mut stream).await.1["running"] != false {} }).await;
    let mut late = Stream::open(&server, BOTH, None).await;
    soon(async { while next(&mut late).await.1 != json!({"watch": 0, "running": false}) {} }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_end_together_when_the_edge_stops() {
    let server: TestServer = taxi_alone().await;
    let mut stream = Stream::open(&server, BOTH, None).await;
    let _open = next(&mut stream).await;
    server.shutdown.cancel();
    while stream.part().await.is_some() {}
}
