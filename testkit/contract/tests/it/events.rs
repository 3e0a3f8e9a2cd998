//! Events: what is on a topic is told, and whoever listens is not asked.
use crate::{object, said};
use contract::asyncapi;
use serde_json::{Value, json};

/// A topic with one event, said by one and heard by another.
fn topic(payload: Value) -> Value {
    let says = json!([{"$ref": "#/channels/taxiteam/messages/CatchRequested"}]);
    json!({
        "asyncapi": "3.0.0",
        "channels": {"taxiteam": {
            "address": "taxiteam",
            "messages": {"CatchRequested": {"$ref": "#/components/messages/CatchRequested"}},
        }},
        "operations": {
            "catchSays": {"action": "send", "messages": says},
            "mypageHears": {"action": "receive", "messages": says},
        },
        "components": {"messages": {"CatchRequested": {"contentType": "application/json", "payload": payload}}},
    })
}

fn event(fields: Value, needed: Value) -> Value {
    topic(object(fields, needed))
}

#[track_caller]
fn both(before: &Value, after: &Value, forth: &[&str], back: &[&str]) {
    assert_eq!(said(&asyncapi(before, after)), forth);
    assert_eq!(said(&asyncapi(after, before)), back);
}

#[test]
fn a_field_may_be_added_and_not_lost() {
    let some = event(json!({"driver": {"type": "string"}}), json!(["driver"]));
    let none = event(json!({}), json!([]));
    let lost = "breaks: CatchRequested lost field `driver`";
    both(&some, &none, &[lost], &["harmless: CatchRequested has a new field `driver`"]);
    let often = event(json!({"driver": {"type": "string"}}), json!([]));
    let missing = "breaks: CatchRequested: field `driver` may be missing now";
    both(&some, &often, &[missing], &["harmless: CatchRequested: field `driver` is always there now"]);
}

#[test]
fn a_type_and_its_words_are_told_as_in_answers() {
    let of = |schema: Value| event(json!({"x": schema}), json!([]));
    let other = |from: &str, to: &str| format!("breaks: CatchRequested's field `x` changed from {from} to {to}");
    let (text, truth) = (of(json!({"type": "string"})), of(json!({"type": "boolean"})));
    both(&text, &truth, &[&other("text", "true or false")], &[&other("true or false", "text")]);
    let lost = "breaks: CatchRequested's field `x` lost the word `b`: it is not said any more";
    let new = "breaks: CatchRequested's field `x` has a new word: `b`";
    both(&of(json!({"enum": ["a", "b"]})), &of(json!({"enum": ["a"]})), &[lost], &[new]);
}

#[test]
fn an_event_may_come_and_not_go() {
    let some = topic(json!({}));
    let mut none = some.clone();
    none["channels"]["taxiteam"]["messages"] = json!({});
    none["operations"] = json!({});
    let gone = ["breaks: CatchRequested by catchSays is not said any more", "breaks: CatchRequested is gone"];
    both(
        &some,
        &none,
        &gone,
        &["harmless: CatchRequested by catchSays is said now", "harmless: CatchRequested is new"],
    );
}

#[test]
fn a_topic_keeps_its_address() {
    let some = topic(json!({}));
    let (mut moved, mut none) = (some.clone(), some.clone());
    moved["channels"]["taxiteam"]["address"] = json!("taxi");
    let other = "breaks: topic taxiteam stands at another address";
    both(&some, &moved, &[other], &[other]);
    none["channels"] = json!({});
    both(&some, &none, &["breaks: topic taxiteam is gone"], &["harmless: topic taxiteam is new"]);
}

#[test]
fn what_is_said_of_a_broker_may_come_and_not_change() {
    let some = topic(json!({}));
    let (mut bound, mut other) = (some.clone(), some.clone());
    bound["channels"]["taxiteam"]["bindings"] = json!({"kafka": {"topic": "taxiteam"}});
    other["channels"]["taxiteam"]["bindings"] = json!({"kafka": {"topic": "taxi"}});
    let changed = "breaks: topic taxiteam: how a broker has it changed";
    both(&some, &bound, &["harmless: topic taxiteam says how a broker has it"], &[changed]);
    both(&bound, &other, &[changed], &[changed]);
}

#[test]
fn who_listens_is_their_own_affair() {
    let some = topic(json!({}));
    let mut deaf = some.clone();
    deaf["operations"]["mypageHears"]["messages"] = json!([]);
    both(&some, &deaf, &["harmless: who hears what changed"], &["harmless: who hears what changed"]);
}

#[test]
fn an_event_is_written_as_it_was() {
    let some = topic(json!({}));
    let mut other = some.clone();
    other["components"]["messages"]["CatchRequested"]["contentType"] = json!("application/avro");
    let said = ["breaks: CatchRequested: `contentType` changed in a way that can't be judged"];
    both(&some, &other, &said, &said);
}
