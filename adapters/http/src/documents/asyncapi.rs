//! AsyncAPI 3.0 of a system: its topic, the events on it, and the contexts that send and receive them.
use crate::documents::message_headers::{self, KAFKA_BINDING};
use crate::documents::openapi::schema::{inline, published};
use kernel::schemars::generate::Contract;
use kernel::{Context, System, Timestamp};
use serde_json::{Map, Value, json};

pub fn document(system: &System) -> Value {
    let mut messages = Map::new();
    for context in &system.contexts {
        for (name, body) in context.kinds.iter().flat_map(published) {
            messages.insert(name.clone(), message(system, context, &name, body));
        }
    }
    let on_topic: Map<String, Value> =
        messages.keys().map(|name| (name.clone(), json!({"$ref": format!("#/components/messages/{name}")}))).collect();
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": system.name,
            "version": env!("CARGO_PKG_VERSION"),
            "description": system.about,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            system.topic: {
                "address": system.topic,
                "description": "Every published event, at least once; keyed by correlation key, in order for each key. An event that comes again has the same ce_id.",
                "bindings": {"kafka": {"topic": system.topic, "bindingVersion": KAFKA_BINDING}},
                "messages": on_topic,
            },
        },
        "operations": operations(system),
        "components": {"messages": messages},
    })
}

pub(crate) fn text(system: &System) -> String {
    document(system).to_string()
}

/// The fields that every event has, then the event's own, in one object.
fn message(system: &System, context: &Context, name: &str, mut body: Value) -> Value {
    let time = inline(Contract::Serialize, |generator| generator.subschema_for::<Timestamp>());
    let envelope = [
        ("eventId", json!({"type": "string", "format": "uuid"})),
        ("eventType", json!({"type": "string", "const": name})),
        ("timestamp", time),
        ("correlationId", json!({"type": "string"})),
        ("source", json!({"type": "string", "const": context.name})),
        ("position", json!({"type": "integer", "minimum": 1})),
    ];
    let mut required: Vec<Value> = envelope.iter().map(|(name, _)| Value::from(*name)).collect();
    required.extend(body["required"].as_array().into_iter().flatten().filter(|field| **field != "eventType").cloned());
    for (name, field) in envelope {
        body["properties"][name] = field;
    }
    body["required"] = required.into();
    json!({
        "name": name,
        "title": name,
        "contentType": "application/json",
        "tags": [{"name": context.name}],
        "headers": message_headers::schema(system, context, name),
        "payload": body,
        "bindings": message_headers::binding(),
    })
}

fn operations(system: &System) -> Map<String, Value> {
    let mut all = Map::new();
    for context in &system.contexts {
        let sent = published_names(context);
        if !sent.is_empty() {
            all.insert(format!("{}Says", context.name), operation(system, "send", &sent, context.name));
        }
        let received = context
            .sources()
            .iter()
            .filter_map(|source| system.get(source))
            .flat_map(published_names)
            .collect::<Vec<_>>();
        if !received.is_empty() {
            all.insert(format!("{}Hears", context.name), operation(system, "receive", &received, context.name));
        }
    }
    all
}

fn published_names(context: &Context) -> Vec<&'static str> {
    context.events().filter(|event| event.published).map(|event| event.name).collect()
}

fn operation(system: &System, action: &str, names: &[&str], context: &str) -> Value {
    let topic = system.topic;
    let messages = names.iter().map(|name| json!({"$ref": format!("#/channels/{topic}/messages/{name}")}));
    json!({
        "action": action,
        "channel": {"$ref": format!("#/channels/{topic}")},
        "tags": [{"name": context}],
        "messages": messages.collect::<Vec<_>>(),
    })
}
