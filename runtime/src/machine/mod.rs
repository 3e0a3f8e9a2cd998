//! One context at work, without I/O: inputs in, one group of commits and messages out. Whoever drives it owns time, order and disk.
//!
//! Everything is decided against the newest state, durable or not; positions, marks and fences too. So nobody ever loses a race here.
mod answering;
mod asking;
mod consuming;
mod decide;
mod flush;
mod parking;
mod present;
mod requests;

pub(crate) use decide::guarded;
pub use flush::Flushed;
pub use present::{fold_up, unfold};
pub use requests::{KEY_REUSED, STALE, Unfit};

use crate::limits::Limits;
use crate::message::{Failure, Input, Output, Reply};
use crate::store::{Result, Store, Table};
use crate::upstream::{Upstream, UpstreamPulse};
use asking::Running;
use consuming::Link;
use decide::Stage;
use kernel::{CallKey, CallRecord, Commit, Context, Head, Id, Name, Settings, StoredAnswer, System, Timestamp};
use parking::Aside;
use present::{Present, StateKey};
use requests::{InFlight, Waiting};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

/// A fault planted on purpose, so that the simulation can be shown to find it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Planted {
    #[default]
    Nothing,
    /// Events are applied again when they are delivered again.
    DedupDropped,
    /// A failed request undoes nothing.
    UndoSkipped,
    /// A step that ran out of time is not undone.
    TimedOutStepNotUndone,
    /// A step that was refused is not undone.
    RefusedStepNotUndone,
    /// After a crash, late questions of ids in doubt are still answered.
    NoFence,
    /// Any acknowledgement of a void is believed, however old.
    OldAcknowledgement,
    /// An undo that comes before its question is not remembered.
    TombstoneForgotten,
    /// The caller's settled mark is told before it is durable.
    SettledTooEarly,
}

/// What a driver and an operator see of a machine.
#[derive(Clone, Debug, Default)]
pub struct Gauges {
    pub sagas: usize,
    pub undoing: usize,
    pub in_doubt: usize,
    pub parked_events: usize,
    pub parked_keys: usize,
    pub stopped_consumer: Option<String>,
    pub upstreams: Vec<UpstreamPulse>,
}

pub struct Machine {
    system: Arc<System>,
    me: usize,
    limits: Limits,
    timeouts: BTreeMap<Name, u64>,
    pub planted: Planted,
    /// The sandbox's provider says no.
    pub declining: bool,
    /// New requests are turned away; what is under way goes on.
    pub low_disk: bool,
    now: Timestamp,
    rng: fastrand::Rng,
    head: Head,
    /// What is durable of the head: what may be told to others.
    durable_settled: Id,
    durable_reserved: Id,
    /// The next ticket, which is also the next id of what is created here.
    next: Id,
    present: Present,
    group: Vec<Commit>,
    dirty_head: bool,
    calls_ahead: HashMap<CallKey, CallRecord>,
    answers_ahead: HashMap<(String, String), Arc<StoredAnswer>>,
    links: Vec<Link>,
    aside: Aside,
    running: BTreeMap<Id, Running>,
    /// Things a running saga will change in the end; another saga on them waits.
    claimed: HashMap<StateKey, Id>,
    in_doubt: Vec<Name>,
    doubt: (Id, Id),
    doubt_retry: Timestamp,
    doubt_pause_ms: u64,
    in_flight: HashMap<(usize, String), InFlight>,
    /// In order, so that the same inputs give the same outputs in the same order.
    waiting: BTreeMap<StateKey, Vec<Waiting>>,
    again: VecDeque<Waiting>,
    upstreams: BTreeMap<Name, Upstream>,
    answers_pruned: Timestamp,
    drop: Vec<String>,
    /// Leave when the group is durable.
    out: Vec<Output>,
    /// Leave at once.
    free: Vec<Output>,
}

impl Machine {
    /// Also the recovery: tickets that were spoken of and never committed are in doubt until every callee has voided them.
    pub fn open(
        system: Arc<System>,
        me: usize,
        limits: Limits,
        settings: &Settings,
        store: &dyn Store,
        now: Timestamp,
        seed: u64,
    ) -> Result<Machine> {
        let context = &system.contexts[me];
        let head = store.head()?;
        let mut callees: Vec<Name> = context.plans().flat_map(|plan| plan.steps()).map(|step| step.to).collect();
        callees.sort_unstable();
        callees.dedup();
        let within = context.plans().flat_map(|plan| plan.steps()).map(|step| step.within);
        let timeouts = within.map(|name| (name, settings.whole(name))).collect();
        let upstreams = callees.iter().map(|name| (*name, Upstream::new(name))).collect();
        let next = head.reserved.max(Id(1));
        let doubt = (head.settled.max(Id(1)), next);
        let in_doubt = if doubt.0 < doubt.1 { callees } else { vec![] };
        let tables = Table::all(context).into_iter().map(|table| table.name.into()).collect();
        let present = Present::new(tables, limits.cache_entries);
        let links = consuming::links(context, &head);
        let aside = Aside::of(store.parked()?, head.parked_order);
        let (durable_settled, durable_reserved) = (head.settled, head.reserved);
        let (group, calls_ahead, answers_ahead, running, claimed, in_flight, waiting, again, drop, out, free) =
            Default::default();
        let doubt_pause_ms = limits.undo_retry_ms;
        let mut machine = Machine {
            me,
            limits,
            timeouts,
            planted: Planted::Nothing,
            declining: false,
            low_disk: false,
            now: now.max(head.last_at),
            rng: fastrand::Rng::with_seed(seed),
            head,
            durable_settled,
            durable_reserved,
            next,
            present,
            group,
            dirty_head: true,
            calls_ahead,
            answers_ahead,
            links,
            aside,
            running,
            claimed,
            in_doubt,
            doubt,
            doubt_retry: now,
            doubt_pause_ms,
            in_flight,
            waiting,
            again,
            upstreams,
            answers_pruned: now,
            drop,
            out,
            free,
            system: system.clone(),
        };
        machine.refold_old_states(store)?;
        Ok(machine)
    }

    pub fn context(&self) -> &Context {
        &self.system.contexts[self.me]
    }

    pub fn head(&self) -> &Head {
        &self.head
    }

    /// One thing happens. An error is the store's: nothing of the group may be kept, the context starts again from what is durable.
    pub fn step(&mut self, store: &dyn Store, now: Timestamp, input: Input) -> Result<()> {
        self.now = self.now.max(now);
        match input {
            Input::Ask(ask) => self.ask(store, ask)?,
            Input::From { context, message } => self.message(store, &context, message)?,
            Input::Events { consumer, source, events } => self.events(store, &consumer, &source, &events)?,
            Input::Resume { key, skip, token } => self.resume(store, key, skip, token)?,
            Input::Tick => self.tick(store)?,
        }
        while let Some(waiting) = self.again.pop_front() {
            self.try_again(store, waiting)?;
        }
        Ok(())
    }

    fn tick(&mut self, store: &dyn Store) -> Result<()> {
        self.time_out(store)?;
        self.undo_again();
        self.void_doubt_again(store)?;
        self.give_up_waiting();
        self.retry_parked(store)
    }

    /// Messages that need not wait for the disk.
    pub fn take_free(&mut self) -> Vec<Output> {
        std::mem::take(&mut self.free)
    }

    /// When the next tick is due; `None`: nothing waits for time.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let running = self.running.values().filter_map(Running::wakes_at).min();
        let doubt = (!self.in_doubt.is_empty()).then_some(self.doubt_retry);
        let waiting = self.waiting.values().flatten().map(Waiting::until).min();
        [running, doubt, waiting, self.aside.wakes_at()].into_iter().flatten().min()
    }

    /// No request is under way, nothing is owed to anyone.
    pub fn idle(&self) -> bool {
        self.running.is_empty()
            && self.in_doubt.is_empty()
            && self.waiting.is_empty()
            && self.group.is_empty()
            && self.out.is_empty()
    }

    pub fn parked(&self) -> usize {
        self.aside.events()
    }

    pub fn gauges(&self) -> Gauges {
        let undoing = self.running.values().filter(|running| running.undoing()).count();
        Gauges {
            sagas: self.running.len() - undoing,
            undoing,
            in_doubt: self.in_doubt.len(),
            parked_events: self.aside.events(),
            parked_keys: self.aside.keys(),
            stopped_consumer: self.links.iter().find_map(|link| link.stopped.clone()),
            upstreams: self.upstreams.values().map(Upstream::pulse).collect(),
        }
    }

    fn message(&mut self, store: &dyn Store, from: &str, message: crate::message::Message) -> Result<()> {
        use crate::message::Message;
        match message {
            Message::Asked(question) => self.asked(store, question),
            Message::Answered { key, answer } => self.answered(store, &key, answer),
            Message::Undo { key, settled } => self.undo(store, key, settled),
            Message::Undone { key } => {
                self.undone(&key);
                Ok(())
            }
            Message::VoidRange { caller, from, to, kept } => self.void_range(store, caller, from, to, &kept),
            Message::RangeVoided { by, to } => {
                self.range_voided(if by.is_empty() { from } else { &by }, to);
                Ok(())
            }
        }
    }

    fn send(&mut self, to: impl Into<String>, message: crate::message::Message) {
        self.out.push(Output::Send { to: to.into(), message });
    }

    fn reply(&mut self, token: u64, reply: Reply) {
        self.out.push(Output::Reply { token, reply });
    }

    /// Keeps a whole stage, or what is left of it is never seen.
    fn keep(&mut self, stage: Stage) {
        let Stage { commit, staged, ledger, position, change, last_at } = stage;
        (self.head.position, self.head.change, self.head.last_at) = (position, change, last_at);
        for (rule, amount) in ledger {
            *self.head.ledger.entry(rule.to_string()).or_default() += i128::from(amount);
        }
        for (key, _) in &staged.states {
            if !self.claimed.contains_key(key) {
                self.again.extend(self.waiting.remove(key).into_iter().flatten());
            } else if let Some(waiting) = self.waiting.get_mut(key) {
                let (sagas, others): (Vec<_>, Vec<_>) =
                    std::mem::take(waiting).into_iter().partition(Waiting::waits_for_claim);
                *waiting = sagas;
                self.again.extend(others);
            }
        }
        self.waiting.retain(|_, list| !list.is_empty());
        self.present.keep(staged);
        self.calls_ahead.extend(commit.calls.iter().cloned());
        for answer in &commit.answers {
            self.answers_ahead.insert((answer.route.clone(), answer.key.clone()), Arc::new(answer.clone()));
        }
        self.dirty_head = true;
        if !commit.is_empty() {
            self.group.push(commit);
        }
    }
}

fn unavailable(what: Name, retry_after_ms: u64) -> Failure {
    Failure::Unavailable { what, retry_after_ms }
}
