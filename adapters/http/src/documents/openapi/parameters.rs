//! Parameters: ids in paths, pages, orders and filters in queries, what a request may carry in its head.
use crate::collection::list_query::sort_names;
use crate::documents::openapi::form;
use crate::settings::HttpSettings;
use kernel::{Collection, Find};
use serde_json::{Value, json};

const LARGEST: i64 = (1 << 53) - 1;

/// Those that many operations share.
pub(super) fn shared(settings: &HttpSettings) -> Value {
    let header = |name: &str, about: &str, schema: Value| json!({"name": name, "in": "header", "required": false, "description": about, "schema": schema});
    let text = json!({"type": "string"});
    let key = json!({"type": "string", "minLength": 1, "maxLength": settings.idempotency_key_chars_max, "pattern": "^[!-~](?:[ -~]*[!-~])?$"});
    json!({
        "Id": {"name": "id", "in": "path", "required": true, "description": "As it was given when the thing was created.", "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST}},
        "Page": query("page", "From 0.", json!({"type": "integer", "minimum": 0, "maximum": LARGEST, "default": 0})),
        "Size": query(
            "size",
            &format!("Rows of a page; above {0} counts as {0}.", settings.page_size_max),
            json!({"type": "integer", "minimum": 1, "default": settings.page_size}),
        ),
        "After": query(
            "after",
            "Opaque: taken from `_links.next`, it continues behind the last row of that page.",
            json!({"type": "string", "pattern": "^-?[0-9]{1,15}\\.[1-9][0-9]{0,14}$"}),
        ),
        "Before": query(
            "before",
            "Opaque: taken from `_links.prev`, it ends before the first row of that page. Not together with `after`.",
            json!({"type": "string", "pattern": "^-?[0-9]{1,15}\\.[1-9][0-9]{0,14}$"}),
        ),
        "AcceptLanguage": header("Accept-Language", "The language of problems: en or ko.", example(&text, "ko")),
        "CorrelationId": header("X-Correlation-Id", "Taken over into the events that follow, and given back; without one, it is given.", text.clone()),
        "IdempotencyKey": header(
            "Idempotency-Key",
            "Makes it safe to send again: for 24 hours, the same key with the same body gets the first answer again, if that was 2xx; with another body, 422.",
            example(&key, "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        ),
        "IfMatch": header("If-Match", "Versions one of which the row must have, as `ETag` told them; `*` is any. Otherwise 412.", example(&text, "\"3.0f9c2d61a4b8\"")),
        "IfNoneMatch": header("If-None-Match", "A version the client has already, as `ETag` told it; then 304. A tag of a lost life of the store matches nothing.", example(&text, "\"3.0f9c2d61a4b8\"")),
        "LastEventId": header("Last-Event-ID", "Where a live stream goes on: the last `id` that was heard. From an id of a lost life of the store it starts again with the present rows.", text.clone()),
        "Prefer": header(
            "Prefer",
            "`wait=SECONDS`, with Nadul-Position: answer when that has been heard of here, or after so long as it is.",
            example(&text, "wait=5"),
        ),
        "Position": header("Nadul-Position", "Sent back as a command's answer told it, together with Prefer.", text),
    })
}

fn example(schema: &Value, one: &str) -> Value {
    let mut schema = schema.clone();
    schema["examples"] = json!([one]);
    schema
}

pub(super) fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/parameters/{name}")})
}

pub(super) fn query(name: &str, about: &str, schema: Value) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": about, "schema": schema})
}

/// What a collection is listed by.
pub(super) fn listing(collection: &Collection, settings: &HttpSettings) -> Vec<Value> {
    let mut all: Vec<Value> = ["Page", "Size", "After", "Before"].map(named).into();
    let names = sort_names(collection);
    if !names.is_empty() {
        let words: Vec<String> =
            names.iter().flat_map(|name| ["", ",asc", ",desc"].map(|direction| format!("{name}{direction}"))).collect();
        all.push(query(
            "sort",
            "In which order; ascending unless `,desc`, by id unless it is said.",
            json!({"type": "string", "enum": words}),
        ));
    }
    all.extend(collection.finds.iter().map(|find| filter(collection, find, settings)));
    let ids = collection.names_of_id().filter(|name| collection.find(name).is_none());
    all.extend(ids.map(|name| filter(collection, &Find { name, id: true }, settings)));
    all.extend(["Prefer", "Position", "LastEventId", "AcceptLanguage", "CorrelationId"].map(named));
    all
}

fn filter(collection: &Collection, find: &Find, settings: &HttpSettings) -> Value {
    let schema = match find.id {
        true => json!({"type": "integer", "minimum": 1, "maximum": LARGEST}),
        false => form::text(settings),
    };
    let wanted = &collection.must_find;
    let about = match wanted.contains(&find.name) && wanted.len() > 1 {
        true => format!("Only rows with this value. One of {} is needed.", wanted.join(", ")),
        false => "Only rows with this value.".to_string(),
    };
    let mut parameter = query(find.name, &about, schema);
    parameter["required"] = (*wanted == [find.name]).into();
    parameter
}
