//! The words of these tests: a desk holds one machine on a store in memory; a test gives it inputs and reads what it says.
use crate::shop::orders::{Basket, Change};
use crate::shop::{shop, till};
use kernel::serde::Serialize;
use kernel::serde_json;
use kernel::uuid::Uuid;
use kernel::{
    CallKey, CallRecord, Erased, EventSet, Id, Meta, Method, Nothing, Recorded, Settings, SubscriptionKey, System,
    Timestamp,
};
use memory::{Disk, Memory};
use runtime::error::{Error, Refusal};
use runtime::limits::Limits;
use runtime::machine::{Flushed, Input, Machine, Output};
use runtime::message::{CallError, CallRequest, CallResult, PeerMessage};
use runtime::port::clock::{Moment, Now};
use runtime::port::feed::Slice;
use runtime::port::store::{Reader, Store, Table};
use runtime::request::{Answer, ClientRequest, Idempotency, RepeatKey, RequestForm, RouteName};
use std::sync::Arc;

/// How long a client waits.
pub const CLIENT_MS: u64 = 2000;
/// How long a call may take: the default of the setting.
pub const CALL_MS: u64 = 610;

pub struct Desk {
    pub machine: Machine,
    pub limits: Limits,
    system: Arc<System>,
    context: &'static str,
    disk: Disk,
    pub store: Memory,
    now: Now,
    token: u64,
}

impl Desk {
    /// A context of the shop at work, its first reservation of tickets durable.
    pub fn new(context: &'static str) -> Desk {
        Desk::with(context, |_| {})
    }

    pub fn with(context: &'static str, change: impl FnOnce(&mut Limits)) -> Desk {
        let mut limits = Limits::default();
        change(&mut limits);
        Desk::on(Disk::new(), shop(), context, limits)
    }

    pub fn on(disk: Disk, system: Arc<System>, context: &'static str, limits: Limits) -> Desk {
        let now = Now { wall: Timestamp(1_800_000_000_000_000), mono: Moment::from_us(0) };
        let mut desk = Desk::opened(disk, system, context, limits, now);
        desk.flush();
        desk
    }

    fn opened(disk: Disk, system: Arc<System>, context: &'static str, limits: Limits, now: Now) -> Desk {
        let mut store = disk.open(&Table::all(system.get(context).expect("a context of the shop")));
        let settings = Settings::defaults(system.settings);
        let machine = Machine::open(system.clone(), context, limits.clone(), &settings, &store, now, 7);
        let mut machine = machine.expect("a store in memory opens");
        machine.refold_old_states(&mut store).expect("a store in memory works");
        Desk { machine, limits, system, context, disk, store, now, token: 0 }
    }

    /// The process ends without a word, and another one opens what is durable. Nothing is made durable yet.
    pub fn crash(self) -> Desk {
        let now = Now { wall: self.now.wall, mono: Moment::from_us(0) };
        Desk::opened(self.disk, self.system, self.context, self.limits, now)
    }

    /// The wall clock is set: it steps back or ahead.
    pub fn set_wall_ahead_ms(&mut self, ms: i64) {
        self.now.wall = Timestamp(self.now.wall.0 + 1000 * ms);
    }

    /// As [`Desk::crash`], and the wall clock is set back meanwhile.
    pub fn crash_with_clock_back(mut self, ms: u64) -> Desk {
        self.now.wall = Timestamp(self.now.wall.0 - 1000 * ms as i64);
        self.crash()
    }

    /// As [`Desk::crash`], with another release of the system.
    pub fn upgrade(self, system: Arc<System>) -> Desk {
        Desk::opened(self.disk, system, self.context, self.limits, self.now)
    }

    fn step(&mut self, input: Input) {
        self.machine.step(&self.store, self.now, input).expect("a store in memory works");
    }

    // inputs

    /// A client's request; its token.
    pub fn request(&mut self, request: ClientRequest) -> u64 {
        self.token += 1;
        self.step(Input::Request { token: self.token, request, arrived: self.now.mono });
        self.token
    }

    pub fn receives(&mut self, from: &str, message: PeerMessage) {
        self.step(Input::PeerMessage { from: from.to_string(), message, arrived: self.now.mono });
    }

    /// A callee replies to a call of this context.
    pub fn reply(&mut self, ticket: u64, step: u32, result: CallResult) {
        let key = key("orders", ticket, step);
        self.receives("a callee", PeerMessage::Reply { key, result });
    }

    pub fn not_sent(&mut self, ticket: u64, step: u32) {
        self.step(Input::NotSent { key: key("orders", ticket, step) });
    }

    /// Another context calls this one.
    pub fn call(&mut self, ticket: u64, body: impl Serialize) {
        self.receives("orders", call(ticket, body));
    }

    pub fn undo(&mut self, ticket: u64) {
        self.receives("orders", PeerMessage::Undo { key: key("orders", ticket, 0), settled: Id(0) });
    }

    pub fn void_range(&mut self, from: u64, to: u64, kept: &[u64]) {
        let kept = kept.iter().copied().map(Id).collect();
        self.receives("orders", PeerMessage::VoidRange { caller: "orders".into(), from: Id(from), to: Id(to), kept });
    }

    pub fn undone(&mut self, ticket: u64, step: u32) {
        self.receives("a callee", PeerMessage::Undone { key: key("orders", ticket, step) });
    }

    pub fn range_voided(&mut self, by: &str, to: u64) {
        self.receives(by, range_voided(by, to, 0));
    }

    /// As [`Desk::range_voided`], by a callee that knows a ticket which this store has never given: what the machine says of it.
    pub fn finds_lost(&mut self, by: &str, to: u64, highest: u64) -> Option<String> {
        let input =
            Input::PeerMessage { from: by.to_string(), message: range_voided(by, to, highest), arrived: self.now.mono };
        self.machine.step(&self.store, self.now, input).err().map(|error| error.to_string())
    }

    /// A run of a source's log that ends with its last event.
    pub fn events(&mut self, subscription: &str, after: u64, events: Vec<Recorded>) {
        let up_to = events.last().map_or(after, |event| event.position);
        self.slice(subscription, after, events, up_to);
    }

    pub fn slice(&mut self, subscription: &str, after: u64, events: Vec<Recorded>, up_to: u64) {
        let subscription: SubscriptionKey = subscription.parse().expect("a subscription as it is written");
        let events = events.into_iter().map(Arc::new).collect();
        self.step(Input::Events { subscription, slice: Slice { after, events, up_to, more: false } });
    }

    pub fn resume(&mut self, key: u64, skip: Option<&str>) {
        self.token += 1;
        self.step(Input::Resume { key: Id(key), skip: skip.map(String::from), token: self.token });
    }

    /// Time passes, and the machine is ticked if that is due.
    pub fn after_ms(&mut self, ms: u64) {
        self.later_ms(ms);
        if self.machine.wakes_at().is_some_and(|at| at <= self.now.mono) {
            self.step(Input::Tick);
        }
    }

    /// Time passes before the machine is ticked.
    pub fn later_ms(&mut self, ms: u64) {
        self.now = Now { wall: self.now.wall.plus_ms(ms), mono: self.now.mono.plus_ms(ms) };
    }

    // outputs, in words

    /// What leaves at once.
    pub fn at_once(&mut self) -> Vec<String> {
        self.machine.take_at_once().iter().map(say).collect()
    }

    /// Makes the group durable; what leaves with it.
    pub fn flush(&mut self) -> Vec<String> {
        self.flush_raw().iter().map(say).collect()
    }

    pub fn flush_raw(&mut self) -> Vec<Output> {
        self.flush_whole().outputs
    }

    pub fn flush_whole(&mut self) -> Flushed {
        self.machine.flush(&mut self.store).expect("a store in memory works")
    }

    /// Everything that leaves, the group included.
    pub fn says(&mut self) -> Vec<String> {
        let mut all = self.at_once();
        all.extend(self.flush());
        all
    }

    // what is durable

    pub fn close(mut self) -> Desk {
        self.machine.close(&mut self.store).expect("a store in memory works");
        self.crash()
    }

    pub fn reader(&self) -> Arc<dyn Reader> {
        self.store.reader()
    }

    /// The types of the events in the log.
    pub fn log(&self) -> Vec<String> {
        let events = self.reader().log(0, 1000).expect("a store in memory works");
        events.into_iter().map(|event| event.event_type.into_owned()).collect()
    }

    pub fn recorded(&self) -> Vec<Recorded> {
        self.reader().log(0, 1000).expect("a store in memory works")
    }

    /// What is remembered of a call: `done`, `void` or nothing.
    pub fn record(&self, ticket: u64) -> &'static str {
        match self.store.call(&key("orders", ticket, 0)).expect("a store in memory works") {
            Some(CallRecord::Done { .. }) => "done",
            Some(CallRecord::Void) => "void",
            None => "nothing",
        }
    }

    /// Whether an answer is stored under a key.
    pub fn stored_answer(&self, route: &str, key: &str) -> bool {
        self.store.answer(route, key).expect("a store in memory works").is_some()
    }

    /// A row's body, as JSON.
    pub fn row(&self, table: &str, id: u64) -> Option<String> {
        let row = self.store.row(table, Id(id)).expect("a store in memory works")?;
        row.body.map(|body| body.to_string())
    }

    /// What is parked: subscription, position, attempts and reason.
    pub fn parked(&self) -> Vec<String> {
        let mut all = self.store.parked().expect("a store in memory works");
        all.sort_by_key(|(_, parked)| parked.order);
        let line = |(consumer, source, position): (String, String, u64), attempts: u32, reason: String| {
            format!("{consumer}<{source} {position}, tried {attempts}: {reason}")
        };
        all.into_iter().map(|(place, parked)| line(place, parked.attempts, parked.reason)).collect()
    }

    pub fn position(&self, subscription: &str) -> u64 {
        let subscription: SubscriptionKey = subscription.parse().expect("a subscription as it is written");
        self.machine.head().positions.get(&subscription).copied().unwrap_or(0)
    }

    pub fn fence(&self) -> u64 {
        self.machine.head().fences.get("orders").map_or(0, |fence| fence.0)
    }

    /// The subscriptions that want events.
    pub fn wants(&self) -> Vec<String> {
        self.machine.wants().map(|(subscription, after)| format!("{subscription} {after}")).collect()
    }
}

/// An output as a sentence.
pub fn say(output: &Output) -> String {
    match output {
        Output::Respond { token, response: Ok(Answer { body, .. }) } => match body {
            Some(body) => format!("response {token}: {body}"),
            None => format!("response {token}: done"),
        },
        Output::Respond { token, response: Err(Error::Refused(refusal)) } => {
            format!("response {token}: refused, {}", refusal.code)
        }
        Output::Respond { token, response: Err(Error::Unavailable { what, .. }) } => {
            format!("response {token}: unavailable, {what}")
        }
        Output::Respond { token, response: Err(Error::Unknown { .. }) } => format!("response {token}: unknown"),
        Output::Send { to, message: PeerMessage::Reply { result, .. } } => match result {
            Ok(body) => format!("to {to}: yes {body}"),
            Err(CallError::Refused(refusal)) => format!("to {to}: no, {}", refusal.code),
            Err(CallError::Unreachable) => format!("to {to}: unreachable"),
        },
        Output::Send { to, message: PeerMessage::VoidRange { from, to: end, kept, .. } } => {
            let kept: Vec<u64> = (from.0..end.0).filter(|ticket| kept.contains(Id(*ticket))).collect();
            format!("to {to}: void {from}..{end} except {kept:?}")
        }
        Output::Send { to, message } => format!("to {to}: {message}"),
        Output::Resumed { result: Ok(gone), .. } => format!("resumed {gone}"),
        Output::Resumed { result: Err(why), .. } => format!("not resumed: {why}"),
    }
}

// what is given

pub fn key(caller: &str, ticket: u64, step: u32) -> CallKey {
    CallKey { caller: caller.to_string().into(), ticket: Id(ticket), step }
}

pub fn call_request(ticket: u64, body: impl Serialize) -> CallRequest {
    CallRequest {
        key: key("orders", ticket, 0),
        call: "hold the money".into(),
        body: serde_json::to_string(&body).expect("a call is plain data").into(),
        time_left_ms: CALL_MS,
        settled: Id(0),
        meta: Meta::default(),
    }
}

pub fn call(ticket: u64, body: impl Serialize) -> PeerMessage {
    PeerMessage::Call(call_request(ticket, body))
}

pub fn money(won: u64) -> till::HoldMoney {
    till::HoldMoney { purse: Id(1), won }
}

fn range_voided(by: &str, to: u64, highest: u64) -> PeerMessage {
    PeerMessage::RangeVoided { by: by.to_string(), to: Id(to), highest: Id(highest) }
}

pub fn yes() -> CallResult {
    Ok("{\"left\":70}".into())
}

pub fn no(code: &'static str) -> CallResult {
    Err(CallError::Refused(Refusal { code: code.into() }))
}

fn client(method: Method, path: &'static str, id: Option<u64>, form: Erased) -> ClientRequest {
    ClientRequest {
        route: RouteName { method, path: path.into() },
        id: id.map(Id),
        form: RequestForm::Read(form),
        idempotency: None,
        if_match: None,
        time_left_ms: CLIENT_MS,
        meta: Meta::default(),
        permission: Default::default(),
    }
}

/// An order of money only: a saga of one call.
pub fn order(won: u64) -> ClientRequest {
    client(Method::Post, "/orders", None, Arc::new(Basket { purse: Id(1), won, goods: None }))
}

/// An order of money and goods: a saga of two calls.
pub fn order_goods(won: u64) -> ClientRequest {
    client(Method::Post, "/orders", None, Arc::new(Basket { purse: Id(1), won, goods: Some(Id(5)) }))
}

/// An order that is queued where it can't be placed.
pub fn order_or_queue(won: u64) -> ClientRequest {
    client(Method::Post, "/queue", None, Arc::new(Basket { purse: Id(1), won, goods: None }))
}

pub fn note(id: u64, note: &str) -> ClientRequest {
    client(Method::Patch, "/orders/{id}", Some(id), Arc::new(Change { note: note.into() }))
}

/// A note by a saga of one call.
pub fn paid_note(id: u64, note: &str) -> ClientRequest {
    client(Method::Put, "/orders/{id}", Some(id), Arc::new(Change { note: note.into() }))
}

pub fn delete(id: u64) -> ClientRequest {
    client(Method::Delete, "/orders/{id}", Some(id), Arc::new(Nothing {}))
}

pub fn read_note(id: u64) -> ClientRequest {
    client(Method::Get, "/orders/{id}/note", Some(id), Arc::new(Nothing {}))
}

/// A request of a client that waits only so long.
pub fn within(request: ClientRequest, ms: u64) -> ClientRequest {
    ClientRequest { time_left_ms: ms, ..request }
}

pub fn keyed(request: ClientRequest, key: &str, digest: u64) -> ClientRequest {
    ClientRequest { idempotency: Some(Idempotency { key: RepeatKey::Client(key.into()), digest }), ..request }
}

/// A request that an edge passed on under a key of its own.
pub fn passed_on(request: ClientRequest, key: &str, digest: u64) -> ClientRequest {
    ClientRequest { idempotency: Some(Idempotency { key: RepeatKey::Edge(key.into()), digest }), ..request }
}

/// An event of another context's log.
pub fn event<E: EventSet>(position: u64, key: u64, event: &E) -> Recorded {
    let kind = E::KINDS.iter().find(|kind| kind.name == event.name()).expect("each event has its kind");
    Recorded {
        position,
        event_id: Uuid::from_u128(u128::from(position)),
        event_type: kind.name.into(),
        version: kind.version,
        published: kind.published,
        kind: "thing".into(),
        id: Id(key),
        key: Id(key),
        at: Timestamp(1_700_000_000_000_000 + position as i64),
        meta: Meta::default(),
        body: serde_json::to_string(event).expect("an event is plain data").into(),
        value: None,
    }
}

/// One order of a machine of orders that exists already: ticket and id 1, everything said.
pub fn desk_with_order() -> Desk {
    let mut desk = Desk::new("orders");
    desk.request(order(30));
    desk.reply(1, 0, yes());
    desk.says();
    desk
}
