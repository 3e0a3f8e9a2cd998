//! Messages: one per thing the customer should hear, for that customer, with the time of its event and in that order.
use crate::five::ALL;
use crate::promises::taxi::{cancel, listed, pick, taxi};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn messages_are_listed_in_order_for_their_customer() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    messages_are_listed_in_order_of_their_events(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn messages_are_listed_in_order_of_their_events(server: &ServerProcess) {
    let (first, second) = (listed(server, "kim"), listed(server, "kim"));
    for id in [second, first] {
        pick(server, id).expect_status(201);
        server.wait_for_text(&format!("/catches/{id}"), "PickupAssigned");
        server.wait_until_idle();
    }
    for id in [first, second] {
        cancel(server, id).expect_status(200);
        server.wait_until_idle();
    }
    let heard = server.wait_for_count("/messages?customer=kim", 10).rows();
    let times: Vec<&str> = heard.iter().filter_map(|row| row["timestamp"].as_str()).collect();
    assert!(times.len() == 10 && times.is_sorted(), "{heard:?}");
    let paged: Vec<Value> =
        (0..5).flat_map(|page| server.get(&format!("/messages?customer=kim&size=2&page={page}")).rows()).collect();
    assert_eq!(
        paged.into_iter().map(without_links).collect::<Vec<_>>(),
        heard.into_iter().map(without_links).collect::<Vec<_>>()
    );
}

#[test]
fn in_all_five_a_customer_hears_of_their_own_requests() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["--data", "data"]);
    for system in &ALL {
        system.trades(&server, 2);
        let path = format!("/{}/messages", system.name);
        server.get(&path).expect_problem(400, "invalid-query");
        server.get(&format!("{path}?customer=")).expect_problem(400, "invalid-query");
        let heard = server.wait_until(&format!("{path}?customer=kim"), "a message", |answer| !answer.rows().is_empty());
        for row in heard.rows() {
            let names: Vec<String> = row.as_object().expect("a row").keys().cloned().collect();
            let key = names.iter().find(|name| name.ends_with("Id")).cloned().expect("its correlation key");
            let expected = ["id", &key, "customer", "eventType", "ko", "en", "timestamp", "_links"];
            assert_eq!(names.iter().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(expected));
            assert_eq!(row["customer"], "kim");
            assert!(row["ko"].as_str().is_some_and(|text| !text.is_empty()) && row["en"].is_string(), "{row}");
            let one = server.get(&format!("{path}/{}", row["id"]));
            assert_eq!(one.expect_status(200), row);
            let same = server.get(&format!("{path}?customer=kim&{key}={}", row[&key])).rows();
            assert!(same.contains(&row) && same.iter().all(|other| other[&key] == row[&key]), "{same:?}");
            assert_eq!(server.get(&format!("{path}?{key}={}", row[&key])).rows(), same, "of one request, for anyone");
            let log = nadul.log(system.name);
            let of = |event: &&Value| event["eventType"] == row["eventType"] && event["timestamp"] == row["timestamp"];
            assert_eq!(log.iter().filter(of).count(), 1, "{row} carries the time of its event");
        }
        assert_eq!(server.get(&format!("{path}?customer=nobody")).rows(), Vec::<Value>::new());
        server.post(&path, &json!({ "customer": "kim", "ko": "x" })).expect_problem(405, "wrong-method");
    }
}
