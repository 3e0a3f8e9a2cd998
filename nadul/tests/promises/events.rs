//! Events: one frame, then the fields; ids, times, traces; what is private stays at home.
use crate::five::ALL;
use crate::promises::taxi::{cancel, listed, pick, taxi, trip};
use process::Nadul;
use serde_json::{Value, json};

const CORRELATION: &str = "order-4711";
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// What the log shows beside the frame and the fields.
const OURS: [&str; 2] = ["key", "published"];

fn is_uuid(text: &str) -> bool {
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    parts == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// RFC 3339 in UTC, to the microsecond: `2026-01-01T09:00:00.000000Z`.
fn is_time(text: &str) -> bool {
    let shape: String = text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    shape == "0000-00-00T00:00:00.000000Z"
}

#[test]
fn in_all_five_every_event_carries_the_frame() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["--data", "data"]);
    for system in &ALL {
        system.trades(&server, 1);
        let log = nadul.log(system.name);
        assert!(log.len() > 5, "{log:?}");
        for event in &log {
            let text = |name: &str| event[name].as_str().unwrap_or_default();
            assert!(is_uuid(text("eventId")) && is_time(text("timestamp")), "{event}");
            assert!(!text("eventType").is_empty() && !text("correlationId").is_empty(), "{event}");
            assert!(system.contexts.iter().any(|context| context.name == text("source")), "{event}");
            assert!(event["position"].as_u64().is_some_and(|position| position > 0), "{event}");
            assert_eq!(log.iter().filter(|other| other["eventId"] == event["eventId"]).count(), 1);
        }
        for context in system.contexts {
            let own = log.iter().filter(|event| event["source"] == context.name);
            let positions: Vec<u64> = own.filter_map(|event| event["position"].as_u64()).collect();
            assert!(positions.iter().copied().eq(1..=positions.len() as u64), "{}: {positions:?}", context.name);
        }
        let document = server.get(&format!("/{}/asyncapi.json", system.name)).expect_status(200);
        let channels = document["channels"].as_object().expect("channels");
        assert!(channels.values().all(|channel| channel["address"] == system.topic), "{channels:?}");
        let told = document["components"]["messages"].as_object().expect("messages");
        for event in &log {
            let name = event["eventType"].as_str().expect("a name");
            assert_eq!(told.contains_key(name), event["published"] == true, "{name}: the private ones are nobody's");
            let described = told.get(name).map(|message| &message["payload"]["properties"]);
            for field in event.as_object().expect("an event").keys().filter(|field| !OURS.contains(&field.as_str())) {
                assert!(
                    described.is_none_or(|fields| fields.get(field).is_some()),
                    "{name} is said to have no {field}"
                );
            }
        }
    }
}

/// From the request to the last consequence of it, in every context.
#[test]
fn correlation_and_trace_go_with_everything_that_follows() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
    let headers = [("x-correlation-id", CORRELATION), ("traceparent", parent.as_str())];
    let made = server.request_with("POST", "/catches", &headers, &trip("kim").to_string());
    made.expect_status(201);
    assert_eq!(made.header("x-correlation-id"), CORRELATION);
    server.wait_for_text(&format!("/catchReqLists/{}", made.id()), "\"id\"");
    server.wait_until_idle();
    let log = nadul.log("taxi");
    let sources = ["catch", "payment", "pickup", "message"];
    for source in sources {
        let of = log.iter().filter(|event| event["source"] == source).collect::<Vec<_>>();
        assert!(!of.is_empty(), "{source} has heard of it");
        for event in of {
            assert_eq!(event["correlationId"], CORRELATION, "{event}");
            assert_eq!(event["traceparent"], parent, "{event}");
        }
    }
    let other = listed(&server, "lee");
    let theirs = nadul.log("taxi").into_iter().filter(|event| event["key"] == other).collect::<Vec<_>>();
    assert!(theirs.iter().all(|event| event["correlationId"] == theirs[0]["correlationId"]), "{theirs:?}");
    assert!(theirs.iter().all(|event| event["correlationId"] != CORRELATION && event["traceparent"].is_null()));
    let broken = server.request_with(
        "POST",
        "/catches",
        &[("traceparent", "nonsense"), ("x-correlation-id", "a b")],
        &trip("kim").to_string(),
    );
    broken.expect_status(201);
    assert!(!broken.header("x-correlation-id").is_empty() && broken.header("x-correlation-id") != "a b");
}

#[test]
fn no_event_is_older_than_its_cause() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    let id = listed(&server, "kim");
    pick(&server, id).expect_status(201);
    server.wait_for_text(&format!("/catches/{id}"), "PickupAssigned");
    cancel(&server, id).expect_status(200);
    server.wait_for_text(&format!("/myPages/{id}"), "PaymentCancelled");
    server.wait_until_idle();
    let log = nadul.log("taxi");
    let time = |name: &str| {
        let event = log.iter().find(|event| event["eventType"] == name).unwrap_or_else(|| panic!("no {name}"));
        event["timestamp"].as_str().expect("a time").to_string()
    };
    let chain = [
        "MoneyHeld",
        "CatchRequested",
        "PaymentApproved",
        "RequestListed",
        "PickupAssigned",
        "CatchCancelled",
        "PaymentCancelled",
    ];
    assert!(chain.map(time).is_sorted());
    let mine: Vec<&Value> = log.iter().filter(|event| event["published"] == true).collect();
    assert!(mine.iter().all(|event| event["key"] == json!(id)), "{mine:?}");
}
