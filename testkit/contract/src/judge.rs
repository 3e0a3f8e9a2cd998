//! The one who walks both documents, follows their references and notes what differs.
use crate::Difference;
use serde_json::Value;
use std::collections::BTreeSet;

pub(crate) struct Judge<'a> {
    before: &'a Value,
    after: &'a Value,
    found: BTreeSet<Difference>,
    /// References under way, so that what names itself comes to an end.
    pub open: Vec<(String, String)>,
}

/// Words for people: they promise nothing.
const FOR_PEOPLE: [&str; 9] =
    ["title", "description", "summary", "example", "examples", "externalDocs", "deprecated", "$comment", "tags"];

pub(crate) fn is_for_people(key: &str) -> bool {
    FOR_PEOPLE.contains(&key) || key.starts_with("x-")
}

impl<'a> Judge<'a> {
    pub fn new(before: &'a Value, after: &'a Value) -> Judge<'a> {
        Judge { before, after, found: BTreeSet::new(), open: vec![] }
    }

    pub fn breaks(&mut self, sentence: String) {
        self.found.insert(Difference { breaks: true, sentence });
    }

    pub fn harmless(&mut self, sentence: String) {
        self.found.insert(Difference { breaks: false, sentence });
    }

    pub fn note(&mut self, breaks: bool, sentence: String) {
        self.found.insert(Difference { breaks, sentence });
    }

    pub fn was(&self, value: &'a Value) -> &'a Value {
        resolved(self.before, value)
    }

    pub fn is(&self, value: &'a Value) -> &'a Value {
        resolved(self.after, value)
    }

    /// Everything of two objects that nobody looked at: words for people are harmless, all else counts as a break.
    pub fn rest(&mut self, subject: &str, before: &Value, after: &Value, known: &[&str]) {
        for key in keys(before, after).into_iter().filter(|key| !known.contains(&key.as_str())) {
            if before.get(&key) == after.get(&key) {
            } else if is_for_people(&key) {
                self.harmless(format!("{subject}: its {key} for people changed"));
            } else {
                self.breaks(format!("{subject}: `{key}` changed in a way that can't be judged"));
            }
        }
    }

    /// Breaks first. A difference that nobody found a sentence for is one all the same.
    pub fn differences(mut self) -> Vec<Difference> {
        if self.found.is_empty() && self.before != self.after {
            self.harmless("something changed that makes no difference to its users".into());
        }
        let (breaks, harmless): (Vec<_>, Vec<_>) = self.found.into_iter().partition(|one| one.breaks);
        breaks.into_iter().chain(harmless).collect()
    }
}

fn resolved<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    let target = |value: &'a Value| root.pointer(value["$ref"].as_str()?.strip_prefix('#')?);
    let mut at = value;
    // a chain of references is short; a circle of them leads nowhere
    for _ in 0..16 {
        match target(at) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// The keys of both, each once, in order.
pub(crate) fn keys(before: &Value, after: &Value) -> BTreeSet<String> {
    [before, after].into_iter().filter_map(Value::as_object).flat_map(|object| object.keys().cloned()).collect()
}
