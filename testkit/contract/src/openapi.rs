//! OpenAPI 3.1: paths and methods, what they are sent, what they answer.
use crate::Difference;
use crate::judge::{Judge, keys};
use crate::place::Place;
use serde_json::Value;
use std::collections::BTreeMap;

/// Told with its causes as examples, each by its code.
const PROBLEM: &str = "application/problem+json";
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub fn openapi(before: &Value, after: &Value) -> Vec<Difference> {
    let mut judge = Judge::new(before, after);
    let (was, is) = (operations(before), operations(after));
    for (name, operation) in &was {
        match is.get(name) {
            Some(now) => judge.operation(name, operation, now),
            None => judge.breaks(format!("{name} is gone")),
        }
    }
    is.keys().filter(|name| !was.contains_key(*name)).for_each(|name| judge.harmless(format!("{name} is new")));
    judge.frame(before, after);
    judge.differences()
}

/// `POST /catches` and what it is.
fn operations(document: &Value) -> BTreeMap<String, &Value> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let all = paths.flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| Some((format!("{} {path}", method.to_uppercase()), item.get(method)?)))
    });
    all.collect()
}

struct Parameter<'a> {
    value: &'a Value,
    /// It stands among the components, for whichever operation refers to it.
    shared: bool,
}

impl<'a> Judge<'a> {
    fn frame(&mut self, before: &Value, after: &Value) {
        for key in ["info", "openapi"].iter().filter(|key| before.get(**key) != after.get(**key)) {
            self.harmless(format!("the document's `{key}` changed"));
        }
        if before.get("servers") != after.get("servers") {
            self.breaks("the paths stand at another address: `servers` changed".into());
        }
        self.rest("the document", before, after, &["info", "openapi", "servers", "paths", "components"]);
    }

    fn operation(&mut self, name: &str, before: &'a Value, after: &'a Value) {
        self.parameters(name, before, after);
        self.request(name, before.get("requestBody"), after.get("requestBody"));
        self.answers(name, &before["responses"], &after["responses"]);
        if before.get("operationId") != after.get("operationId") {
            self.breaks(format!("{name}: its operationId, by which generated clients call it, changed"));
        }
        self.rest(name, before, after, &["parameters", "requestBody", "responses", "operationId"]);
    }

    fn parameters(&mut self, name: &str, before: &'a Value, after: &'a Value) {
        let (was, is) = (self.named(before, Judge::was), self.named(after, Judge::is));
        for (parameter, before) in &was {
            match is.get(parameter) {
                // one of many operations is named once
                Some(after) if before.shared && after.shared => self.parameter(parameter, before.value, after.value),
                Some(after) => self.parameter(&format!("{name}: {parameter}"), before.value, after.value),
                None => self.breaks(format!("{name}: {parameter} is gone")),
            }
        }
        for (parameter, after) in is.iter().filter(|(parameter, _)| !was.contains_key(*parameter)) {
            let required = after.value["required"] == true;
            let new = if required { "new and required" } else { "new" };
            self.note(required, format!("{name}: {parameter} is {new}"));
        }
    }

    /// `query parameter `sort`` and what it is.
    fn named(
        &self,
        operation: &'a Value,
        resolved: impl Fn(&Self, &'a Value) -> &'a Value,
    ) -> BTreeMap<String, Parameter<'a>> {
        let all = operation["parameters"].as_array().into_iter().flatten();
        let named = all.map(|declared| {
            let value = resolved(self, declared);
            let text = |key: &str| value[key].as_str().unwrap_or_default();
            let name = format!("{} parameter `{}`", text("in"), text("name"));
            (name, Parameter { value, shared: declared.get("$ref").is_some() })
        });
        named.collect()
    }

    fn parameter(&mut self, who: &str, before: &'a Value, after: &'a Value) {
        self.required(who, before, after);
        self.schema(&Place::sent(who), &before["schema"], &after["schema"]);
        self.rest(who, before, after, &["name", "in", "required", "schema"]);
    }

    fn required(&mut self, who: &str, before: &Value, after: &Value) {
        match (before["required"] == true, after["required"] == true) {
            (false, true) => self.breaks(format!("{who} is required now")),
            (true, false) => self.harmless(format!("{who} need not be sent any more")),
            _ => {}
        }
    }

    fn request(&mut self, name: &str, before: Option<&'a Value>, after: Option<&'a Value>) {
        let who = format!("{name}: the request");
        match (before.map(|body| self.was(body)), after.map(|body| self.is(body))) {
            (Some(before), Some(after)) => {
                self.required(&who, before, after);
                self.contents(&Place::sent(&who), &before["content"], &after["content"]);
                self.rest(&who, before, after, &["required", "content"]);
            }
            (Some(_), None) => self.breaks(format!("{who} is not read any more")),
            (None, Some(after)) => self.note(after["required"] == true, format!("{who} may have a body now")),
            (None, None) => {}
        }
    }

    fn answers(&mut self, name: &str, before: &'a Value, after: &'a Value) {
        for status in keys(before, after) {
            match (before.get(&status), after.get(&status)) {
                (Some(was), Some(is)) => self.answer(name, &status, self.was(was), self.is(is)),
                (Some(_), None) => self.breaks(format!("{name}: status {status} is gone")),
                // whoever is told no by a code they do not know still knows that it is no
                _ => self.note(status.as_str() < "400", format!("{name}: status {status} is new")),
            }
        }
    }

    fn answer(&mut self, name: &str, status: &str, before: &'a Value, after: &'a Value) {
        let success = status.starts_with('2');
        let who = if success { format!("{name}: the answer") } else { format!("{name}: the answer {status}") };
        self.contents(&Place::new(&who), &before["content"], &after["content"]);
        for header in keys(&before["headers"], &after["headers"]) {
            match (before["headers"].get(&header), after["headers"].get(&header)) {
                (Some(was), Some(is)) => {
                    let (was, is) = (self.was(was), self.is(is));
                    let who = format!("{who}'s header `{header}`");
                    self.schema(&Place::new(&who), &was["schema"], &is["schema"]);
                    self.rest(&who, was, is, &["schema"]);
                }
                (Some(_), None) => self.breaks(format!("{who} lost header `{header}`")),
                _ => self.harmless(format!("{who} has a new header `{header}`")),
            }
        }
        if before.get("links") != after.get("links") {
            self.harmless(format!("{who}: its links to other operations changed"));
        }
        self.rest(&who, before, after, &["content", "headers", "links"]);
    }

    /// What is sent or told, by its media type.
    fn contents(&mut self, place: &Place, before: &'a Value, after: &'a Value) {
        let as_is = if place.is_sent() { "taken" } else { "told" };
        for kind in keys(before, after) {
            match (before.get(&kind), after.get(&kind)) {
                (Some(was), Some(is)) => {
                    self.schema(&shared(place, &was["schema"], &is["schema"]), &was["schema"], &is["schema"]);
                    let mut known = vec!["schema"];
                    if kind == PROBLEM {
                        self.causes(&place.who, &was["examples"], &is["examples"]);
                        known.push("examples");
                    }
                    self.rest(&format!("{} as {kind}", place.who), was, is, &known);
                }
                (Some(_), None) => self.breaks(format!("{} is not {as_is} as {kind} any more", place.who)),
                _ => self.harmless(format!("{} is {as_is} as {kind} too", place.who)),
            }
        }
    }
}

impl Judge<'_> {
    /// Problems are shown by cause: a cause has a code, which programs wait for.
    fn causes(&mut self, who: &str, before: &Value, after: &Value) {
        for code in keys(before, after) {
            match (before.get(&code), after.get(&code)) {
                (Some(_), None) => self.breaks(format!("{who} lost the cause `{code}`")),
                (None, Some(_)) => self.harmless(format!("{who} has a new cause: `{code}`")),
                _ => {}
            }
        }
    }
}

/// What every refusal is told with is named once, and not for every operation and status that tells it.
fn shared(place: &Place, before: &Value, after: &Value) -> Place {
    let problem = |schema: &Value| schema["$ref"].as_str().is_some_and(|path| path.ends_with("/Problem"));
    if problem(before) && problem(after) { Place::new("every problem") } else { place.clone() }
}
