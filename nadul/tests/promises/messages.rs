//! Messages: one per thing the customer should hear, for that customer, with the time of its event and in that order.
use crate::five::ALL;
use crate::taxi::{cancel, listed, pick, taxi};
use process::{Nadul, bare};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn in_all_five_a_customer_hears_of_their_own_requests() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["--data", "data"]);
    for system in &ALL {
        system.trades(&served, 2);
        let path = format!("/{}/messages", system.name);
        served.get(&path).refused(400, "invalid-query");
        served.get(&format!("{path}?customer=")).refused(400, "invalid-query");
        let heard = served.becomes(&format!("{path}?customer=kim"), "a message", |answer| !answer.rows().is_empty());
        for row in heard.rows() {
            let names: Vec<String> = row.as_object().expect("a row").keys().cloned().collect();
            let key = names.iter().find(|name| name.ends_with("Id")).cloned().expect("its correlation key");
            let expected = ["id", &key, "customer", "eventType", "ko", "en", "timestamp", "_links"];
            assert_eq!(names.iter().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(expected));
            assert_eq!(row["customer"], "kim");
            assert!(row["ko"].as_str().is_some_and(|text| !text.is_empty()) && row["en"].is_string(), "{row}");
            let one = served.get(&format!("{path}/{}", row["id"]));
            assert_eq!(one.with(200), row);
            let same = served.get(&format!("{path}?customer=kim&{key}={}", row[&key])).rows();
            assert!(same.contains(&row) && same.iter().all(|other| other[&key] == row[&key]), "{same:?}");
            let log = nadul.log(system.name);
            let of = |event: &&Value| event["eventType"] == row["eventType"] && event["timestamp"] == row["timestamp"];
            assert_eq!(log.iter().filter(of).count(), 1, "{row} carries the time of its event");
        }
        assert_eq!(served.get(&format!("{path}?customer=nobody")).rows(), Vec::<Value>::new());
        served.post(&path, &json!({ "customer": "kim", "ko": "x" })).refused(405, "wrong-method");
    }
}

#[test]
fn messages_are_listed_in_order_of_their_events() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let (first, second) = (listed(&served, "kim"), listed(&served, "kim"));
    for id in [second, first] {
        pick(&served, id).with(201);
        served.shows(&format!("/catches/{id}"), "PickupAssigned");
        served.rests();
    }
    for id in [first, second] {
        cancel(&served, id).with(200);
        served.rests();
    }
    let heard = served.counts("/messages?customer=kim", 8).rows();
    let times: Vec<&str> = heard.iter().filter_map(|row| row["timestamp"].as_str()).collect();
    assert!(times.len() == 8 && times.is_sorted(), "{heard:?}");
    let paged: Vec<Value> =
        (0..4).flat_map(|page| served.get(&format!("/messages?customer=kim&size=2&page={page}")).rows()).collect();
    assert_eq!(paged.into_iter().map(bare).collect::<Vec<_>>(), heard.into_iter().map(bare).collect::<Vec<_>>());
}

/// message was down for the whole life of a request: it learns the customer from the request, and tells everything.
#[test]
fn the_customer_is_learned_from_the_requests_event_whichever_comes_first() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    served.works("taxi", "message", false);
    let ids = [listed(&served, "kim"), listed(&served, "이 순신")];
    for id in ids {
        pick(&served, id).with(201);
        cancel(&served, id).with(200);
        served.shows(&format!("/myPages/{id}"), "PaymentCancelled");
    }
    served.works("taxi", "message", true);
    for (id, customer) in ids.iter().zip(["kim", "%EC%9D%B4%20%EC%88%9C%EC%8B%A0"]) {
        let heard = served.counts(&format!("/messages?customer={customer}"), 4).rows();
        assert!(heard.iter().all(|row| row["matchId"] == *id), "{heard:?}");
        let times: Vec<&str> = heard.iter().filter_map(|row| row["timestamp"].as_str()).collect();
        assert!(times.is_sorted(), "{heard:?}");
    }
}
