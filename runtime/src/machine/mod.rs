//! One context at work, without I/O: inputs in, one group of commits and messages out. Its driver owns time, order and disk.
//!
//! Everything is decided against the newest state, durable or not; positions, marks and fences too. So nobody ever loses a race here.
//! The machine only routes: each part owns its fields, works on the [`Workspace`] and returns what the others have to do.
mod attempt;
mod callee;
mod current;
mod decide;
mod draft;
mod effect;
mod flush;
mod fold;
mod injected;
mod input;
mod local_reader;
mod outbox;
mod refold;
mod requests;
mod sagas;
mod subscriptions;
mod tickets;
mod waiting;
mod workspace;

pub(crate) use decide::guarded;
pub use flush::Flushed;
pub use fold::{fold_up, unfold};
pub use injected::InjectedFault;
pub use input::Input;
pub use outbox::Output;

use crate::error::{Error, UnavailableReason};
use crate::limits::Limits;
use crate::message::{CallError, PeerMessage};
use crate::port::clock::{Moment, Now};
use crate::port::store::{Result, Store};
use crate::upstream::UpstreamStatus;
use callee::IncomingCall;
use effect::Effect;
use kernel::{Context, Head, KnownStore, Life, Settings, SubscriptionKey, System};
use requests::{AdmittedRequest, Executed, Requests, execute};
use sagas::Sagas;
use std::collections::BTreeMap;
use std::sync::Arc;
use subscriptions::Subscriptions;
use waiting::{Waiter, Waiting};
use workspace::{Scope, Workspace};

/// How the work of a machine stands.
#[derive(Clone, Debug, Default)]
pub struct MachineStatus {
    pub sagas: usize,
    pub undoing: usize,
    pub in_doubt: usize,
    pub parked_events: usize,
    pub parked_keys: usize,
    pub stopped_consumer: Option<String>,
    pub upstreams: Vec<UpstreamStatus>,
}

pub struct Machine {
    work: Workspace,
    requests: Requests,
    waiting: Waiting,
    sagas: Sagas,
    subscriptions: Subscriptions,
    answers_pruned: Moment,
}

impl Machine {
    /// Also the recovery: tickets that were spoken of and never committed are in doubt until every callee has voided them. Before the first
    /// step, [`Machine::refold_old_states`] has to be called.
    pub fn open(
        system: Arc<System>,
        context: &str,
        limits: Limits,
        settings: &Settings,
        store: &dyn Store,
        now: Now,
        seed: u64,
    ) -> Result<Machine> {
        let me = system.contexts.iter().position(|declared| declared.name == context);
        let me = me.expect("a machine runs a context of its system");
        let head = store.head()?;
        let mut work = Workspace::new(system, me, limits, head, now, seed);
        let sagas = Sagas::open(&work.declared(), &work.limits, settings, &mut work.head, now.mono);
        let subscriptions = Subscriptions::open(work.context(), &work.head, store.parked()?, &work);
        let (requests, waiting) = Default::default();
        let mut machine = Machine { work, requests, waiting, sagas, subscriptions, answers_pruned: now.mono };
        machine.work.note_versions(&machine.work.declared());
        Ok(machine)
    }

    pub fn context(&self) -> &Context {
        self.work.context()
    }

    pub fn head(&self) -> &Head {
        &self.work.head
    }

    /// New requests are turned away while the disk is nearly full; what is under way goes on.
    pub fn set_low_disk(&mut self, low: bool) {
        self.work.low_disk = low;
    }

    /// The life that the store works in from the next group on. A copy that begins to work knows nobody until it is told.
    pub fn begin_life(&mut self, life: Life) {
        let head = &mut self.work.head;
        if head.life != life {
            head.copied_from = std::mem::replace(&mut head.life, life);
            head.known_stores.clear();
        }
    }

    /// How far the other stores of the system have come.
    pub fn know_stores(&mut self, stores: BTreeMap<String, KnownStore>) {
        if self.work.head.known_stores != stores {
            self.work.head.known_stores = stores;
            self.work.dirty_head = true;
        }
    }

    /// A broker has the published events up to this position; 0: of none is it known.
    pub fn know_relayed(&mut self, position: u64) {
        if position > self.work.head.relayed.unwrap_or(0) {
            self.work.head.relayed = Some(position);
            self.work.dirty_head = true;
        }
    }

    pub fn inject(&mut self, fault: InjectedFault) {
        self.work.injected = fault;
    }

    fn scope<'a>(&'a mut self, store: &'a dyn Store) -> Scope<'a> {
        Scope { work: &mut self.work, store }
    }

    /// One thing happens. An error is the store's: nothing of the group may be kept, the context starts again from what is durable.
    pub fn step(&mut self, store: &dyn Store, now: Now, input: Input) -> Result<()> {
        self.work.now = now;
        match input {
            Input::Request { token, request, arrived } => {
                let scope = &mut Scope { work: &mut self.work, store };
                if let Some(request) = self.requests.admit(scope, token, request, arrived)? {
                    self.execute(store, request)?;
                }
            }
            Input::PeerMessage { from, message, arrived } => self.receive(store, &from, message, arrived)?,
            Input::NotSent { key } => {
                let scope = &mut Scope { work: &mut self.work, store };
                let effects = self.sagas.on_reply(scope, &key, Err(CallError::Unreachable))?;
                self.carry_out(store, effects);
            }
            Input::Events { subscription, slice } => {
                self.subscriptions.on_events(&mut Scope { work: &mut self.work, store }, &subscription, &slice)?;
            }
            Input::Resume { key, skip, token } => {
                let scope = &mut Scope { work: &mut self.work, store };
                let result = self.subscriptions.resume(scope, key, skip.as_deref())?;
                self.work.outbox.put(Output::Resumed { token, result }, outbox::Departure::WhenDurable);
            }
            Input::Tick => self.tick(store)?,
        }
        self.decide_ready(store)
    }

    fn receive(&mut self, store: &dyn Store, from: &str, message: PeerMessage, arrived: Moment) -> Result<()> {
        let scope = &mut Scope { work: &mut self.work, store };
        let parking = &mut self.subscriptions.parking;
        let effects = match message {
            PeerMessage::Call(request) => {
                let deadline = arrived.plus_ms(request.time_left_ms);
                callee::answer_call(scope, IncomingCall { request, deadline })?
            }
            PeerMessage::Reply { key, result } => self.sagas.on_reply(scope, &key, result)?,
            PeerMessage::Undo { key, settled } => {
                callee::on_undo(scope, parking, key, settled)?;
                vec![]
            }
            PeerMessage::Undone { key } => self.sagas.on_undone(scope, &key),
            PeerMessage::VoidRange { caller, from, to, kept } => {
                callee::void_range(scope, parking, caller, (from, to), &kept)?;
                vec![]
            }
            PeerMessage::RangeVoided { by, to, highest } => {
                self.sagas.on_range_voided(scope, if by.is_empty() { from } else { &by }, to, highest)?;
                vec![]
            }
        };
        self.carry_out(store, effects);
        Ok(())
    }

    fn tick(&mut self, store: &dyn Store) -> Result<()> {
        let scope = &mut Scope { work: &mut self.work, store };
        let effects = self.sagas.on_time(scope)?;
        self.subscriptions.retry_due(scope)?;
        self.carry_out(store, effects);
        for overdue in self.waiting.take_overdue(self.work.now.mono) {
            self.give_up(store, overdue);
        }
        Ok(())
    }

    fn execute(&mut self, store: &dyn Store, request: AdmittedRequest) -> Result<()> {
        let scope = &mut Scope { work: &mut self.work, store };
        let effects = match execute(scope, request)? {
            Executed::Done(effects) => effects,
            Executed::StartsSaga(request, data) => self.sagas.start(scope, *request, data)?,
        };
        self.carry_out(store, effects);
        Ok(())
    }

    fn carry_out(&mut self, store: &dyn Store, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Finished(request, response) => {
                    self.requests.finish(&mut Scope { work: &mut self.work, store }, &request, response);
                }
                Effect::Waits(thing, waiter) => self.waiting.wait(thing, waiter),
                Effect::Released(thing) => self.waiting.released(thing),
            }
        }
    }

    /// Decides what has waited for a thing that this step has changed or freed.
    fn decide_ready(&mut self, store: &dyn Store) -> Result<()> {
        loop {
            for thing in self.work.take_changed_states() {
                self.waiting.state_changed(thing, self.sagas.has_claimed(&thing));
            }
            match self.waiting.next_ready() {
                None => return Ok(()),
                Some(late) if late.deadline() <= self.work.now.mono => self.give_up(store, late),
                Some(Waiter::Request(request) | Waiter::Saga(request)) => self.execute(store, *request)?,
                Some(Waiter::Call(call)) => {
                    let effects = callee::answer_call(&mut Scope { work: &mut self.work, store }, *call)?;
                    self.carry_out(store, effects);
                }
            }
        }
    }

    /// Nobody waits any more: a client is told so, a caller has noticed it by itself.
    fn give_up(&mut self, store: &dyn Store, waiter: Waiter) {
        if let Waiter::Request(request) | Waiter::Saga(request) = waiter {
            let error = Err(Error::unavailable(
                UnavailableReason::Undecided,
                "a decision under way",
                self.work.limits.retry_after_ms,
            ));
            self.requests.finish(&mut Scope { work: &mut self.work, store }, &request, error);
        }
    }

    /// Messages that need not wait for the disk.
    pub fn take_at_once(&mut self) -> Vec<Output> {
        self.work.outbox.take_at_once()
    }

    /// Each consumer that may read on, and the position behind which it wants events.
    pub fn wants(&self) -> impl Iterator<Item = (&SubscriptionKey, u64)> {
        self.subscriptions.wants()
    }

    /// When the next tick is due; `None`: nothing waits for time.
    pub fn wakes_at(&self) -> Option<Moment> {
        [self.sagas.wakes_at(), self.waiting.wakes_at(), self.subscriptions.wakes_at()].into_iter().flatten().min()
    }

    /// No request is under way, and nothing is owed to anyone.
    pub fn is_idle(&self) -> bool {
        self.sagas.is_idle()
            && self.waiting.is_empty()
            && self.work.group.is_empty()
            && !self.work.outbox.waits_for_group()
    }

    pub fn status(&self) -> MachineStatus {
        self.status_at(self.work.now.mono)
    }

    pub fn status_at(&self, now: Moment) -> MachineStatus {
        MachineStatus {
            sagas: self.sagas.calling_count(),
            undoing: self.sagas.undoing_count(),
            in_doubt: self.sagas.in_doubt_count(),
            parked_events: self.subscriptions.parking.events(),
            parked_keys: self.subscriptions.parking.keys(),
            stopped_consumer: self.subscriptions.stopped(),
            upstreams: self.sagas.upstreams(now),
        }
    }
}
