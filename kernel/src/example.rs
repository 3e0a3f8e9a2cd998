//! Example events, made from a schema: a board runs policies on them to find what follows from each.
use crate::event::EventSet;
use serde_json::{Map, Value, json};

/// Values of each variant, with both sides of every option and every word of an enum tried, made from the schema.
pub fn examples<E: EventSet>() -> Vec<E> {
    let schema = schemars::generate::SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<E>();
    let root = schema.as_value();
    values(root, root, 0).into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect()
}

fn values(schema: &Value, root: &Value, depth: u8) -> Vec<Value> {
    if depth > 12 {
        return vec![];
    }
    if let Some(path) = schema.get("$ref").and_then(Value::as_str) {
        let target = path.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        let base = target.map_or(vec![], |target| values(target, root, depth + 1));
        return if schema.get("properties").is_some() { combine(base, properties(schema, root, depth)) } else { base };
    }
    if let Some(constant) = schema.get("const") {
        return vec![constant.clone()];
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.clone();
    }
    if let Some(sides) = ["oneOf", "anyOf"].iter().find_map(|key| schema.get(*key)).and_then(Value::as_array) {
        return sides.iter().flat_map(|side| values(side, root, depth + 1)).collect();
    }
    if schema.get("properties").is_some() {
        return properties(schema, root, depth);
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(kind)) => vec![kind],
        _ => vec![],
    };
    kinds.into_iter().flat_map(|kind| plain(kind, schema)).collect()
}

fn plain(kind: &str, schema: &Value) -> Vec<Value> {
    match kind {
        "integer" | "number" => vec![json!(1)],
        "string" if schema.get("format").is_some_and(|f| f == "date-time") => vec![json!("2026-01-01T00:00:00Z")],
        "string" => vec![json!("text")],
        "boolean" => vec![json!(true), json!(false)],
        "null" => vec![Value::Null],
        "array" => vec![json!([])],
        "object" => vec![json!({})],
        _ => vec![],
    }
}

/// One value with the first side of every field, and one for each other side.
fn properties(schema: &Value, root: &Value, depth: u8) -> Vec<Value> {
    let Some(fields) = schema.get("properties").and_then(Value::as_object) else { return vec![json!({})] };
    let sides: Vec<(&String, Vec<Value>)> =
        fields.iter().map(|(name, field)| (name, values(field, root, depth + 1))).collect();
    let first: Map<String, Value> =
        sides.iter().filter_map(|(name, all)| Some((name.to_string(), all.first()?.clone()))).collect();
    let mut all = vec![Value::Object(first.clone())];
    for (name, others) in &sides {
        for other in others.iter().skip(1) {
            let mut changed = first.clone();
            changed.insert(name.to_string(), other.clone());
            all.push(Value::Object(changed));
        }
    }
    all
}

fn combine(base: Vec<Value>, with: Vec<Value>) -> Vec<Value> {
    let merged = |a: &Value, b: &Value| {
        let mut fields = a.as_object().cloned().unwrap_or_default();
        fields.extend(b.as_object().cloned().unwrap_or_default());
        Value::Object(fields)
    };
    base.iter().flat_map(|a| with.iter().map(move |b| merged(a, b))).collect()
}
