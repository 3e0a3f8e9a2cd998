//! Views: what has happened to a request, one entry an event, oldest first, the last ones of a long life.
use crate::five::ALL;
use crate::promises::taxi::{cancel, listed, pick, set};
use process::Nadul;
use serde_json::Value;

const LISTED: [&str; 4] = ["myPages", "callViews", "roomviews", "orderStatuses"];

#[test]
fn a_history_has_one_entry_an_event_oldest_first() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["--data", "data"]);
    for system in &ALL {
        system.trades(&server, 1);
        let log = nadul.log(system.name);
        for view in system.collections().filter(|rows| LISTED.contains(&rows.name)) {
            for row in server.get(&view.path(system)).rows() {
                let history = row["history"].as_array().unwrap_or_else(|| panic!("no history in {row}"));
                assert!(history.len() >= 2, "{row}");
                let times: Vec<&str> = history.iter().filter_map(|entry| entry["timestamp"].as_str()).collect();
                assert!(times.len() == history.len() && times.is_sorted(), "{row}");
                for entry in history {
                    let keys: Vec<&String> = entry.as_object().expect("an entry").keys().collect();
                    assert_eq!(keys, ["eventId", "eventType", "timestamp"]);
                    let of: Vec<&Value> = log.iter().filter(|event| event["eventId"] == entry["eventId"]).collect();
                    assert_eq!(of.len(), 1, "{entry} is an event of the log");
                    assert!(of[0]["eventType"] == entry["eventType"] && of[0]["timestamp"] == entry["timestamp"]);
                    assert_eq!(of[0]["published"], true);
                    assert_eq!(history.iter().filter(|other| other["eventId"] == entry["eventId"]).count(), 1);
                }
            }
        }
    }
}

#[test]
fn a_long_life_shows_its_last_entries() {
    let nadul = Nadul::new();
    let server = set(&nadul, &["runtime.history_rows=4"]);
    let id = listed(&server, "kim");
    for _ in 0..3 {
        pick(&server, id).expect_status(201);
        server.wait_for_text(&format!("/catches/{id}"), "PickupAssigned");
        server.delete(&format!("/pickUps/{id}"));
        server.wait_for_text(&format!("/catches/{id}"), "approve");
    }
    pick(&server, id).expect_status(201);
    server.wait_for_text(&format!("/myPages/{id}"), "\"driver\":\"park\"");
    server.wait_until_idle();
    let history = server.get(&format!("/myPages/{id}")).json()["history"].clone();
    let types: Vec<&Value> = history.as_array().expect("a history").iter().map(|entry| &entry["eventType"]).collect();
    assert_eq!(types, ["PickupCancelled", "PickupAssigned", "PickupCancelled", "PickupAssigned"]);
    server.stop();
    nadul.check_data();
    let server = set(&nadul, &["runtime.history_rows=200"]);
    cancel(&server, id).expect_success();
    server.wait_until_idle();
    let page = server.get(&format!("/myPages/{id}")).json();
    assert!(page["history"].as_array().is_some_and(|history| history.len() > 4), "{page}");
    server.stop();
    nadul.check_data(); // what was cut stays cut, and is no fault
}
