//! Waiting until a system is idle: every event is consumed, and nothing is under way.
use crate::server::{ServerProcess, WAIT_LIMIT};
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

impl ServerProcess<'_> {
    /// Waits until it is; from then on nothing happens any more by itself.
    #[track_caller]
    pub fn wait_until_idle(&self) -> &Self {
        match &self.cluster {
            Some(cluster) => cluster.systems().iter().for_each(|system| {
                self.wait_until_idle_in(system);
            }),
            None => self.wait_until_status("", "an idle process", is_idle),
        }
        self
    }

    /// The same of one system among several.
    #[track_caller]
    pub fn wait_until_idle_in(&self, system: &str) -> &Self {
        self.wait_until_status(system, &format!("{system} idle"), is_idle);
        self
    }

    /// Waits until one context has consumed all events of another.
    #[track_caller]
    pub fn wait_until_caught_up(&self, context: &str, source: &str) -> &Self {
        let caught_up = |status: &Value| {
            find(status, context).is_some_and(|context| lags(status, context).all(|lag| lag != source))
        };
        let system = self.cluster.as_ref().and_then(|cluster| cluster.systems().first());
        let what = format!("{context} up to date with {source}");
        self.wait_until_status(system.map_or("", String::as_str), &what, caught_up);
        self
    }

    /// What its operator sees of a system: of many processes, what each says of its own context.
    pub fn status_of(&self, system: &str) -> Value {
        match &self.cluster {
            Some(cluster) => together(cluster.contexts_of(system)),
            None => self.get(&format!("/{system}/operator/contexts")).json(),
        }
    }

    /// Until the status of a system, or of the only one, is so. Of many processes no answer has all of it: two looks, one after the other,
    /// that say the same are what was between them. A context whose processes run has still to be owned.
    #[track_caller]
    fn wait_until_status(&self, system: &str, what: &str, is: impl Fn(&Value) -> bool) {
        let Some(cluster) = &self.cluster else {
            let path = if system.is_empty() { String::new() } else { format!("/{system}") };
            self.wait_until(&format!("{path}/operator/contexts"), what, |answer| is(&answer.json()));
            return;
        };
        let (until, mut before) = (Instant::now() + WAIT_LIMIT, Value::Null);
        loop {
            let now = together(cluster.contexts_of(system));
            if now == before && contexts(&now).all(|context| context["running"] == true) && is(&now) {
                return;
            }
            assert!(Instant::now() < until, "never {what}: {now:#}");
            before = now;
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// As one process would say it: of several processes of a context, what is furthest.
fn together(statuses: Vec<Value>) -> Value {
    let mut contexts: Vec<Value> = vec![];
    for status in statuses {
        match contexts.iter_mut().find(|context| context["context"] == status["context"]) {
            Some(known) => furthest(known, &status),
            None => contexts.push(status),
        }
    }
    json!({ "contexts": contexts })
}

fn furthest(known: &mut Value, other: &Value) {
    if let (Value::Object(fields), Value::Object(others)) = (&mut *known, other) {
        others.iter().for_each(|(name, other)| furthest(fields.entry(name).or_insert(Value::Null), other));
    } else if known.as_u64() < other.as_u64() || *other == true {
        *known = other.clone();
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
    let positions = context["positions"].as_object().into_iter().flat_map(Map::iter);
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
