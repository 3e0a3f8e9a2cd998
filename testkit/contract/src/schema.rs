//! Schemas of what is sent or told: fields lost, new, needed and optional, and rules on their values.
use crate::bounds;
use crate::judge::{Judge, is_for_people, keys};
use crate::place::Place;
use crate::sides::{self, Side};
use crate::words;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

impl<'a> Judge<'a> {
    pub fn schema(&mut self, place: &Place, before: &'a Value, after: &'a Value) {
        let reference = |value: &Value| value["$ref"].as_str().map(str::to_string);
        let open = reference(before).zip(reference(after));
        if open.as_ref().is_some_and(|pair| self.open.contains(pair)) {
            return;
        }
        let follows = open.is_some();
        self.open.extend(open);
        self.resolved(place, before, after);
        if follows {
            self.open.pop();
        }
    }

    fn resolved(&mut self, place: &Place, before: &'a Value, after: &'a Value) {
        let (before, after) = (self.was(before), self.is(after));
        let was = sides::flattened(before, &|value| self.was(value));
        let is = sides::flattened(after, &|value| self.is(value));
        if sides::are_several(before) || sides::are_several(after) {
            self.people(place, before, after);
        }
        for (was, is) in sides::compare(self, place, was, is) {
            self.side(place, &was, &is);
        }
    }

    /// Two schemas of one kind, keyword by keyword.
    fn side(&mut self, place: &Place, before: &Side<'a>, after: &Side<'a>) {
        let (was, is) = (before.schema, after.schema);
        if before.kind == "object" {
            self.object(place, was, is);
        }
        if let (Some(was), Some(is)) = (was.get("items"), is.get("items")) {
            self.schema(&place.items(), was, is);
        }
        words::compare(self, place, was, is);
        for key in keys(was, is) {
            let (was, is) = (was.get(&key), is.get(&key));
            match key.as_str() {
                "type" | "properties" | "required" | "enum" | "const" => {}
                "items" if was.is_some() && is.is_some() => {}
                "anyOf" | "oneOf" if before.is_one_of_several || after.is_one_of_several => {}
                key if is_for_people(key) => {}
                key if bounds::is_one(key) => bounds::compare(self, place, key, was, is),
                key => self.rule(place, key, was, is),
            }
        }
        self.people(place, was, is);
    }

    /// A rule that is either the same or not: a new one narrows, one less widens, another one may do both.
    fn rule(&mut self, place: &Place, key: &str, was: Option<&Value>, is: Option<&Value>) {
        let (was, is) = (was.map(bare), is.map(bare));
        let subject = place.subject();
        match (was, is) {
            (None, Some(is)) => self.note(place.is_sent(), format!("{subject} has a new rule: `{key}` is `{is}`")),
            (Some(was), None) => {
                self.note(!place.is_sent(), format!("{subject} lost a rule: `{key}` was `{was}`"));
            }
            (Some(was), Some(is)) if was != is => {
                self.breaks(format!("{subject} has another rule: `{key}` was `{was}` and is `{is}`"));
            }
            _ => {}
        }
    }

    fn people(&mut self, place: &Place, before: &Value, after: &Value) {
        let changed = |key: &String| is_for_people(key) && before.get(key) != after.get(key);
        if keys(before, after).iter().any(changed) {
            self.harmless(format!("{}: its words for people changed", place.subject()));
        }
    }

    fn object(&mut self, place: &Place, before: &'a Value, after: &'a Value) {
        let (was, is) = (Fields::new(before), Fields::new(after));
        for (name, schema) in &was.all {
            match is.all.get(*name) {
                Some(now) => {
                    self.needed(place, name, was.needed.contains(name), is.needed.contains(name));
                    self.schema(&place.field(name), schema, now);
                }
                None if place.is_sent() => {
                    self.breaks(format!("{} does not read field {} any more", place.who, place.name(name)));
                }
                None => self.breaks(format!("{} lost field {}", place.who, place.name(name))),
            }
        }
        for name in is.all.keys().filter(|name| !was.all.contains_key(**name)) {
            let needed = place.is_sent() && is.needed.contains(name);
            let required = if needed { " required" } else { "" };
            self.note(needed, format!("{} has a new{required} field {}", place.who, place.name(name)));
        }
    }

    fn needed(&mut self, place: &Place, name: &str, was: bool, is: bool) {
        let (who, name) = (&place.who, place.name(name));
        match (was, is, place.is_sent()) {
            (false, true, true) => self.breaks(format!("{who}: field {name} is required now")),
            (true, false, true) => self.harmless(format!("{who}: field {name} need not be sent any more")),
            (true, false, false) => self.breaks(format!("{who}: field {name} may be missing now")),
            (false, true, false) => self.harmless(format!("{who}: field {name} is always there now")),
            _ => {}
        }
    }
}

struct Fields<'a> {
    all: std::collections::BTreeMap<&'a str, &'a Value>,
    needed: BTreeSet<&'a str>,
}

impl<'a> Fields<'a> {
    fn new(schema: &'a Value) -> Fields<'a> {
        let all = schema["properties"].as_object().into_iter().flatten();
        let needed = schema["required"].as_array().into_iter().flatten();
        Fields {
            all: all.map(|(name, schema)| (name.as_str(), schema)).collect(),
            needed: needed.filter_map(Value::as_str).collect(),
        }
    }
}

/// A rule without words for people. A field may be called as such words are.
fn bare(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(key, _)| !is_for_people(key));
            let kept =
                kept.map(|(key, value)| (key.clone(), if key == "properties" { each(value) } else { bare(value) }));
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        plain => plain.clone(),
    }
}

fn each(fields: &Value) -> Value {
    let fields = fields.as_object().into_iter().flatten();
    Value::Object(fields.map(|(name, schema)| (name.clone(), bare(schema))).collect::<Map<_, _>>())
}
