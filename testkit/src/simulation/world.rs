//! A whole system in one thread: its contexts at work, what is under way between them, and one clock.
use super::broken::{Lived, broken};
use super::client::{Made, Pick, Wish, read};
use super::dice::Dice;
use super::faults::{Fault, Faults};
use super::network::{Flight, Provider, fates};
use super::service::{Link, Service, Start, index};
use super::trace::Trace;
use super::{Plan, Simulation};
use kernel::{Id, Meta, Method, Recorded, Timestamp};
use runtime::limits::Limits;
use runtime::machine::{Machine, Planted};
use runtime::message::{Ask, Idempotency, Input, Message, Output, Refused};
use serde_json::Value;
use std::sync::Arc;

/// 2026-01-01T00:00:00Z.
const MORNING: Timestamp = Timestamp(1_767_225_600_000_000);

pub struct World<'a> {
    pub(super) of: &'a Simulation,
    pub(super) seed: u64,
    pub(super) faults: Faults,
    limits: Limits,
    planted: Planted,
    pub services: Vec<Service>,
    pub(super) flights: Vec<Flight>,
    pub made: Vec<Made>,
    pub(super) provider: Provider,
    pub(super) calm: bool,
    pub now: Timestamp,
    pub(super) dice: Dice,
    pub trace: Trace,
    pub(super) counts: super::report::Counts,
}

impl<'a> World<'a> {
    pub fn new(of: &'a Simulation, plan: &Plan, tells: bool) -> Lived<World<'a>> {
        let mut dice = Dice::of(plan.seed, u64::MAX);
        let limits = limits(of, &mut dice);
        World::within(of, plan, tells, limits, dice)
    }

    /// Nothing goes wrong by itself, and no limit is met.
    pub(super) fn calm(of: &'a Simulation) -> Lived<World<'a>> {
        let plan = Plan { seed: 1, steps: vec![], faults: Faults::NONE };
        let mut world = World::within(of, &plan, false, of.limits.clone(), Dice::of(1, u64::MAX))?;
        world.calm = true;
        Ok(world)
    }

    fn within(of: &'a Simulation, plan: &Plan, tells: bool, limits: Limits, mut dice: Dice) -> Lived<World<'a>> {
        let skew = |dice: &mut Dice| if plan.faults.on(Fault::Skew) { dice.roll(160) } else { 0 };
        let services = of.system.contexts.iter().map(|context| Service::new(of.disk(context), skew(&mut dice)));
        let services: Vec<Service> = services.collect();
        let mut world = World {
            of,
            seed: plan.seed,
            faults: plan.faults,
            limits,
            planted: of.planted,
            services,
            flights: vec![],
            made: vec![],
            provider: Provider::Approves,
            calm: false,
            now: MORNING,
            dice,
            trace: Trace::new(tells),
            counts: Default::default(),
        };
        (0..world.services.len()).try_for_each(|at| world.start(at))?;
        Ok(world)
    }

    /// What is durable of a context's log.
    pub fn log(&self, context: &str) -> &[Arc<Recorded>] {
        &self.services[index(&self.of.system, context)].log
    }

    /// What a view has folded of one key; null where it has folded nothing.
    pub fn page(&self, context: &str, view: &str, id: Id) -> Value {
        let at = index(&self.of.system, context);
        let declared = self.of.system.contexts[at].views.iter().find(|declared| declared.collection.name == view);
        let store = self.services[at].process.as_ref().map(|process| &process.store);
        let row = declared.zip(store).and_then(|(view, store)| store.row(&view.table(), id).ok().flatten());
        let fold: Value = row.and_then(|row| serde_json::from_str(&row.fold?).ok()).unwrap_or_default();
        fold["page"].clone()
    }

    pub fn name(&self, at: usize) -> &'static str {
        self.of.system.contexts[at].name
    }

    pub fn start(&mut self, at: usize) -> Lived {
        let start =
            Start { system: &self.of.system, settings: &self.of.settings, limits: &self.limits, planted: self.planted };
        let seed = self.dice.roll(u64::MAX);
        self.services[at].start(at, &start, self.now, seed)?;
        self.provide(at);
        Ok(())
    }

    /// A second one of the same, beside the world.
    pub(super) fn start_as(&self, at: usize, service: &mut Service) -> Lived {
        let start = Start {
            system: &self.of.system,
            settings: &self.of.settings,
            limits: &self.limits,
            planted: Planted::Nothing,
        };
        service.start(at, &start, self.now, self.seed)
    }

    pub(super) fn history_rows(&self) -> usize {
        self.limits.history_rows
    }

    pub fn crash(&mut self, at: usize) {
        self.tell(|w| format!("{} crashes", w.name(at)));
        self.services[at].crash();
        self.counts.crashes += 1;
        let lost = self.made.iter_mut().filter(|made| made.service == at && made.answer.is_none());
        lost.for_each(|made| made.excused = true);
    }

    pub(super) fn provide(&mut self, at: usize) {
        let declines = self.provider == Provider::Declines;
        if let Some(process) = &mut self.services[at].process {
            process.machine.declining = declines;
        }
    }

    pub(super) fn tell(&mut self, line: impl FnOnce(&Self) -> String) {
        if self.trace.tells() {
            let line = format!("{:>6} ms  {}", self.now.ms_since(MORNING), line(self));
            self.trace.tell(line);
        }
    }

    pub fn step(&mut self, at: usize, input: Input) -> Lived {
        let now = self.services[at].clock(self.now);
        let Some(process) = &mut self.services[at].process else { return Ok(()) };
        process.machine.step(process.store.as_ref(), now, input)?;
        let (free, head) = (process.machine.take_free(), process.machine.head());
        let mark = head.position ^ (head.change << 20) ^ ((at as u64) << 40) ^ ((now.0 as u64) << 44);
        self.trace.mix(mark);
        self.counts.steps += 1;
        self.post(at, free)
    }

    pub fn flush(&mut self, at: usize) -> Lived {
        if !self.services[at].machine().is_some_and(Machine::dirty) {
            return Ok(());
        }
        let flushed = self.services[at].flush(false)?;
        if flushed.wrote {
            self.trace.mix(flushed.events.len() as u64);
            self.counts.events += flushed.events.len() as u64;
            let names = || flushed.events.iter().map(|event| &*event.event_type).collect::<Vec<_>>();
            self.tell(|w| format!("{} makes durable {:?}", w.name(at), names()));
        }
        self.post(at, flushed.outputs)
    }

    fn post(&mut self, from: usize, outputs: Vec<Output>) -> Lived {
        for output in outputs {
            match output {
                Output::Reply { token, reply } => self.replied(token as usize, reply)?,
                Output::Send { to, message } => self.send(from, index(&self.of.system, &to), message),
                Output::Resumed { .. } => {}
            }
        }
        Ok(())
    }

    fn replied(&mut self, token: usize, reply: runtime::message::Reply) -> Lived {
        self.trace.mix(token as u64 ^ (u64::from(reply.is_ok()) << 32));
        self.counts.answer(&reply);
        let outcome = super::report::outcome(&reply);
        self.tell(|_| format!("request {token} is answered {outcome}"));
        if self.made[token].answer.is_some() {
            return broken("answers", format!("request {token} was answered twice"));
        }
        self.made[token].answer = Some(reply);
        Ok(())
    }

    pub fn send(&mut self, from: usize, to: usize, message: Message) {
        let stands = |at: usize| self.of.system.contexts[at].provider.is_some();
        let provider = if stands(from) || stands(to) { self.provider } else { Provider::Approves };
        let fates =
            if self.calm { [Some(self.dice.roll(3)), None] } else { fates(&mut self.dice, self.faults, provider) };
        for late in fates.into_iter().flatten() {
            self.flights.push(Flight { at: self.now.plus_ms(late), from, to, message: message.clone() });
        }
    }

    pub fn deliver(&mut self, flight: Flight) -> Lived {
        let Flight { from, to, message, .. } = flight;
        let stands = self.of.system.contexts[to].provider.is_some();
        if self.services[to].process.is_none() || (stands && self.provider == Provider::Down) {
            return self.turned_away(from, to, message);
        }
        self.tell(|w| format!("{} hears from {}: {}", w.name(to), w.name(from), said(&message)));
        self.step(to, Input::From { context: self.name(from).to_string(), message })
    }

    /// Nobody is there: the caller learns it at once, or never.
    fn turned_away(&mut self, from: usize, to: usize, message: Message) -> Lived {
        self.tell(|w| format!("{} is down for {}: {}", w.name(to), w.name(from), said(&message)));
        if let Message::Asked(question) = message
            && self.dice.percent(50)
        {
            self.send(to, from, Message::Answered { key: question.key, answer: Err(Refused::Unreachable) });
        }
        Ok(())
    }

    pub fn hear(&mut self, at: usize, link: &Link, skip: i64, most: usize) -> Lived {
        let (consumer, source, position) = link;
        let log = &self.services[index(&self.of.system, source)].log;
        let first = position.saturating_add_signed(skip).min(log.len() as u64) as usize;
        let mut events: Vec<_> = log[first..].iter().take(most).cloned().collect();
        if events.is_empty() {
            return Ok(());
        }
        if self.faults.on(Fault::Rereading) && self.dice.percent(12) {
            events.iter_mut().for_each(|event| Arc::make_mut(event).value = None);
        }
        let (to, count) = (first + events.len(), events.len());
        self.tell(|w| format!("{} ({consumer}) hears {source} {}..={to}", w.name(at), to - count + 1));
        self.step(at, Input::Events { consumer: consumer.clone(), source: source.clone(), events })
    }

    /// A client asks for one thing, or again for what was asked before.
    pub fn ask(&mut self) -> Lived {
        if self.faults.on(Fault::Repeats) && self.dice.percent(18) && !self.made.is_empty() {
            let recent = self.made.len().saturating_sub(8);
            let made = &self.made[recent + self.dice.index(self.made.len() - recent)];
            let (service, route, wish, key) = (made.service, made.route, made.wish.clone(), made.key.clone());
            return self.request(service, route, wish, key);
        }
        let Some((service, route, wish)) = self.want() else { return Ok(()) };
        let method = self.of.system.contexts[service].routes[route].method;
        let keyed = method == Method::Post && self.dice.percent(40);
        let key = keyed.then(|| format!("key {}", self.made.len()));
        self.request(service, route, wish, key)
    }

    /// By weight; who finds nothing to want does the first thing there is to want in this system.
    fn want(&mut self) -> Option<(usize, usize, Wish)> {
        let habits = &self.of.habits;
        let mut left = self.dice.roll(habits.iter().map(|habit| habit.weight).sum());
        let mut chosen = habits.first()?;
        for habit in habits {
            if left < habit.weight {
                chosen = habit;
                break;
            }
            left -= habit.weight;
        }
        let mut pick = Pick { dice: &mut self.dice, of: self.of, services: &self.services, made: &self.made };
        std::iter::once(chosen).chain(habits).find_map(|h| Some((h.service, h.route, (h.want)(&mut pick)?)))
    }

    pub(super) fn request(&mut self, service: usize, route: usize, wish: Wish, key: Option<String>) -> Lived {
        let declared = &self.of.system.contexts[service].routes[route];
        let Some(form) = read(declared, &wish.body) else { return Ok(()) };
        let token = self.made.len();
        let (id, digest) = (wish.id, kernel::text_key(&wish.body) as u64);
        let meta = Meta { correlation_id: token.to_string().into(), ..Meta::default() };
        let deadline = self.services[service].clock(self.now).plus_ms(self.dice.between(500..3000));
        let idempotency = key.clone().map(|key| Idempotency { key, digest });
        let if_match = self.condition(service, id);
        let down = self.services[service].process.is_none();
        self.tell(|_| format!("request {token}: {} {} {id:?} {} {key:?}", declared.method, declared.path, wish.body));
        self.made.push(Made { service, route, wish, form: form.clone(), key, answer: None, excused: down });
        self.counts.requests += 1;
        let ask = Ask { token: token as u64, route, id, form, idempotency, if_match, deadline, meta };
        self.step(service, Input::Ask(ask))
    }

    /// Sometimes a client changes only what it has read, which may be old.
    fn condition(&mut self, service: usize, id: Option<Id>) -> Option<Vec<u64>> {
        if !self.faults.on(Fault::Conditions) || !self.dice.percent(12) {
            return None;
        }
        let seen = self.made.iter().rev().filter(|made| made.service == service);
        let answers = seen.filter_map(|made| made.answer.as_ref()?.as_ref().ok());
        answers.filter(|answer| Some(answer.id) == id).map(|answer| vec![answer.etag]).next()
    }
}

fn said(message: &Message) -> String {
    match message {
        Message::Asked(question) => format!("{} {}.{}", question.call, question.key.ticket, question.key.step),
        Message::Answered { key, answer } => format!("answer to {}.{}: {answer:?}", key.ticket, key.step),
        Message::Undo { key, settled } => format!("undo {}.{} (settled {settled})", key.ticket, key.step),
        Message::Undone { key } => format!("undone {}.{}", key.ticket, key.step),
        Message::VoidRange { from, to, kept, .. } => format!("void {from}..{to} but {kept:?}"),
        Message::RangeVoided { to, .. } => format!("voided below {to}"),
    }
}

/// Small and different in each lifetime, so that every limit is met.
fn limits(of: &Simulation, dice: &mut Dice) -> Limits {
    let one = |dice: &mut Dice, all: &[u64]| dice.one_of(all).copied().unwrap_or(1);
    Limits {
        cache_entries: 16,
        reserve_tickets: one(dice, &[1, 2, 4, 16, 256]),
        forget_tickets: one(dice, &[1, 2, 8, 64]),
        sagas_max: one(dice, &[2, 8, 512, 512]) as usize,
        undo_share: one(dice, &[1, 4, 128]) as usize,
        breaker_failures: one(dice, &[2, 8, 100]) as u32,
        history_rows: one(dice, &[3, 200]) as usize,
        ..of.limits.clone()
    }
}
