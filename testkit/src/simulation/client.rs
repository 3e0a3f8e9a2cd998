//! Clients: what they may want, what they asked, what they were told.
use super::Simulation;
use super::dice::Dice;
use super::service::{Service, index};
use kernel::{Body, Erased, Id, Route};
use runtime::message::Reply;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One thing clients do now and then.
pub struct Habit {
    pub weight: u64,
    pub service: usize,
    pub route: usize,
    pub want: Want,
}

pub type Want = Box<dyn Fn(&mut Pick<'_>) -> Option<Wish> + Send + Sync>;

/// A request before it is sent: the id in its path, and its body as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub id: Option<Id>,
    pub body: Arc<str>,
}

impl Wish {
    pub fn new(body: impl Into<Arc<str>>) -> Wish {
        Wish { id: None, body: body.into() }
    }

    pub fn at(id: Id, body: impl Into<Arc<str>>) -> Wish {
        Wish { id: Some(id), body: body.into() }
    }
}

/// What a client chooses from.
pub struct Pick<'a> {
    pub dice: &'a mut Dice,
    pub(super) of: &'a Simulation,
    pub(super) services: &'a [Service],
    pub(super) made: &'a [Made],
}

impl Pick<'_> {
    pub fn number(&mut self, range: std::ops::Range<u64>) -> u64 {
        self.dice.between(range)
    }

    pub fn one_of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        self.dice.one_of(all).copied().unwrap_or_default()
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.dice.percent(chance)
    }

    /// The key of something that happened in a context, mostly lately; now and then of nothing at all.
    pub fn key_of(&mut self, context: &str) -> Option<Id> {
        let log = &self.services[index(&self.of.system, context)].log;
        self.lately(log.len()).map(|at| at.map_or(Id(1 + self.dice.roll(40)), |at| log[at].key))
    }

    /// An id that a client was told of by a success of this route, mostly lately; now and then nobody's.
    pub fn told_by(&mut self, route: &str) -> Option<Id> {
        let (service, route) = self.of.route(route);
        let told = self.made.iter().filter(|made| made.service == service && made.route == route);
        let told: Vec<Id> = told.filter_map(|made| Some(made.answer.as_ref()?.as_ref().ok()?.id)).collect();
        self.lately(told.len()).map(|at| at.map_or(Id(1 + self.dice.roll(40)), |at| told[at]))
    }

    /// One of so many, mostly of the last; `Some(None)`: none of them.
    fn lately(&mut self, count: usize) -> Option<Option<usize>> {
        if self.dice.percent(3) {
            return Some(None);
        }
        let from = if self.dice.percent(60) { count.saturating_sub(12) } else { 0 };
        (count > 0).then(|| Some(from + self.dice.index(count - from)))
    }
}

/// A request that was sent, and its answer.
pub struct Made {
    pub service: usize,
    pub route: usize,
    pub wish: Wish,
    pub form: Erased,
    pub key: Option<String>,
    pub answer: Option<Reply>,
    /// Whoever was to answer has ended meanwhile.
    pub excused: bool,
}

/// The body as the route's form reads it; `None`: the edge answers 400.
pub fn read(route: &Route, body: &str) -> Option<Erased> {
    let limits = kernel::FormLimits { text_chars_max: 1000 };
    let fields: BTreeMap<Cow<'_, str>, Cow<'_, RawValue>> = serde_json::from_str(body).ok()?;
    (route.form.read)(&Body { fields, limits }).ok()
}
