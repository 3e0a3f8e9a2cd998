//! A schema may allow several kinds of value: each is a side of it, compared with the side of the same kind.
use crate::judge::Judge;
use crate::place::Place;
use serde_json::Value;

#[derive(Clone, Debug)]
pub(crate) struct Side<'a> {
    pub kind: &'a str,
    pub schema: &'a Value,
    /// It is taken from a list of kinds: what the schema says of the others is not about it.
    pub is_one_of_several: bool,
}

const NOTHING: &Value = &Value::Null;

/// Whether `anyOf` or `oneOf` stand for kinds of value, and not for rules on one.
fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    let rules = schema.get("type").is_some() || schema.get("properties").is_some();
    if rules { None } else { schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_array() }
}

pub(crate) fn are_several(schema: &Value) -> bool {
    alternatives(schema).is_some()
}

pub(crate) fn flattened<'a>(schema: &'a Value, resolved: &dyn Fn(&'a Value) -> &'a Value) -> Vec<Side<'a>> {
    if let Some(all) = alternatives(schema) {
        return all.iter().flat_map(|side| flattened(resolved(side), resolved)).collect();
    }
    match &schema["type"] {
        Value::Array(kinds) => kinds
            .iter()
            .filter_map(Value::as_str)
            .map(|kind| {
                let schema = if kind == "null" { NOTHING } else { schema };
                Side { kind, schema, is_one_of_several: true }
            })
            .collect(),
        Value::String(kind) => vec![Side { kind, schema, is_one_of_several: false }],
        _ => vec![Side { kind: guessed(schema), schema, is_one_of_several: false }],
    }
}

/// Of a schema that does not say its type.
fn guessed(schema: &Value) -> &'static str {
    let word = schema.get("const").or_else(|| schema["enum"].get(0));
    match word {
        Some(Value::String(_)) => "string",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(_)) => "number",
        Some(Value::Null) => "null",
        _ if schema.get("properties").is_some() || schema.get("required").is_some() => "object",
        _ if schema.get("items").is_some() => "array",
        _ => "any",
    }
}

fn named(kind: &str) -> &str {
    match kind {
        "string" => "text",
        "integer" => "whole number",
        "boolean" => "true or false",
        "array" => "list",
        "any" => "anything",
        other => other,
    }
}

/// Notes the kinds that are gone or new; gives back the pairs that remain to be compared.
pub(crate) fn compare<'a>(
    judge: &mut Judge<'_>,
    place: &Place,
    before: Vec<Side<'a>>,
    after: Vec<Side<'a>>,
) -> Vec<(Side<'a>, Side<'a>)> {
    let (mut pairs, mut gone, mut new) = (vec![], vec![], after);
    for side in before {
        match new.iter().position(|other| other.kind == side.kind) {
            Some(at) => pairs.push((side, new.remove(at))),
            None => gone.push(side),
        }
    }
    let subject = place.subject();
    if let ([was], [is]) = (gone.as_slice(), new.as_slice()) {
        judge.note(
            !fits(place, was.kind, is.kind),
            format!("{subject} changed from {} to {}", named(was.kind), named(is.kind)),
        );
        return pairs;
    }
    for kind in gone.iter().map(|side| named(side.kind)) {
        match place.is_sent() {
            true => judge.breaks(format!("{subject} is not taken as {kind} any more")),
            false => judge.harmless(format!("{subject} is never {kind} any more")),
        }
    }
    for kind in new.iter().map(|side| named(side.kind)) {
        match place.is_sent() {
            true => judge.harmless(format!("{subject} may be sent as {kind} too")),
            false => judge.breaks(format!("{subject} may be {kind} now")),
        }
    }
    pairs
}

/// Every whole number is a number, and everything is anything.
fn fits(place: &Place, was: &str, is: &str) -> bool {
    let (narrow, wide) = if place.is_sent() { (was, is) } else { (is, was) };
    (narrow, wide) == ("integer", "number") || wide == "any"
}
