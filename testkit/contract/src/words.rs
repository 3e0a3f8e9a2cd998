//! The words a field may be: whoever waits for a lost one waits for ever, whoever meets a new one does not know it.
use crate::judge::Judge;
use crate::place::Place;
use serde_json::Value;

pub(crate) fn compare(judge: &mut Judge<'_>, place: &Place, before: &Value, after: &Value) {
    let (was, is) = (allowed(before), allowed(after));
    let (subject, sent) = (place.subject(), place.is_sent());
    match (was, is) {
        (Some(was), Some(is)) => {
            for word in was.iter().filter(|word| !is.contains(word)) {
                let lost = if sent { "is not taken any more" } else { "is not said any more" };
                judge.breaks(format!("{subject} lost the word {}: it {lost}", shown(word)));
            }
            for word in is.iter().filter(|word| !was.contains(word)) {
                judge.note(!sent, format!("{subject} has a new word: {}", shown(word)));
            }
        }
        (None, Some(is)) => judge.note(sent, format!("{subject} is one of few words now: {}", list(&is))),
        (Some(was), None) => judge.note(!sent, format!("{subject} may be any word now; it was one of {}", list(&was))),
        (None, None) => {}
    }
}

fn allowed(schema: &Value) -> Option<Vec<&Value>> {
    let one = schema.get("const").map(|word| vec![word]);
    one.or_else(|| Some(schema.get("enum")?.as_array()?.iter().filter(|word| !word.is_null()).collect()))
}

fn shown(word: &Value) -> String {
    format!("`{}`", word.as_str().map_or_else(|| word.to_string(), str::to_string))
}

fn list(words: &[&Value]) -> String {
    words.iter().map(|word| shown(word)).collect::<Vec<_>>().join(", ")
}
