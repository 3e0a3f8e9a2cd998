//! What is too large, too deep or no JSON at all; and that each limit is a setting.
use crate::promises::taxi::{is_empty, set, taxi, trip, trip_with};
use process::{Nadul, ServerProcess};
use serde_json::json;

fn padded(bytes: usize) -> String {
    let without_links = r#"{"price":5,"startingPoint":"a","destination":"b","customer":"kim","x":""}"#;
    without_links.replace(r#""x":"""#, &format!(r#""x":"{}""#, "y".repeat(bytes - without_links.len())))
}

#[test]
fn what_is_too_large_or_no_json_is_refused() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    what_is_no_json_object_is_400(&server);
    a_body_of_more_than_64_kib_is_413(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn what_is_no_json_object_is_400(server: &ServerProcess) {
    let deep = |levels: usize| format!(r#"{{"x":{}1{}}}"#, "[".repeat(levels), "]".repeat(levels));
    for body in ["{", "[]", "5", "\"text\"", "null", "{\"a\":1,}", "{'a':1}", "{\"a\":01}", "{}{}", "nonsense"] {
        server.request_with("POST", "/catches", &[], body).expect_problem(400, "malformed-json");
        server.request_with("PATCH", "/catches/1", &[], body).expect_problem(400, "malformed-json");
    }
    for levels in [32, 1000, 30_000] {
        server.request_with("POST", "/catches", &[], &deep(levels)).expect_problem(400, "malformed-json");
    }
    server.request_with("POST", "/catches", &[], &deep(31)).expect_problem(400, "invalid-fields");
    is_empty(server);
}

fn a_body_of_more_than_64_kib_is_413(server: &ServerProcess) {
    for bytes in [65_537, 200_000] {
        let refused = server.request_with("POST", "/catches", &[], &padded(bytes));
        refused.expect_problem(413, "body-too-large");
    }
    is_empty(server);
    server.request_with("POST", "/catches", &[], &padded(65_536)).expect_status(201);
}

#[test]
fn every_limit_is_a_setting() {
    let nadul = Nadul::new();
    let settings = ["http.text_chars_max=5", "http.body_bytes_max=200", "http.page_size=2", "http.page_size_max=3"];
    let server = set(&nadul, &settings);
    server.post("/catches", &trip_with("destination", "123456")).expect_problem(400, "invalid-fields");
    server.request_with("POST", "/catches", &[], &padded(201)).expect_problem(413, "body-too-large");
    for _ in 0..4 {
        server.post("/catches", &trip("kim")).expect_status(201);
    }
    let size = |path: &str| server.get(path).json()["page"]["size"].clone();
    assert_eq!((size("/catches"), size("/catches?size=9")), (json!(2), json!(3)));
    assert_eq!(server.get("/catches?size=9").rows().len(), 3);
}
