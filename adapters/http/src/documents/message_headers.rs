//! What a subscriber on Apache Kafka sees beside an event: its key, and CloudEvents' attributes as headers (binary mode).
use kernel::{Context, System};
use serde_json::{Map, Value, json};

/// The version of AsyncAPI's Kafka binding.
pub(super) const KAFKA_BINDING: &str = "0.5.0";

pub(super) fn schema(system: &System, context: &Context, event: &str) -> Value {
    let source = format!("/{}/{}", system.name, context.name);
    let text = |about: &str| json!({"type": "string", "description": about});
    let number = |about: &str| json!({"type": "string", "pattern": "^[0-9]+$", "description": about});
    let is = |text: &str| json!({"type": "string", "const": text});
    let mut headers: Map<String, Value> = Map::new();
    let mut header = |name: &str, schema: Value| headers.insert(name.to_string(), schema);
    header("ce_specversion", is("1.0"));
    header(
        "ce_id",
        json!({"type": "string", "format": "uuid", "description": "The event's id, the same each time it comes."}),
    );
    header("ce_source", is(&source));
    header("ce_type", is(event));
    header("ce_time", json!({"type": "string", "format": "date-time"}));
    header("content-type", is("application/json"));
    header("ce_sequence", number("The event's position among its source's."));
    header("ce_after", number("The position of the event that its source published before; 0: of none."));
    header("ce_partitionkey", number("The correlation key, as the message's key."));
    header("ce_naduleventversion", number("The version of the event's shape."));
    header(
        "ce_nadullife",
        json!({"type": "string", "format": "uuid", "description": "The life of the source's store: another one after a backup was restored."}),
    );
    header("ce_correlationid", text("What the request that led to the event is called."));
    header("type", is(event));
    let required: Vec<String> = headers.keys().cloned().collect();
    headers.insert("traceparent".into(), text("W3C trace context, where the request had one."));
    json!({"type": "object", "properties": headers, "required": required})
}

pub(super) fn binding() -> Value {
    let key = json!({"type": "string", "pattern": "^[0-9]+$", "description": "The correlation key; the partition is its murmur2 hash, as Java's clients choose it."});
    json!({"kafka": {"key": key, "bindingVersion": KAFKA_BINDING}})
}
