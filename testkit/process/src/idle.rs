//! Waiting until a process is idle: every event is consumed, and nothing is under way.
use crate::server::ServerProcess;
use serde_json::Value;

impl ServerProcess<'_> {
    /// Waits until it is; from then on nothing happens any more by itself.
    #[track_caller]
    pub fn wait_until_idle(&self) -> &Self {
        self.wait_until("/operator/contexts", "an idle process", |answer| is_idle(&answer.json()));
        self
    }

    /// The same of one system among several.
    #[track_caller]
    pub fn wait_until_idle_in(&self, system: &str) -> &Self {
        self.wait_until(&format!("/{system}/operator/contexts"), "an idle process", |answer| is_idle(&answer.json()));
        self
    }

    /// Waits until one context has consumed all events of another.
    #[track_caller]
    pub fn wait_until_caught_up(&self, context: &str, source: &str) -> &Self {
        let caught_up = |answer: &crate::HttpAnswer| {
            let status = answer.json();
            find(&status, context).is_some_and(|context| lags(&status, context).all(|lag| lag != source))
        };
        self.wait_until("/operator/contexts", &format!("{context} up to date with {source}"), caught_up);
        self
    }
}

fn contexts(status: &Value) -> impl Iterator<Item = &Value> {
    status["contexts"].as_array().into_iter().flatten()
}

fn find<'a>(status: &'a Value, name: &str) -> Option<&'a Value> {
    contexts(status).find(|context| context["context"] == name)
}

/// The sources of which a context has not consumed everything.
fn lags<'a>(status: &'a Value, context: &'a Value) -> impl Iterator<Item = &'a str> {
    let positions = context["positions"].as_object().into_iter().flatten();
    positions.filter_map(move |(consumer, position)| {
        let source = consumer.rsplit('<').next()?;
        (find(status, source)?["position"] != *position).then_some(source)
    })
}

/// Of the contexts that run: one that was stopped does nothing until it is started.
fn is_idle(status: &Value) -> bool {
    const UNDER_WAY: [&str; 5] = ["queue", "sagas", "undoing", "inDoubt", "parkedEvents"];
    let idle =
        |context: &Value| UNDER_WAY.iter().all(|what| context[*what] == 0) && lags(status, context).next().is_none();
    contexts(status).count() > 0 && contexts(status).filter(|context| context["running"] == true).all(idle)
}
