//! Schemas: rows as they are shown, forms as they are read, which is more lenient than their types say.
use crate::settings::Bounds;
use kernel::schemars::generate::{Contract, SchemaSettings};
use kernel::schemars::{Schema, SchemaGenerator};
use kernel::{Collection, Context, FormShape, HistoryEntry, Kind};
use serde_json::{Map, Value, json};

const LARGEST: i64 = (1 << 53) - 1;
/// What counts as blank, beside U+0000, which no text may hold.
const NOT_BLANK: &str =
    r"^[^\u0000]*[^\u0000\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000][^\u0000]*$";
const NO_NUL: &str = r"^[^\u0000]*$";

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
    let flaw = json!({
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
        "description": "RFC 9457. `type` is a path on this server that answers with a page for people.",
        "properties": {
            "type": {"type": "string", "pattern": "^/problems/[a-z0-9-]+$"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string", "description": "In the language of Accept-Language: en or ko."},
            "instance": {"type": "string"},
            "errors": {"type": "array", "items": flaw, "description": "Everything that is wrong, at once."},
        },
        "required": ["type", "title", "status", "detail", "instance"],
    });
    Map::from_iter([("Link".to_string(), href), ("Problem".to_string(), problem)])
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

/// A form as it is read: digits in a text count as a number, blank counts as missing, one of two names is enough.
pub(super) fn form(shape: &FormShape, bounds: &Bounds) -> Value {
    let mut schema = inline(Contract::Deserialize, |generator| (shape.schema)(generator));
    let required: Vec<String> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| Some(name.as_str()?.to_string()))
        .collect();
    let (mut fields, mut either, mut must) = (Map::new(), vec![], vec![]);
    for (name, declared) in schema["properties"].as_object().into_iter().flatten() {
        let needed = required.contains(name);
        let read = field(declared, needed, bounds);
        match declared["x-alias"].as_str() {
            Some(alias) => {
                fields.insert(alias.to_string(), read.clone());
                either.extend(needed.then(|| json!({"oneOf": [{"required": [name]}, {"required": [alias]}]})));
            }
            None if needed => must.push(name.clone()),
            None => {}
        }
        fields.insert(name.clone(), read);
    }
    let mut read = json!({"type": "object", "properties": fields, "required": must});
    read["description"] = schema["description"].take();
    if !either.is_empty() {
        read["allOf"] = either.into();
    }
    read.as_object_mut().into_iter().for_each(|read| read.retain(|_, value| !value.is_null()));
    read
}

fn field(declared: &Value, needed: bool, bounds: &Bounds) -> Value {
    let min = declared["x-min"].as_i64().unwrap_or(1);
    let mut sides = match kind(declared) {
        Some("integer") => whole(min, needed),
        Some("number") => decimal(needed),
        Some("boolean") => vec![json!({"type": "boolean"}), json!({"type": "string", "enum": ["true", "false"]})],
        _ => vec![written(needed, bounds)],
    };
    if !needed {
        sides.push(json!({"type": "null"}));
    }
    let mut read = if sides.len() == 1 { sides.remove(0) } else { json!({ "anyOf": sides }) };
    if let Some(about) = declared.get("description") {
        read["description"] = about.clone();
    }
    read
}

/// What a field is at heart, whatever may stand in for it.
fn kind(schema: &Value) -> Option<&str> {
    const KINDS: [&str; 4] = ["integer", "number", "boolean", "string"];
    let own = match &schema["type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    let sides = ["anyOf", "oneOf"].iter().filter_map(|key| schema[*key].as_array()).flatten().filter_map(kind);
    let found: Vec<&str> = own.into_iter().chain(sides).collect();
    KINDS.into_iter().find(|kind| found.contains(kind))
}

fn whole(min: i64, needed: bool) -> Vec<Value> {
    let digits = if min > 0 { "0*[1-9][0-9]{0,14}" } else { "[0-9]{1,15}" };
    vec![json!({"type": "integer", "minimum": min, "maximum": LARGEST}), digits_or_blank(digits, needed)]
}

fn decimal(needed: bool) -> Vec<Value> {
    let number = json!({"type": "number", "exclusiveMinimum": 0, "maximum": LARGEST, "multipleOf": 0.0001});
    vec![number, digits_or_blank(r"(?!0+(\.0+)?$)[0-9]{1,15}(\.[0-9]{1,4})?", needed)]
}

fn digits_or_blank(digits: &str, needed: bool) -> Value {
    let pattern = if needed { format!("^{digits}$") } else { format!("^( *|{digits})$") };
    json!({"type": "string", "pattern": pattern})
}

fn written(needed: bool, bounds: &Bounds) -> Value {
    let most = bounds.text_chars_max;
    if needed {
        return json!({"type": "string", "minLength": 1, "maxLength": most, "pattern": NOT_BLANK});
    }
    json!({"type": "string", "maxLength": most, "pattern": NO_NUL})
}

/// A text in a query.
pub(super) fn text(bounds: &Bounds) -> Value {
    written(true, bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pick() -> Value {
        let system = taxi::system(&kernel::Settings::defaults(taxi::SETTINGS));
        let context = system.get("pickup").expect("there is one");
        form(&context.routes[0].form, &Bounds::default())
    }

    #[test]
    fn a_form_is_described_as_it_is_read() {
        let form = pick();
        assert_eq!(form["required"], json!(["driver", "matchId"]));
        let sides = &form["properties"]["matchId"]["anyOf"];
        assert_eq!(sides[0], json!({"type": "integer", "minimum": 1, "maximum": LARGEST}));
        assert_eq!(sides[1]["pattern"], "^0*[1-9][0-9]{0,14}$");
        assert_eq!(form["properties"]["driver"]["maxLength"], 1000);
    }

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
