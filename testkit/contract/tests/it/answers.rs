//! What clients are told: it may become narrower, never wider.
use crate::{answering, both, document, object};
use serde_json::{Value, json};

const WHO: &str = "POST /orders: the answer";

/// One field of an answer, then and now.
#[track_caller]
fn field(before: Value, after: Value, forth: &[&str], back: &[&str]) {
    let of = |schema: Value| answering(object(json!({"x": schema}), json!(["x"])));
    both(&of(before), &of(after), forth, back);
}

#[test]
fn a_field_may_be_added_and_not_lost() {
    let none = answering(object(json!({}), json!([])));
    let one = answering(object(json!({"price": {"type": "integer"}}), json!(["price"])));
    let lost = "breaks: POST /orders: the answer lost field `price`";
    both(&one, &none, &[lost], &["harmless: POST /orders: the answer has a new field `price`"]);
}

#[test]
fn a_field_that_was_always_there_may_not_be_missing() {
    let always = answering(object(json!({"x": {"type": "string"}}), json!(["x"])));
    let often = answering(object(json!({"x": {"type": "string"}}), json!([])));
    let missing = format!("breaks: {WHO}: field `x` may be missing now");
    both(&always, &often, &[&missing], &[&format!("harmless: {WHO}: field `x` is always there now")]);
}

#[test]
fn a_type_may_become_narrower() {
    let (whole, any) = (json!({"type": "integer"}), json!({"type": "number"}));
    let wider = format!("breaks: {WHO}'s field `x` changed from whole number to number");
    field(whole, any, &[&wider], &[&format!("harmless: {WHO}'s field `x` changed from number to whole number")]);
    let (some, maybe) = (json!({"type": "string"}), json!({"type": ["string", "null"]}));
    let null = format!("breaks: {WHO}'s field `x` may be null now");
    field(some, maybe, &[&null], &[&format!("harmless: {WHO}'s field `x` is never null any more")]);
}

#[test]
fn a_word_that_is_never_said_again_and_one_nobody_knows_both_break() {
    let lost = format!("breaks: {WHO}'s field `x` lost the word `b`: it is not said any more");
    let new = format!("breaks: {WHO}'s field `x` has a new word: `b`");
    field(json!({"enum": ["a", "b"]}), json!({"enum": ["a"]}), &[&lost], &[&new]);
}

#[test]
fn limits_may_be_tightened_and_not_loosened() {
    let looser = format!("breaks: {WHO}'s field `x`: `maximum` was 8 and is 9");
    let tighter = format!("harmless: {WHO}'s field `x`: `maximum` was 9 and is 8");
    field(json!({"type": "integer", "maximum": 8}), json!({"type": "integer", "maximum": 9}), &[&looser], &[&tighter]);
    let gone = format!("breaks: {WHO}'s field `x` lost a rule: `format` was `\"uuid\"`");
    let new = format!("harmless: {WHO}'s field `x` has a new rule: `format` is `\"uuid\"`");
    field(json!({"type": "string", "format": "uuid"}), json!({"type": "string"}), &[&gone], &[&new]);
}

#[test]
fn a_schema_is_followed_to_where_it_stands() {
    let row = |fields: Value| {
        let mut document = answering(json!({"$ref": "#/components/schemas/Row"}));
        document["components"]["schemas"]["Row"] = object(fields, json!([]));
        document
    };
    let lost = format!("breaks: {WHO} lost field `x`");
    both(
        &row(json!({"x": {"type": "string"}})),
        &row(json!({})),
        &[&lost],
        &[&format!("harmless: {WHO} has a new field `x`")],
    );
    let endless = json!({"inside": {"$ref": "#/components/schemas/Row"}});
    both(&row(endless.clone()), &row(endless), &[], &[]);
}

#[test]
fn statuses_may_not_go_and_successes_not_come() {
    let with = |statuses: &[&str]| {
        let all = statuses.iter().map(|status| (status.to_string(), json!({"description": "d"})));
        document(json!({"responses": Value::Object(all.collect())}))
    };
    let gone = "breaks: POST /orders: status 409 is gone";
    both(&with(&["201", "409"]), &with(&["201"]), &[gone], &["harmless: POST /orders: status 409 is new"]);
    let gone = "breaks: POST /orders: status 202 is gone";
    both(&with(&["201"]), &with(&["201", "202"]), &["breaks: POST /orders: status 202 is new"], &[gone]);
}

#[test]
fn headers_and_media_types_may_not_go() {
    let with = |answer: Value| document(json!({"responses": {"201": answer}}));
    let (some, none) = (json!({"headers": {"ETag": {"schema": {"type": "string"}}}}), json!({}));
    let lost = format!("breaks: {WHO} lost header `ETag`");
    both(&with(some.clone()), &with(none.clone()), &[&lost], &[&format!("harmless: {WHO} has a new header `ETag`")]);
    let number = json!({"headers": {"ETag": {"schema": {"type": "integer"}}}});
    let other = |from: &str, to: &str| format!("breaks: {WHO}'s header `ETag` changed from {from} to {to}");
    both(&with(some), &with(number), &[&other("text", "whole number")], &[&other("whole number", "text")]);
    let live = json!({"content": {"text/event-stream": {}}});
    let gone = format!("breaks: {WHO} is not told as text/event-stream any more");
    both(&with(live), &with(none), &[&gone], &[&format!("harmless: {WHO} is told as text/event-stream too")]);
}

#[test]
fn what_every_refusal_says_is_named_once() {
    let with = |fields: Value| {
        let problem =
            json!({"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
        let mut document = document(json!({"responses": {"400": problem.clone(), "409": problem}}));
        document["components"]["schemas"]["Problem"] = object(fields, json!([]));
        document
    };
    let lost = "breaks: every problem lost field `detail`";
    let new = "harmless: every problem has a new field `detail`";
    both(&with(json!({"detail": {"type": "string"}})), &with(json!({})), &[lost], &[new]);
}

#[test]
fn a_cause_may_come_and_not_go() {
    let with = |codes: Value| {
        let problem =
            json!({"content": {"application/problem+json": {"schema": {"type": "object"}, "examples": codes}}});
        document(json!({"responses": {"409": problem}}))
    };
    let lost = "breaks: POST /orders: the answer 409 lost the cause `delivered`";
    let new = "harmless: POST /orders: the answer 409 has a new cause: `delivered`";
    both(&with(json!({"delivered": {}, "rejected": {}})), &with(json!({"rejected": {}})), &[lost], &[new]);
}
