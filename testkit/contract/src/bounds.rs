//! Limits on numbers, texts and lists: a tighter one turns clients away, a looser one surprises them.
use crate::judge::Judge;
use crate::place::Place;
use serde_json::Value;
use std::cmp::Ordering;

const LEAST: [&str; 4] = ["minimum", "exclusiveMinimum", "minLength", "minItems"];
const MOST: [&str; 4] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems"];

pub(crate) fn is_one(key: &str) -> bool {
    LEAST.contains(&key) || MOST.contains(&key)
}

pub(crate) fn compare(judge: &mut Judge<'_>, place: &Place, key: &str, was: Option<&Value>, is: Option<&Value>) {
    let number = |value: Option<&Value>| value.and_then(Value::as_f64);
    // without a limit, it is as far away as can be
    let far = if LEAST.contains(&key) { f64::NEG_INFINITY } else { f64::INFINITY };
    let order = number(was).unwrap_or(far).total_cmp(&number(is).unwrap_or(far));
    let tighter = if LEAST.contains(&key) { Ordering::Less } else { Ordering::Greater };
    if order == Ordering::Equal {
        return;
    }
    let breaks = (order == tighter) == place.is_sent();
    let said = |value: Option<&Value>| value.map_or("none".into(), Value::to_string);
    judge.note(breaks, format!("{}: `{key}` was {} and is {}", place.subject(), said(was), said(is)));
}
