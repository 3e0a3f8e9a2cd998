//! Whether a log has everything in it: each kind of event in its newest version, and both sides of each option of what is published.
use super::GoldenLog;
use kernel::serde_json::{self, Value};
use kernel::{Recorded, System, schemars};
use std::collections::BTreeSet;
use std::sync::Arc;

pub fn missing(system: &System, log: &GoldenLog) -> Vec<String> {
    let mut found = vec![];
    for context in &system.contexts {
        let empty = vec![];
        let events = log.get(context.name).unwrap_or(&empty);
        for kind in &context.kinds {
            for event in kind.events {
                let is_there = events.iter().any(|e| e.event_type == event.name && e.version == event.version);
                if !is_there {
                    let (context, name, version) = (context.name, event.name, event.version);
                    found.push(format!("{context}'s {name} (version {version}) is not in the log; NADUL_ACCEPT=1 adds it from the scene"));
                }
            }
            let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
            let schema = (kind.event_schema)(&mut generator).to_value();
            let root = serde_json::json!({"$defs": generator.take_definitions(true)});
            for side in sides(&schema, &root) {
                found.extend(side.missing(context.name, events));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// A field of an event that may be absent.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Side {
    event: String,
    field: String,
}

impl Side {
    fn missing(&self, context: &str, events: &[Arc<Recorded>]) -> Vec<String> {
        let mine = events.iter().filter(|event| event.event_type == self.event);
        let given: BTreeSet<bool> = mine.map(|event| !body(event)[&self.field].is_null()).collect();
        let side = |side: bool| if side { "with" } else { "without" };
        let not_there = [true, false].into_iter().filter(|side| !given.contains(side));
        let Side { event, field } = self;
        not_there.map(|s| format!("{context}'s {event} is never {} {field}", side(s))).collect()
    }
}

fn body(event: &Recorded) -> Value {
    serde_json::from_str(&event.body).unwrap_or_default()
}

fn sides(schema: &Value, root: &Value) -> BTreeSet<Side> {
    let events = variants(schema, root);
    let optional = |event: &Value| {
        let name = event_type(event, root)?;
        let fields = properties(event, root).into_iter().filter(|(_, field)| may_be_null(field));
        Some(fields.map(|(field, _)| Side { event: name.clone(), field }).collect::<Vec<_>>())
    };
    events.into_iter().filter_map(optional).flatten().collect()
}

fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let path = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
    path.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

fn variants<'a>(schema: &'a Value, root: &'a Value) -> Vec<&'a Value> {
    let all = resolved(schema, root);
    let of = ["oneOf", "anyOf"].iter().find_map(|key| all.get(*key)).and_then(Value::as_array);
    of.map_or_else(Vec::new, |of| of.iter().collect())
}

fn event_type(event: &Value, root: &Value) -> Option<String> {
    let fields = properties(event, root);
    let (_, tag) = fields.into_iter().find(|(name, _)| name == "eventType")?;
    Some(tag.get("const")?.as_str()?.to_string())
}

/// Of the variant itself and of the record it carries.
fn properties(event: &Value, root: &Value) -> Vec<(String, Value)> {
    let own = event.get("properties").and_then(Value::as_object);
    let mut all: Vec<(String, Value)> =
        own.into_iter().flatten().map(|(name, field)| (name.clone(), field.clone())).collect();
    if event.get("$ref").is_some() {
        all.extend(properties(resolved(event, root), root));
    }
    all
}

fn may_be_null(field: &Value) -> bool {
    let null = |kind: &Value| kind == "null";
    let kinds = field.get("type").and_then(Value::as_array).is_some_and(|kinds| kinds.iter().any(null));
    let sides = field.get("anyOf").and_then(Value::as_array);
    kinds || sides.is_some_and(|sides| sides.iter().any(|side| side.get("type").is_some_and(null)))
}

/// Adds what the log has no like of yet: of each source the events made, if there are none; else one of each new kind or version.
pub fn add(log: &mut GoldenLog, made: &GoldenLog) {
    for (source, events) in made {
        let kept = log.entry(source.clone()).or_default();
        if kept.is_empty() {
            kept.clone_from(events);
            continue;
        }
        for event in events {
            let known = |kept: &Arc<Recorded>| (&kept.event_type, kept.version) == (&event.event_type, event.version);
            if !kept.iter().any(known) {
                kept.push(Arc::new(Recorded { position: kept.len() as u64 + 1, ..Recorded::clone(event) }));
            }
        }
    }
}
