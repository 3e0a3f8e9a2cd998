//! Forms as they are read, which is more lenient than their types say: digits in a text count as a number, blank counts
//! as missing, one of two names is enough.
use crate::documents::openapi::digits;
use crate::documents::openapi::schema::inline;
use crate::settings::HttpSettings;
use kernel::schemars::generate::Contract;
use kernel::{FormShape, blank_ranges};
use serde_json::{Map, Value, json};

const LARGEST: i64 = (1 << 53) - 1;
const NO_NUL: &str = r"^[^\u0000]*$";

pub(super) fn form(shape: &FormShape, settings: &HttpSettings) -> Value {
    let mut schema = inline(Contract::Deserialize, |generator| (shape.schema)(generator));
    let needed = names(&schema["required"]);
    let (mut fields, mut either, mut must, mut some) = (Map::new(), vec![], vec![], vec![]);
    for (name, declared) in schema["properties"].as_object().into_iter().flatten() {
        let is_needed = needed.contains(name);
        let read = field(declared, is_needed, settings);
        match declared["x-alias"].as_str() {
            Some(alias) => {
                fields.insert(alias.to_string(), read.clone());
                either.extend(is_needed.then(|| either_name(name, alias)));
            }
            None if is_needed => must.push(name.clone()),
            None => some.push(json!({"required": [name], "properties": {name: field(declared, true, settings)}})),
        }
        fields.insert(name.clone(), read);
    }
    let mut read = json!({"type": "object", "properties": fields, "required": must});
    read["description"] = schema["description"].take();
    if !either.is_empty() {
        read["allOf"] = either.into();
    }
    if schema["x-some"] == true {
        read["anyOf"] = some.into();
    }
    read.as_object_mut().into_iter().for_each(|read| read.retain(|_, value| !value.is_null()));
    read
}

/// What one may look like, for who tries it.
pub(super) fn example(shape: &FormShape) -> Option<Value> {
    let schema = inline(Contract::Deserialize, |generator| (shape.schema)(generator));
    serde_json::from_str(schema["x-example"].as_str()?).ok()
}

/// Both may be sent; that they have to agree then, a schema can't say.
fn either_name(name: &str, alias: &str) -> Value {
    let about = format!("`{alias}` is another name of `{name}`; sent both, they have to be the same.");
    json!({"description": about, "anyOf": [{"required": [name]}, {"required": [alias]}]})
}

fn names(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_string())).collect()
}

fn field(declared: &Value, needed: bool, settings: &HttpSettings) -> Value {
    let min = declared["x-min"].as_i64().unwrap_or(1);
    let mut sides = match kind(declared) {
        Some("integer") => whole(min, needed),
        Some("number") => decimal(needed),
        Some("boolean") => vec![json!({"type": "boolean"}), json!({"type": "string", "enum": ["true", "false"]})],
        _ if declared["x-person"] == true => vec![written(needed, settings), json!({"type": "integer"})],
        _ => vec![written(needed, settings)],
    };
    if !needed {
        sides.push(json!({"type": "null"}));
    }
    let mut read = if sides.len() == 1 { sides.remove(0) } else { json!({ "anyOf": sides }) };
    if let Some(about) = declared.get("description").or(declared["anyOf"][0].get("description")) {
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
    let number = json!({"type": "integer", "minimum": min, "maximum": LARGEST});
    vec![number, digits_or_blank(&digits::whole(min), needed)]
}

/// Without `multipleOf`, which most validators reckon in floats and so get wrong.
fn decimal(needed: bool) -> Vec<Value> {
    let about = "At most four decimals.";
    let number = json!({"type": "number", "minimum": 0.0001, "maximum": LARGEST, "description": about});
    vec![number, digits_or_blank(&digits::decimal(), needed)]
}

fn digits_or_blank(digits: &str, needed: bool) -> Value {
    let blank = blank();
    let pattern = if needed { format!("^{digits}$") } else { format!("^(?:[{blank}]*|{digits})$") };
    json!({"type": "string", "pattern": pattern, "description": "The number's digits as a text."})
}

fn written(needed: bool, settings: &HttpSettings) -> Value {
    let most = settings.text_chars_max;
    if needed {
        let not_blank = format!(r"^[^\u0000]*[^\u0000{}][^\u0000]*$", blank());
        return json!({"type": "string", "minLength": 1, "maxLength": most, "pattern": not_blank});
    }
    json!({"type": "string", "maxLength": most, "pattern": NO_NUL})
}

/// What counts as blank, as a class of characters. Those beyond U+FFFF are left out: no escape for them is understood by every reader
/// of patterns.
fn blank() -> String {
    let short = blank_ranges().filter(|range| *range.end() <= 0xFFFF);
    short.map(|range| format!("\\u{:04X}-\\u{:04X}", range.start(), range.end())).collect()
}

/// A text in a query.
pub(super) fn text(settings: &HttpSettings) -> Value {
    written(true, settings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Settings, System};

    fn of(system: &System, context: &str, path: &str) -> Value {
        let context = system.get(context).expect("there is one");
        let route = context.routes.iter().find(|route| route.path == path && !route.form.empty);
        form(&route.expect("there is one").form, &HttpSettings::default())
    }

    #[test]
    fn a_form_is_described_as_it_is_read() {
        let form = of(&taxi::system(&Settings::defaults(taxi::SETTINGS)), "pickup", "/pickUps");
        assert_eq!(form["required"], json!(["driver", "matchId"]));
        let sides = &form["properties"]["matchId"]["anyOf"];
        assert_eq!(sides[0], json!({"type": "integer", "minimum": 1, "maximum": LARGEST}));
        assert!(sides[1]["pattern"].as_str().is_some_and(|pattern| pattern.starts_with("^0*(?:[1-9][0-9]{0,14}|")));
        let [text, number] = [0, 1].map(|side| &form["properties"]["driver"]["anyOf"][side]);
        assert_eq!((&text["maxLength"], number), (&json!(1000), &json!({"type": "integer"})));
    }

    /// A route that reads a body shows one, and it can be read.
    #[test]
    fn every_form_shows_what_one_may_look_like() {
        let defaults = Settings::defaults;
        let systems = [
            bookstore::system(&defaults(bookstore::SETTINGS)),
            call_taxi::system(&defaults(call_taxi::SETTINGS)),
            fruit::system(&defaults(fruit::SETTINGS)),
            stay::system(&defaults(stay::SETTINGS)),
            taxi::system(&defaults(taxi::SETTINGS)),
        ];
        let routes = systems.iter().flat_map(|system| &system.contexts).flat_map(|context| &context.routes);
        for route in routes.filter(|route| route.method != kernel::Method::Get && !route.form.empty) {
            let example = example(&route.form).unwrap_or_else(|| panic!("{} shows none", route.path)).to_string();
            let body = crate::request::body::parse(example.as_bytes(), &HttpSettings::default()).expect("an object");
            assert!((route.form.read)(&body).is_ok(), "{}: {example}", route.path);
        }
    }

    #[test]
    fn a_text_that_names_a_person_may_be_a_whole_number() {
        let form = of(&taxi::system(&Settings::defaults(taxi::SETTINGS)), "catch", "/catches");
        assert_eq!(form["properties"]["customer"]["anyOf"][1], json!({"type": "integer"}));
        assert_eq!(form["properties"]["destination"]["type"], "string");
    }

    #[test]
    fn a_text_that_shows_nothing_is_described_as_missing() {
        let schema = text(&HttpSettings::default());
        let pattern = regex::Regex::new(schema["pattern"].as_str().expect("one")).expect("a pattern");
        for text in [" ", "\u{3164}", "\u{200b}\u{feff}", "\u{2800}", "\0"] {
            assert!(!pattern.is_match(text), "{text:?}");
        }
        assert!(pattern.is_match("\u{200b}김"));
    }

    #[test]
    fn one_of_two_names_is_needed() {
        let form = of(&bookstore::system(&Settings::defaults(bookstore::SETTINGS)), "order", "/orders");
        assert_eq!(form["required"], json!(["productId"]));
        assert_eq!(form["allOf"][0]["anyOf"], json!([{"required": ["quantity"]}, {"required": ["qty"]}]));
        assert_eq!(form["properties"]["qty"], form["properties"]["quantity"]);
    }

    #[test]
    fn a_form_of_which_some_is_needed_says_so() {
        let form = of(&stay::system(&Settings::defaults(stay::SETTINGS)), "room", "/rooms/{id}");
        let needed: Vec<&Value> = form["anyOf"].as_array().expect("some").iter().map(|one| &one["required"]).collect();
        assert_eq!(needed, [&json!(["desc"]), &json!(["price"])]);
    }
}
