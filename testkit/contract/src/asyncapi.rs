//! AsyncAPI 3: topics, the events on them, and who says them.
use crate::Difference;
use crate::judge::{Judge, keys};
use crate::place::Place;
use serde_json::Value;
use std::collections::BTreeSet;

pub fn asyncapi(before: &Value, after: &Value) -> Vec<Difference> {
    let mut judge = Judge::new(before, after);
    for name in keys(&before["channels"], &after["channels"]) {
        match (before["channels"].get(&name), after["channels"].get(&name)) {
            (Some(was), Some(is)) => judge.topic(&name, judge.was(was), judge.is(is)),
            (Some(_), None) => judge.breaks(format!("topic {name} is gone")),
            _ => judge.harmless(format!("topic {name} is new")),
        }
    }
    judge.voices(&before["operations"], &after["operations"]);
    for key in ["info", "asyncapi"].iter().filter(|key| before.get(**key) != after.get(**key)) {
        judge.harmless(format!("the document's `{key}` changed"));
    }
    judge.rest("the document", before, after, &["info", "asyncapi", "channels", "operations", "components"]);
    judge.differences()
}

impl<'a> Judge<'a> {
    fn topic(&mut self, name: &str, before: &'a Value, after: &'a Value) {
        if before.get("address") != after.get("address") {
            self.breaks(format!("topic {name} stands at another address"));
        }
        for event in keys(&before["messages"], &after["messages"]) {
            match (before["messages"].get(&event), after["messages"].get(&event)) {
                (Some(was), Some(is)) => self.event(&event, self.was(was), self.is(is)),
                (Some(_), None) => self.breaks(format!("{event} is gone")),
                _ => self.harmless(format!("{event} is new")),
            }
        }
        self.bindings(&format!("topic {name}"), before, after);
        self.rest(&format!("topic {name}"), before, after, &["address", "messages", "bindings"]);
    }

    fn event(&mut self, name: &str, before: &'a Value, after: &'a Value) {
        self.schema(&Place::new(name), &before["payload"], &after["payload"]);
        self.schema(&Place::new(format!("{name}'s head")), &before["headers"], &after["headers"]);
        self.bindings(name, before, after);
        self.rest(name, before, after, &["payload", "headers", "name", "bindings"]);
    }

    /// How a broker has it. A document that said nothing of it has promised nothing.
    fn bindings(&mut self, subject: &str, before: &Value, after: &Value) {
        match (before.get("bindings"), after.get("bindings")) {
            (None, Some(_)) => self.harmless(format!("{subject} says how a broker has it")),
            (was, is) if was != is => self.breaks(format!("{subject}: how a broker has it changed")),
            _ => {}
        }
    }

    /// Who says what; who hears it is their own affair.
    fn voices(&mut self, before: &Value, after: &Value) {
        let (was, is) = (events_sent(before), events_sent(after));
        was.difference(&is).for_each(|voice| self.breaks(format!("{voice} is not said any more")));
        is.difference(&was).for_each(|voice| self.harmless(format!("{voice} is said now")));
        if was == is && before != after {
            self.harmless("who hears what changed".into());
        }
    }
}

/// `CatchRequested by catchSays`.
fn events_sent(operations: &Value) -> BTreeSet<String> {
    let sends = operations.as_object().into_iter().flatten().filter(|(_, operation)| operation["action"] == "send");
    let events = sends.flat_map(|(name, operation)| {
        let messages = operation["messages"].as_array().into_iter().flatten();
        let events = messages.filter_map(|message| message["$ref"].as_str()?.rsplit('/').next());
        events.map(move |event| format!("{event} by {name}"))
    });
    events.collect()
}
