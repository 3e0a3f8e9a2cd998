//! Schemas: rows and pages as they are shown, events as they are published, problems.
use crate::problem::cause;
use kernel::schemars::generate::{Contract, SchemaSettings};
use kernel::schemars::{Schema, SchemaGenerator};
use kernel::{Collection, Context, HistoryEntry, Kind};
use serde_json::{Map, Value, json};

const LARGEST: i64 = (1 << 53) - 1;

/// A schema that stands by itself.
pub(crate) fn inline(contract: Contract, schema: impl FnOnce(&mut SchemaGenerator) -> Schema) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
        settings.contract = contract;
    });
    schema(&mut settings.into_generator()).to_value()
}

/// Each event of a kind that others hear, with its own fields.
pub(crate) fn published(kind: &Kind) -> Vec<(String, Value)> {
    let schema = inline(Contract::Serialize, |generator| (kind.event_schema)(generator));
    let sides = ["oneOf", "anyOf"].iter().find_map(|key| schema.get(*key)?.as_array().cloned());
    let events = sides.unwrap_or_else(|| vec![schema]).into_iter();
    let named = events.filter_map(|event| {
        let name = event.pointer("/properties/eventType/const")?.as_str()?.to_string();
        Some((name, event))
    });
    named.collect()
}

/// `catchReqList` → `CatchReqList`.
pub(super) fn name(singular: &str) -> String {
    let mut letters = singular.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

pub(super) fn page_name(singular: &str) -> String {
    name(singular) + "Page"
}

pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Schemas every document has.
pub(super) fn fixed() -> Map<String, Value> {
    let href = json!({"type": "object", "properties": {"href": {"type": "string"}}, "required": ["href"]});
    let invalid = json!({
        "type": "object",
        "properties": {
            "field": {"type": "string"},
            "parameter": {"type": "string"},
            "code": {"type": "string"},
            "detail": {"type": "string"},
        },
        "required": ["code", "detail"],
    });
    let problem = json!({
        "type": "object",
        "description": "Why a request was refused or failed (RFC 9457).",
        "properties": {
            "type": {"type": "string", "pattern": "^/problems/[a-z0-9-]+$", "description": "The cause: stable, and a path on this server that answers with a page for people."},
            "title": {"type": "string", "description": "What happened."},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string", "description": "What happened and what to do, in the language of Accept-Language: en or ko."},
            "instance": {"type": "string", "description": "The path that was asked."},
            "reason": {"type": "string", "examples": cause::all(), "description": "With 503: what is down, too slow or full, by a stable code. New ones may come."},
            "errors": {"type": "array", "items": invalid, "description": "Everything that is wrong, at once."},
        },
        "required": ["type", "title", "status", "detail", "instance"],
    });
    let stream = json!({
        "type": "string",
        "description": "Server-sent events, for who asks with `Accept: text/event-stream`: the rows there are, then each change. `id` is \
            opaque, for Last-Event-ID; `event` is `row`, its `data` the row as JSON, or `deleted`, its `data` the row's `id`.",
        "examples": ["id: 7.0f9c2d61a4b8\nevent: row\ndata: {\"id\":1}\n\nid: 8.0f9c2d61a4b8\nevent: deleted\ndata: {\"id\":1}\n\n"],
    });
    Map::from_iter([("Link".to_string(), href), ("Problem".to_string(), problem), ("Stream".to_string(), stream)])
}

pub(super) fn row(context: &Context, collection: &Collection) -> Value {
    let mut schema = inline(Contract::Serialize, |generator| (collection.schema)(generator));
    let id = json!({"type": "integer", "minimum": 1, "maximum": LARGEST});
    let ids = ["id"].into_iter().chain(collection.id_names.iter().copied()).chain(collection.key_name);
    let mut more: Vec<(&str, Value)> = ids.map(|name| (name, id.clone())).collect();
    let view = context.views.iter().find(|view| view.collection.name == collection.name);
    if view.is_some_and(|view| view.history) {
        let history = inline(Contract::Serialize, |generator| generator.subschema_for::<Vec<HistoryEntry>>());
        more.push(("history", history));
    }
    let links = Map::from_iter(["self", collection.singular].map(|name| (name.to_string(), reference("Link"))));
    let required = Value::from_iter(links.keys().cloned());
    more.push(("_links", json!({"type": "object", "properties": links, "required": required})));
    for (name, field) in more {
        schema["properties"][name] = field;
        match schema["required"].as_array_mut() {
            Some(required) if required.iter().any(|known| known == name) => {}
            Some(required) => required.push(name.into()),
            None => schema["required"] = json!([name]),
        }
    }
    schema["title"] = name(collection.singular).into();
    schema
}

pub(super) fn page(collection: &Collection, one: &str) -> Value {
    let rows = json!({collection.name: {"type": "array", "items": reference(one)}});
    let count = json!({"type": "integer", "minimum": 0});
    let link = reference("Link");
    json!({
        "type": "object",
        "properties": {
            "_embedded": {"type": "object", "properties": rows, "required": [collection.name]},
            "_links": {"type": "object", "properties": {"self": link, "next": link, "prev": link}, "required": ["self"]},
            "page": {
                "type": "object",
                "properties": {"size": count, "totalElements": count, "totalPages": count, "number": count},
                "required": ["size", "totalElements", "totalPages", "number"],
            },
        },
        "required": ["_embedded", "_links", "page"],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_carries_its_ids_and_links() {
        let system = taxi::system(&kernel::Settings::defaults(taxi::SETTINGS));
        let context = system.get("mypage").expect("there is one");
        let row = row(context, context.readable().next().expect("one"));
        for name in ["id", "matchId", "customer", "driver", "history", "_links"] {
            assert!(row["properties"].get(name).is_some(), "{name}");
            assert!(name == "driver" || row["required"].as_array().expect("some").contains(&json!(name)), "{name}");
        }
    }

    #[test]
    fn each_published_event_has_its_own_schema() {
        let system = taxi::system(&kernel::Settings::defaults(taxi::SETTINGS));
        let catch = system.get("catch").expect("there is one");
        let names: Vec<String> = published(&catch.kinds[0]).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["CatchRequested", "CatchCancelled"]);
    }
}
