//! What clients send: it may be taken more widely, never more narrowly.
use crate::{SAME, asking, both, object};
use serde_json::{Value, json};

const WHO: &str = "POST /orders: the request";

/// One field of a request, then and now.
#[track_caller]
fn field(before: Value, after: Value, forth: &[&str], back: &[&str]) {
    let of = |schema: Value| asking(object(json!({"x": schema}), json!([])));
    both(&of(before), &of(after), forth, back);
}

#[test]
fn nothing_is_said_of_what_is_the_same() {
    let same = object(json!({"x": {"type": "string"}}), json!(["x"]));
    both(&asking(same.clone()), &asking(same), &[], &[]);
}

#[test]
fn a_new_field_may_be_sent_but_not_demanded() {
    let none = asking(object(json!({}), json!([])));
    let optional = asking(object(json!({"x": {"type": "string"}}), json!([])));
    let needed = asking(object(json!({"x": {"type": "string"}}), json!(["x"])));
    let lost = format!("breaks: {WHO} does not read field `x` any more");
    both(&none, &optional, &[&format!("harmless: {WHO} has a new field `x`")], &[&lost]);
    both(&none, &needed, &[&format!("breaks: {WHO} has a new required field `x`")], &[&lost]);
    let more = format!("breaks: {WHO}: field `x` is required now");
    both(&optional, &needed, &[&more], &[&format!("harmless: {WHO}: field `x` need not be sent any more")]);
}

#[test]
fn a_field_inside_is_named_by_its_path() {
    let lines = |fields: Value| {
        asking(object(json!({"lines": {"type": "array", "items": object(fields, json!([]))}}), json!([])))
    };
    let lost = format!("breaks: {WHO} does not read field `lines[].x` any more");
    let new = format!("harmless: {WHO} has a new field `lines[].x`");
    both(&lines(json!({"x": {"type": "string"}})), &lines(json!({})), &[&lost], &[&new]);
}

#[test]
fn another_type_turns_clients_away() {
    let changed = |from: &str, to: &str| format!("breaks: {WHO}'s field `x` changed from {from} to {to}");
    let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
    field(text, number, &[&changed("text", "whole number")], &[&changed("whole number", "text")]);
    let wider = format!("harmless: {WHO}'s field `x` changed from whole number to number");
    let (whole, any) = (json!({"type": "integer"}), json!({"type": "number"}));
    field(whole, any, &[&wider], &[&changed("number", "whole number")]);
}

#[test]
fn a_kind_more_is_a_gift_one_less_a_break() {
    let one = json!({"type": "integer"});
    let gift = format!("harmless: {WHO}'s field `x` may be sent as text too");
    let less = format!("breaks: {WHO}'s field `x` is not taken as text any more");
    let two = json!({"anyOf": [{"type": "integer"}, {"type": "string"}]});
    field(one.clone(), two, &[&gift], &[&less]);
    let gift = format!("harmless: {WHO}'s field `x` may be sent as null too");
    let less = format!("breaks: {WHO}'s field `x` is not taken as null any more");
    field(one, json!({"type": ["integer", "null"]}), &[&gift], &[&less]);
}

#[test]
fn the_sides_of_a_choice_are_compared_by_their_kind() {
    let sides = |least: u8| json!({"anyOf": [{"type": "string"}, {"type": "integer", "minimum": least}]});
    let swapped = json!({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string"}]});
    field(sides(1), swapped, &[SAME], &[SAME]);
    let tighter = format!("breaks: {WHO}'s field `x`: `minimum` was 1 and is 2");
    field(sides(1), sides(2), &[&tighter], &[&format!("harmless: {WHO}'s field `x`: `minimum` was 2 and is 1")]);
}

#[test]
fn words_may_be_added_and_not_taken_away() {
    let less = format!("breaks: {WHO}'s field `x` lost the word `b`: it is not taken any more");
    let more = format!("harmless: {WHO}'s field `x` has a new word: `b`");
    field(json!({"enum": ["a", "b"]}), json!({"enum": ["a"]}), &[&less], &[&more]);
    let few = format!("breaks: {WHO}'s field `x` is one of few words now: `a`");
    let any = format!("harmless: {WHO}'s field `x` may be any word now; it was one of `a`");
    field(json!({"type": "string"}), json!({"type": "string", "const": "a"}), &[&few], &[&any]);
}

#[test]
fn limits_may_be_loosened_and_not_tightened() {
    for (key, loose, tight) in
        [("minimum", 0, 1), ("maximum", 9, 8), ("minLength", 0, 1), ("maxLength", 9, 8), ("maxItems", 9, 8)]
    {
        let break_ = format!("breaks: {WHO}'s field `x`: `{key}` was {loose} and is {tight}");
        let gift = format!("harmless: {WHO}'s field `x`: `{key}` was {tight} and is {loose}");
        field(json!({"type": "string", key: loose}), json!({"type": "string", key: tight}), &[&break_], &[&gift]);
        let break_ = format!("breaks: {WHO}'s field `x`: `{key}` was none and is {tight}");
        let gift = format!("harmless: {WHO}'s field `x`: `{key}` was {tight} and is none");
        field(json!({"type": "string"}), json!({"type": "string", key: tight}), &[&break_], &[&gift]);
    }
}

#[test]
fn a_rule_that_only_a_person_can_judge_counts_as_a_break() {
    let with = |pattern: &str| json!({"type": "string", "pattern": pattern});
    let other = |was: &str, is: &str| {
        format!("breaks: {WHO}'s field `x` has another rule: `pattern` was `\"{was}\"` and is `\"{is}\"`")
    };
    field(with("a"), with("b"), &[&other("a", "b")], &[&other("b", "a")]);
    let new = format!("breaks: {WHO}'s field `x` has a new rule: `pattern` is `\"a\"`");
    let gone = format!("harmless: {WHO}'s field `x` lost a rule: `pattern` was `\"a\"`");
    field(json!({"type": "string"}), with("a"), &[&new], &[&gone]);
}

#[test]
fn rules_on_fields_together_are_rules_too() {
    let form = |more: Value| {
        let mut form = object(json!({"a": {"type": "string"}, "b": {"type": "string"}}), json!([]));
        form["anyOf"] = more;
        asking(form)
    };
    let (either, one) = (json!([{"required": ["a"]}, {"required": ["b"]}]), json!([{"required": ["a"]}]));
    let found = contract::openapi(&form(either.clone()), &form(one));
    assert!(
        found.len() == 1
            && found[0].breaks
            && found[0].sentence.starts_with(&format!("{WHO} has another rule: `anyOf`"))
    );
    let described = json!([{"required": ["a"], "description": "either"}, {"required": ["b"]}]);
    both(&form(either), &form(described), &[SAME], &[SAME]);
}
