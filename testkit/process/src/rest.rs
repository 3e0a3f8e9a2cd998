//! A process at rest: everything that was said is heard, and nothing is under way.
use crate::served::Served;
use serde_json::Value;

impl Served<'_> {
    /// Waits until it is; from then on nothing happens any more by itself.
    #[track_caller]
    pub fn rests(&self) -> &Self {
        self.becomes("/operator/contexts", "rest", |answer| at_rest(&answer.json()));
        self
    }

    /// The same of one system among several.
    #[track_caller]
    pub fn rests_in(&self, system: &str) -> &Self {
        self.becomes(&format!("/{system}/operator/contexts"), "rest", |answer| at_rest(&answer.json()));
        self
    }

    /// Waits until one context has heard all that another has said.
    #[track_caller]
    pub fn hears_of(&self, context: &str, source: &str) -> &Self {
        let heard = |answer: &crate::Answer| {
            let said = answer.json();
            of(&said, context).is_some_and(|context| lags(&said, context).all(|lag| lag != source))
        };
        self.becomes("/operator/contexts", &format!("{context} up to date with {source}"), heard);
        self
    }
}

fn contexts(said: &Value) -> impl Iterator<Item = &Value> {
    said["contexts"].as_array().into_iter().flatten()
}

fn of<'a>(said: &'a Value, name: &str) -> Option<&'a Value> {
    contexts(said).find(|context| context["context"] == name)
}

/// The sources of which a context has not heard everything.
fn lags<'a>(said: &'a Value, context: &'a Value) -> impl Iterator<Item = &'a str> {
    let positions = context["positions"].as_object().into_iter().flatten();
    positions.filter_map(move |(consumer, position)| {
        let source = consumer.rsplit('<').next()?;
        (of(said, source)?["position"] != *position).then_some(source)
    })
}

fn at_rest(said: &Value) -> bool {
    const UNDER_WAY: [&str; 5] = ["queue", "sagas", "undoing", "inDoubt", "parkedEvents"];
    contexts(said).count() > 0
        && contexts(said)
            .all(|context| UNDER_WAY.iter().all(|what| context[*what] == 0) && lags(said, context).next().is_none())
}
