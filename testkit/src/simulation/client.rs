//! Clients: what they may send, what they have sent, what they were answered.
use super::Simulation;
use super::broken::Lived;
use super::faults::Fault;
use super::random::Random;
use super::service::{Service, index};
use super::world::World;
use kernel::{Body, Caller, Erased, Id, Meta, Method, Permission, Route};
use runtime::port::clock::Moment;
use runtime::request::{ClientRequest, Idempotency, RepeatKey, RequestForm, Response, RouteName};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One thing that clients do now and then.
pub struct Behaviour {
    pub weight: u64,
    pub service: usize,
    pub route: usize,
    pub input: MakeInput,
}

pub type MakeInput = Box<dyn Fn(&mut SimClient<'_>) -> Option<ClientInput> + Send + Sync>;

/// A request before it is sent: the id in its path, and its body as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientInput {
    pub id: Option<Id>,
    pub body: Arc<str>,
}

impl ClientInput {
    pub fn new(body: impl Into<Arc<str>>) -> ClientInput {
        ClientInput { id: None, body: body.into() }
    }

    pub fn at(id: Id, body: impl Into<Arc<str>>) -> ClientInput {
        ClientInput { id: Some(id), body: body.into() }
    }
}

/// A client that makes up its next request from what it can know.
pub struct SimClient<'a> {
    random: &'a Random,
    of: &'a Simulation,
    services: &'a [Service],
    requests: &'a [SentRequest],
}

impl SimClient<'_> {
    pub fn number(&self, range: std::ops::Range<u64>) -> u64 {
        self.random.between(range)
    }

    pub fn one_of<'t>(&self, all: &[&'t str]) -> &'t str {
        self.random.one_of(all).copied().unwrap_or_default()
    }

    pub fn percent(&self, chance: u64) -> bool {
        self.random.percent(chance)
    }

    /// The key of something that happened in a context, mostly lately; now and then of nothing at all.
    pub fn key_of(&self, context: &str) -> Option<Id> {
        let log = &self.services[index(&self.of.system, context)].log;
        self.lately(log.len()).map(|at| at.map_or(Id(1 + self.random.below(40)), |at| log[at].key))
    }

    /// An id that a client got with a success of this route, mostly lately; now and then nobody's.
    pub fn id_from(&self, route: &str) -> Option<Id> {
        let (service, route) = self.of.route(route);
        let sent = self.requests.iter().filter(|sent| sent.service == service && sent.route == route);
        let ids: Vec<Id> = sent.filter_map(|sent| Some(sent.response.as_ref()?.as_ref().ok()?.id)).collect();
        self.lately(ids.len()).map(|at| at.map_or(Id(1 + self.random.below(40)), |at| ids[at]))
    }

    /// One of so many, mostly of the last; `Some(None)`: none of them.
    fn lately(&self, count: usize) -> Option<Option<usize>> {
        if self.random.percent(3) {
            return Some(None);
        }
        let from = if self.random.percent(60) { count.saturating_sub(12) } else { 0 };
        (count > 0).then(|| Some(from + self.random.index(count - from)))
    }
}

/// A request that was sent, and its response.
pub struct SentRequest {
    pub service: usize,
    pub route: usize,
    pub input: ClientInput,
    pub key: Option<String>,
    pub response: Option<Response>,
    /// The process that was to respond has ended meanwhile.
    pub excused: bool,
    /// As it is asked for.
    pub(super) asked: ClientRequest,
    /// Until when its client waits.
    pub(super) until: Moment,
    /// The process that has it; `None`: none has.
    pub(super) replica: Option<usize>,
    /// Events in its context's log when it was sent.
    pub(super) sent_behind: u64,
    /// It was asked for before, and nobody has said what became of it.
    pub(super) unknown: bool,
}

/// The body as the route's form reads it; `None`: the edge answers 400.
fn read(route: &Route, body: &str) -> Option<Erased> {
    let limits = kernel::FormLimits { text_chars_max: 1000 };
    let fields: BTreeMap<Cow<'_, str>, Cow<'_, RawValue>> = serde_json::from_str(body).ok()?;
    (route.form.read)(&Body { fields, limits }).ok()
}

impl World<'_> {
    /// A client sends something new, or again what was sent before.
    pub fn send_request(&mut self) -> Lived {
        if self.active.on(Fault::Repeats) && self.random.percent(18) && !self.requests.is_empty() {
            let recent = self.requests.len().saturating_sub(8);
            let sent = &self.requests[recent + self.random.index(self.requests.len() - recent)];
            let (service, route, input, key) = (sent.service, sent.route, sent.input.clone(), sent.key.clone());
            let caller = sent.asked.meta.who.clone();
            return self.request_by(caller, (service, route), input, key);
        }
        let Some((service, route, input)) = self.new_input() else { return Ok(()) };
        let method = self.of.system.contexts[service].routes[route].method;
        let keyed = method == Method::Post && self.random.percent(40);
        let key = keyed.then(|| format!("key {}", self.requests.len()));
        self.request(service, route, input, key)
    }

    /// By weight; a client that finds nothing to send does the first thing that can be done in this system.
    fn new_input(&self) -> Option<(usize, usize, ClientInput)> {
        let behaviours = &self.of.behaviours;
        let mut left = self.random.below(behaviours.iter().map(|behaviour| behaviour.weight).sum());
        let mut chosen = behaviours.first()?;
        for behaviour in behaviours {
            if left < behaviour.weight {
                chosen = behaviour;
                break;
            }
            left -= behaviour.weight;
        }
        let (random, of) = (&*self.random, self.of);
        let mut client = SimClient { random, of, services: &self.services, requests: &self.requests };
        let mut tried = std::iter::once(chosen).chain(behaviours);
        tried.find_map(|behaviour| Some((behaviour.service, behaviour.route, (behaviour.input)(&mut client)?)))
    }

    pub(super) fn request(&mut self, service: usize, route: usize, input: ClientInput, key: Option<String>) -> Lived {
        let declared = &self.of.system.contexts[service].routes[route];
        let caller = self.of.people.then(|| self.caller(service, declared, &input));
        // two callers with the same key have two
        let key = key.map(|key| caller.as_ref().map_or(key.clone(), |caller| format!("{} {key}", caller.person)));
        self.request_by(caller, (service, route), input, key)
    }

    fn request_by(
        &mut self,
        caller: Option<Arc<Caller>>,
        (service, route): (usize, usize),
        input: ClientInput,
        key: Option<String>,
    ) -> Lived {
        let declared = &self.of.system.contexts[service].routes[route];
        let permission = match &caller {
            None => Some(Permission::default()),
            Some(caller) => self.permission(service, declared, caller),
        };
        let Some(permission) = permission else { return Ok(()) };
        let Some(form) = read(declared, &input.body) else { return Ok(()) };
        let (number, id, body) = (self.requests.len(), input.id, input.body.clone());
        // as from an edge in another process
        let form = if self.random.percent(20) { RequestForm::Json(body.clone()) } else { RequestForm::Read(form) };
        let digest = kernel::text_key(&body) as u64;
        let request = ClientRequest {
            route: RouteName::of_route(declared),
            id,
            form,
            idempotency: key.clone().map(|key| Idempotency { key: RepeatKey::Client(key.into()), digest }),
            if_match: self.condition(service, id),
            time_left_ms: self.random.between(500..3000),
            meta: Meta { correlation_id: number.to_string().into(), who: caller, ..Meta::default() },
            permission,
        };
        self.tell(|_| format!("request {number}: {} {} {id:?} {body} {key:?}", declared.method, declared.path));
        let until = self.time.now().plus_ms(request.time_left_ms);
        let (response, excused, replica, unknown) = Default::default();
        let sent_behind = self.services[service].known.len();
        let sent = SentRequest {
            service,
            route,
            input,
            key,
            response,
            excused,
            asked: request,
            until,
            replica,
            sent_behind,
            unknown,
        };
        self.requests.push(sent);
        self.counts.requests += 1;
        self.ask(number)
    }

    /// Sometimes a client changes only what it has read, which may be old.
    fn condition(&self, service: usize, id: Option<Id>) -> Option<Vec<u64>> {
        if !self.active.on(Fault::Conditions) || !self.random.percent(12) {
            return None;
        }
        let seen = self.requests.iter().rev().filter(|sent| sent.service == service);
        let answers = seen.filter_map(|sent| sent.response.as_ref()?.as_ref().ok());
        answers.filter(|answer| Some(answer.id) == id).map(|answer| vec![answer.etag]).next()
    }
}
