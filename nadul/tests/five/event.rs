//! An event as the page of its system lists it, and what its customer is told of it.
use serde_json::Value;
use std::collections::BTreeSet;

/// What every event carries, beside the fields of its page.
const FRAME: [&str; 8] =
    ["eventId", "eventType", "timestamp", "correlationId", "source", "position", "key", "published"];

/// A published event: the context that says it, and its fields.
pub struct ListedEvent {
    pub source: &'static str,
    pub name: &'static str,
    fields: &'static str,
    /// The Korean and the English text, each `{field}` of the event's; more than one pair where a field decides. Empty: nobody is told.
    texts: &'static [[&'static str; 2]],
}

pub const fn event(source: &'static str, name: &'static str, fields: &'static str) -> ListedEvent {
    ListedEvent { source, name, fields, texts: &[] }
}

impl ListedEvent {
    /// The customer gets a message of it.
    pub const fn told(self, texts: &'static [[&'static str; 2]]) -> ListedEvent {
        ListedEvent { texts, ..self }
    }

    pub fn is_told(&self) -> bool {
        !self.texts.is_empty()
    }

    /// It has the frame, the fields of its page and no other; only the trace of its request may be there too.
    #[track_caller]
    pub fn has_its_fields(&self, event: &Value) {
        let listed = self.fields.split(' ').chain(FRAME).collect::<BTreeSet<_>>();
        let names = event.as_object().expect("an event").keys().map(String::as_str);
        assert_eq!(names.filter(|name| *name != "traceparent").collect::<BTreeSet<_>>(), listed, "{event}");
        assert_eq!(event["source"], self.source, "{event}");
    }

    /// Its message is one of its texts, word for word, in both languages.
    #[track_caller]
    pub fn has_its_text(&self, event: &Value, message: &Value) {
        let texts: Vec<[String; 2]> = self.texts.iter().map(|pair| pair.map(|text| filled(text, event))).collect();
        let said = ["ko", "en"].map(|name| message[name].as_str().unwrap_or_default().to_string());
        assert!(texts.contains(&said), "{message} is none of {texts:?}");
    }
}

/// The text with each `{field}` as the event has it.
fn filled(text: &str, event: &Value) -> String {
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |filled, part| {
        let (name, rest) = part.split_once('}').expect("a field's name ends with a brace");
        let value = event.get(name).unwrap_or_else(|| panic!("no {name} in {event}"));
        filled + value.as_str().map_or_else(|| value.to_string(), str::to_string).as_str() + rest
    })
}
