//! What is too large, too deep or no JSON at all; and that each limit is a setting.
use crate::taxi::{is_empty, set, taxi, trip, trip_with};
use process::Nadul;
use serde_json::json;

fn padded(bytes: usize) -> String {
    let bare = r#"{"price":5,"startingPoint":"a","destination":"b","customer":"kim","x":""}"#;
    bare.replace(r#""x":"""#, &format!(r#""x":"{}""#, "y".repeat(bytes - bare.len())))
}

#[test]
fn a_body_of_more_than_64_kib_is_413() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    for bytes in [65_537, 200_000] {
        let refused = served.send("POST", "/catches", &[], &padded(bytes));
        refused.refused(413, "body-too-large");
    }
    is_empty(&served);
    served.send("POST", "/catches", &[], &padded(65_536)).with(201);
}

#[test]
fn what_is_no_json_object_is_400() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let deep = |levels: usize| format!(r#"{{"x":{}1{}}}"#, "[".repeat(levels), "]".repeat(levels));
    for body in ["{", "[]", "5", "\"text\"", "null", "{\"a\":1,}", "{'a':1}", "{\"a\":01}", "{}{}", "nonsense"] {
        served.send("POST", "/catches", &[], body).refused(400, "malformed-json");
        served.send("PATCH", "/catches/1", &[], body).refused(400, "malformed-json");
    }
    for levels in [32, 1000, 30_000] {
        served.send("POST", "/catches", &[], &deep(levels)).refused(400, "malformed-json");
    }
    served.send("POST", "/catches", &[], &deep(31)).refused(400, "invalid-fields");
    is_empty(&served);
}

#[test]
fn every_limit_is_a_setting() {
    let nadul = Nadul::new();
    let settings = ["http.text_chars_max=5", "http.body_bytes_max=200", "http.page_size=2", "http.page_size_max=3"];
    let served = set(&nadul, &settings);
    served.post("/catches", &trip_with("destination", "123456")).refused(400, "invalid-fields");
    served.send("POST", "/catches", &[], &padded(201)).refused(413, "body-too-large");
    for _ in 0..4 {
        served.post("/catches", &trip("kim")).with(201);
    }
    let size = |path: &str| served.get(path).json()["page"]["size"].clone();
    assert_eq!((size("/catches"), size("/catches?size=9")), (json!(2), json!(3)));
    assert_eq!(served.get("/catches?size=9").rows().len(), 3);
}
