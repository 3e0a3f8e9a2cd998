//! What holds in each of the five at rest, whatever happened before: money, messages, views and events agree.
use crate::five::ListedSystem;
use process::ServerProcess;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Of a thing on offer, not of a request; its key is the thing's.
const OF_AN_OFFER: [&str; 3] = ["Registered", "Modified", "Deleted"];

/// The published events of each request, by its id, in the order of the log.
pub fn published(server: &ServerProcess, system: &ListedSystem) -> BTreeMap<u64, Vec<Value>> {
    let mut events: BTreeMap<u64, Vec<Value>> = BTreeMap::new();
    for event in server.nadul.log(system.name) {
        let name = event["eventType"].as_str().expect("a type");
        let of_a_request = !OF_AN_OFFER.iter().any(|end| name.ends_with(end)) && !name.starts_with("Review");
        if event["published"] == true && of_a_request {
            events.entry(event["key"].as_u64().expect("a key")).or_default().push(event);
        }
    }
    events
}

/// The requests of which an event of this name was published, in the order of the log.
pub fn events_named(server: &ServerProcess, system: &ListedSystem, name: &str) -> Vec<u64> {
    let log = server.nadul.log(system.name).into_iter().filter(|event| event["eventType"] == name);
    log.filter_map(|event| event["key"].as_u64()).collect()
}

#[track_caller]
pub fn is_sound(server: &ServerProcess, system: &ListedSystem) {
    server.wait_until_idle_in(system.name);
    no_rule_is_broken(&server.get(&system.path("operator/contexts")).json());
    let requests = system.rows(server, system.requests);
    money_is_conserved(server, system, &requests);
    each_event_is_as_its_page_lists_it(server, system);
    let events = published(server, system);
    what_is_said_of_a_request_is_the_requests(server, system, &requests, &events);
    each_message_is_sent_once(server, system, &requests, &events);
    the_view_agrees(server, system, &requests, &events);
    (system.own_rules)(server);
}

/// Where contexts work in several processes, none of them sees all at one moment, and says nothing.
#[track_caller]
fn no_rule_is_broken(status: &Value) {
    let mut contexts = status["contexts"].as_array().into_iter().flatten();
    let due = if contexts.all(|context| context["here"] == true) { serde_json::json!([]) } else { Value::Null };
    assert_eq!(status["broken"], due);
}

/// The published ones have their fields and no other; all others are private.
fn each_event_is_as_its_page_lists_it(server: &ServerProcess, system: &ListedSystem) {
    for event in server.nadul.log(system.name) {
        let listed = system.published.iter().find(|listed| event["eventType"] == listed.name);
        assert_eq!(event["published"], listed.is_some(), "{event}");
        listed.into_iter().for_each(|listed| listed.has_its_fields(&event));
    }
}

/// Every event and every row of a request has the request's own values, wherever it has a field of the same name.
fn what_is_said_of_a_request_is_the_requests(
    server: &ServerProcess,
    system: &ListedSystem,
    requests: &[Value],
    events: &BTreeMap<u64, Vec<Value>>,
) {
    let of_requests = system.collections().filter(|rows| rows.finds.contains(&system.key));
    let rows: Vec<Value> = of_requests.flat_map(|rows| system.rows(server, rows.name)).collect();
    for request in requests {
        let id = request["id"].as_u64().expect("an id");
        let own = request.as_object().expect("a row").iter();
        let own = own.filter(|(name, _)| !["id", "_links", system.request_status.field].contains(&name.as_str()));
        let of_it = rows.iter().filter(|row| row[system.key] == id);
        for (said, (name, value)) in
            of_it.chain(events.get(&id).into_iter().flatten()).flat_map(|said| own.clone().map(move |own| (said, own)))
        {
            assert!(said.get(name).is_none_or(|said| said == value), "{name} of {request}: {said}");
        }
    }
}

fn sum<'a>(rows: impl Iterator<Item = &'a Value>, amount: &str) -> u64 {
    rows.map(|row| row[amount].as_u64().unwrap_or_else(|| panic!("no {amount} in {row}"))).sum()
}

/// Paid and not refunded = amount of the requests that stand; and one payment for each request that was paid for.
fn money_is_conserved(server: &ServerProcess, system: &ListedSystem, requests: &[Value]) {
    let (status, paid) = (&system.request_status, &system.payment_status);
    let payments = system.rows(server, "payments");
    let stands = |row: &&Value| status.standing.iter().any(|word| row[status.field] == *word);
    let was_paid = |row: &&Value| system.unpaid.is_none_or(|word| row[status.field] != word);
    let of = |word: &'static str| sum(payments.iter().filter(|row| row[paid.field] == word), system.amount);
    assert_eq!(of(paid.approved), sum(requests.iter().filter(stands), system.amount), "paid");
    let undone = requests.iter().filter(was_paid).filter(|row| !stands(row));
    assert_eq!(of(paid.refunded), sum(undone, system.amount), "refunded");
    let paid_for: Vec<&Value> = requests.iter().filter(was_paid).map(|row| &row["id"]).collect();
    assert_eq!(payments.iter().map(|row| &row[system.key]).collect::<Vec<_>>(), paid_for, "one payment each");
}

/// A request's messages are its events of which the customer is told: each once, word for word, at its time, in order.
fn each_message_is_sent_once(
    server: &ServerProcess,
    system: &ListedSystem,
    requests: &[Value],
    events: &BTreeMap<u64, Vec<Value>>,
) {
    let mut messages: BTreeMap<Option<u64>, Vec<Value>> = BTreeMap::new();
    for customer in requests.iter().filter_map(|row| row[system.customer].as_str()).collect::<BTreeSet<_>>() {
        for message in system.messages(server, customer) {
            assert_eq!(message["customer"], customer);
            messages.entry(message[system.key].as_u64()).or_default().push(message);
        }
    }
    for request in requests.iter().filter(|row| row[system.customer].is_string()) {
        let id = request["id"].as_u64().expect("an id");
        let messages = messages.remove(&Some(id)).unwrap_or_default();
        let seen = |row: &Value| (row["timestamp"].to_string(), row["eventType"].to_string());
        assert!(messages.is_sorted_by_key(|row| seen(row).0), "{messages:?}");
        let (mut sent, mut told): (Vec<_>, Vec<_>) = (messages.iter().collect(), vec![]);
        for event in events.get(&id).into_iter().flatten() {
            let listed = system.published.iter().find(|listed| event["eventType"] == listed.name && listed.is_told());
            told.extend(listed.map(|listed| (listed, event)));
        }
        sent.sort_by_key(|row| seen(row));
        told.sort_by_key(|(_, event)| seen(event));
        let times = |all: Vec<&Value>| all.into_iter().map(seen).collect::<Vec<_>>();
        assert_eq!(times(sent.clone()), times(told.iter().map(|(_, event)| *event).collect()), "messages of {request}");
        told.iter().zip(sent).for_each(|((listed, event), message)| listed.has_its_text(event, message));
    }
    assert!(messages.is_empty(), "of no request: {messages:?}");
}

/// One row for each request; it shows the request's status, what its other contexts say, and each of its events once.
fn the_view_agrees(
    server: &ServerProcess,
    system: &ListedSystem,
    requests: &[Value],
    events: &BTreeMap<u64, Vec<Value>>,
) {
    let rows = system.rows(server, system.views);
    let shown: BTreeMap<Option<u64>, &Value> = rows.iter().map(|row| (row[system.key].as_u64(), row)).collect();
    let by_request = |collection: &'static str| -> (&str, BTreeMap<u64, Value>) {
        let rows = system.rows(server, collection).into_iter();
        (collection, rows.map(|row| (row[system.key].as_u64().expect("an id"), row)).collect())
    };
    let filled: BTreeMap<_, _> = system.view_columns.iter().map(|(_, rows, _)| *rows).map(by_request).collect();
    for request in requests {
        let id = request["id"].as_u64().expect("an id");
        let Some(row) = shown.get(&Some(id)) else {
            assert_eq!(system.views, "roomviews", "{request} is not shown"); // a room shows its latest reservation
            continue;
        };
        let word = &request[system.request_status.field];
        let shown = system.view_words.iter().find(|(of, _)| word == of).map(|(_, shown)| *shown);
        let shown = shown.unwrap_or_else(|| panic!("nobody knows how {word} is shown"));
        assert!(shown.iter().any(|word| row[system.view_status] == *word), "{request} is shown as {row}");
        for (column, collection, field) in system.view_columns {
            let owned = filled[collection].get(&id).map_or(&Value::Null, |owned| &owned[*field]);
            assert_eq!(row[*column], *owned, "{column} of {row}");
        }
        if system.views != "roomviews" {
            let ids = |all: &[Value]| {
                let mut ids: Vec<String> = all.iter().map(|entry| entry["eventId"].to_string()).collect();
                ids.sort();
                ids
            };
            assert_eq!(ids(row["history"].as_array().expect("a history")), ids(&events[&id]), "{row}");
        }
    }
    if system.views != "roomviews" {
        assert_eq!(rows.len(), requests.len(), "one row each");
    }
}
