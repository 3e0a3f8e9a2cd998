//! A process at work: alive, ready, counted; and no larger than loopback.
use crate::promises::taxi::{hail, taxi};
use process::{Nadul, embedded_only};

#[test]
fn it_says_that_it_lives_and_that_it_is_ready() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "stay", "--data", "data"]);
    assert_eq!(server.get("/health/live").expect_status(200)["status"], "up");
    let ready = server.wait_until("/health/ready", "ready", |answer| answer.status == 200).json();
    assert_eq!((&ready["systems"]["taxi"], &ready["systems"]["stay"]), (&true.into(), &true.into()));
}

#[test]
fn it_counts_what_it_does() {
    embedded_only!("each process of many counts what is its own");
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    let id = hail(&server, "kim");
    server.wait_for_text(&format!("/myPages/{id}"), "kim");
    for line in [
        "nadul_http_requests_total{system=\"taxi\",method=\"POST\",route=\"/catches\",status=\"201\"} 1",
        "nadul_http_request_seconds_bucket{system=\"taxi\",method=\"POST\",route=\"/catches\",le=",
        "nadul_lag_events{system=\"taxi\",context=\"payment\",consumer=\"policies\",source=\"catch\"} 0",
        "nadul_commits_total{system=\"taxi\",context=\"catch\"} ",
        "nadul_breaker{system=\"taxi\",context=\"catch\",to=\"payment\",state=\"closed\"} 1",
    ] {
        server.wait_for_text("/metrics", line);
    }
}
