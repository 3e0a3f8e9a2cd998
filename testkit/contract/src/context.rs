//! The document of one context, as it has to be: the system's document, filtered.
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The part of a system's OpenAPI document that a context serves on its own port: the operations with its tag, and the
/// schemas and examples that these refer to. Headers and parameters are shared by all operations and stay whole.
pub fn of_context(system: &Value, context: &str) -> Value {
    let mut document = system.clone();
    document["tags"] = json!([{ "name": context }]);
    retain(&mut document["paths"], |_, path| operations(path).any(|operation| operation["tags"] == json!([context])));
    let used = references(&document);
    for kind in ["schemas", "examples"] {
        retain(&mut document["components"][kind], |name, _| used.contains(&format!("#/components/{kind}/{name}")));
    }
    document
}

/// The methods of a path, without what they share.
fn operations(path: &Value) -> impl Iterator<Item = &Value> {
    path.as_object().into_iter().flatten().map(|(_, operation)| operation).filter(|value| value.get("tags").is_some())
}

fn retain(object: &mut Value, stays: impl Fn(&str, &Value) -> bool) {
    if let Some(fields) = object.as_object_mut() {
        fields.retain(|name, value| stays(name, value));
    }
}

/// The components that the paths refer to, directly or through other components.
fn references(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![&document["paths"]];
    while let Some(value) = open.pop() {
        for reference in direct_references(value) {
            if found.insert(reference.to_string()) {
                open.extend(document.pointer(reference.trim_start_matches('#')));
            }
        }
    }
    found
}

fn direct_references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str);
            own.into_iter().chain(fields.values().flat_map(direct_references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(direct_references).collect(),
        _ => vec![],
    }
}
