//! Sagas under way: call others to hold, commit once at home, or undo until every undo is acknowledged. A saga is never resumed.
mod commit;
mod doubt;
mod reply;
mod start;
mod timing;
mod undo;

pub use doubt::Doubt;

use super::current::StateKey;
use super::decide::EventOrigin;
use super::effect::Effect;
use super::outbox::Departure;
use super::requests::AdmittedRequest;
use super::workspace::{Declared, Scope};
use crate::limits::Limits;
use crate::message::{CallRequest, PeerMessage};
use crate::port::clock::Moment;
use crate::port::store::Result;
use crate::upstream::{Permit, Upstream, UpstreamStatus};
use kernel::{CallKey, Context, Erased, Head, Id, Name, Person, RouteAction, SagaPlan, Settings};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// One request between its first call and its end.
struct Saga {
    ticket: Id,
    /// Index of its route, which declares its plan.
    route: usize,
    /// The thing that it will change in the end, if that exists already.
    target: Option<StateKey>,
    /// Steps that were called, and so may have been done.
    called: Vec<usize>,
    phase: Phase,
}

enum Phase {
    Calling(Box<Calling>),
    Undoing(Undo),
}

/// The saga asks, one step after another.
struct Calling {
    request: AdmittedRequest,
    data: Erased,
    step: usize,
    pending: Option<PendingCall>,
    /// Who takes part in what the saga makes, as the owner of a thing that has answered.
    partner: Option<Option<Person>>,
}

impl Calling {
    fn origin(&self) -> EventOrigin {
        EventOrigin::of_request(&self.request.client.meta).with_partner(self.partner)
    }
}

/// A call without a reply so far.
struct PendingCall {
    to: Name,
    body: Arc<str>,
    permit: Permit,
    deadline: Moment,
    /// It is sent when the callee has said what it knows.
    deferred: bool,
    /// The callee could not be reached; the call is sent again then.
    retry_at: Option<Moment>,
    /// How often this call was sent again.
    retries: u32,
}

/// What was called is undone, until every callee has acknowledged it.
struct Undo {
    left: Vec<usize>,
    next_try: Moment,
    pause_ms: u64,
}

impl Saga {
    fn calling(&self) -> Option<&Calling> {
        match &self.phase {
            Phase::Calling(calling) => Some(calling),
            Phase::Undoing(_) => None,
        }
    }

    fn calling_mut(&mut self) -> Option<&mut Calling> {
        match &mut self.phase {
            Phase::Calling(calling) => Some(calling),
            Phase::Undoing(_) => None,
        }
    }

    fn undo(&mut self) -> Option<&mut Undo> {
        match &mut self.phase {
            Phase::Calling(_) => None,
            Phase::Undoing(undo) => Some(undo),
        }
    }

    fn wakes_at(&self) -> Option<Moment> {
        match &self.phase {
            Phase::Undoing(undo) => Some(undo.next_try),
            Phase::Calling(calling) => {
                let pending = calling.pending.as_ref()?;
                Some(pending.retry_at.map_or(pending.deadline, |retry| retry.min(pending.deadline)))
            }
        }
    }
}

pub struct Sagas {
    running: BTreeMap<Id, Saga>,
    /// Things that a running saga will change in the end; another saga on one of them waits.
    claims: HashMap<StateKey, Id>,
    upstreams: BTreeMap<Name, Upstream>,
    timeouts: BTreeMap<Name, u64>,
    doubt: Doubt,
}

impl Sagas {
    pub fn open(context: &Context, limits: &Limits, settings: &Settings, head: &mut Head, now: Moment) -> Sagas {
        let steps = || context.plans().flat_map(|plan| plan.steps());
        let upstreams = steps().map(|step| (step.to, Upstream::new(step.to, limits))).collect::<BTreeMap<_, _>>();
        let timeouts = steps().map(|step| (step.within, settings.whole(step.within))).collect();
        let doubt = Doubt::open(head, upstreams.keys().copied(), limits, now);
        Sagas { running: BTreeMap::new(), claims: HashMap::new(), upstreams, timeouts, doubt }
    }

    pub fn has_claimed(&self, thing: &StateKey) -> bool {
        self.claims.contains_key(thing)
    }

    /// Below it everything is settled, once this is durable.
    pub fn lowest(&self, next_ticket: Id) -> Id {
        let running = self.running.keys().next().copied().unwrap_or(next_ticket);
        self.doubt.lowest().map_or(running, |doubt| doubt.min(running))
    }

    pub fn is_idle(&self) -> bool {
        self.running.is_empty() && self.doubt.is_over()
    }

    pub fn calling_count(&self) -> usize {
        self.running.len() - self.undoing_count()
    }

    pub fn undoing_count(&self) -> usize {
        self.running.values().filter(|saga| matches!(saga.phase, Phase::Undoing(_))).count()
    }

    pub fn in_doubt_count(&self) -> usize {
        self.doubt.callees()
    }

    pub fn upstreams(&self, now: Moment) -> Vec<UpstreamStatus> {
        self.upstreams.values().map(|upstream| upstream.status(now)).collect()
    }

    pub fn wakes_at(&self) -> Option<Moment> {
        self.running.values().filter_map(Saga::wakes_at).chain(self.doubt.wakes_at()).min()
    }

    /// # Errors
    /// `Mismatched`: the callee knows a ticket that this store has never given.
    pub fn on_range_voided(&mut self, scope: &mut Scope<'_>, by: &str, to: Id, highest: Id) -> Result<()> {
        self.doubt.acknowledged(scope, by, to, highest)?;
        self.send_deferred(scope);
        Ok(())
    }

    /// The saga has ended: its thing is free for others.
    fn end(&mut self, scope: &mut Scope<'_>, ticket: Id) -> Vec<Effect> {
        scope.work.dirty_head = true;
        // committed, or undone and acknowledged by everyone: settled either way
        scope.work.head.settled_ahead.insert(ticket);
        let Some(Saga { target: Some(target), .. }) = self.running.remove(&ticket) else { return vec![] };
        match self.claims.get(&target) {
            Some(claimant) if *claimant == ticket => {
                self.claims.remove(&target);
                vec![Effect::Released(target)]
            }
            _ => vec![],
        }
    }

    /// The pending call is over, with a reply or without one.
    fn leave_upstream(&mut self, scope: &Scope<'_>, ticket: Id, replied: bool) {
        let pending = self.running.get_mut(&ticket).and_then(Saga::calling_mut).and_then(|c| c.pending.take());
        let Some(pending) = pending else { return };
        let Some(upstream) = self.upstreams.get_mut(pending.to) else { return };
        let work = &scope.work;
        if replied {
            upstream.answered(pending.permit, &work.limits);
        } else {
            upstream.failed(pending.permit, work.now.mono, &work.limits);
        }
    }
}

fn plan_of(context: &Declared, route: usize) -> &dyn SagaPlan {
    match &context.routes[route].action {
        RouteAction::Starts { plan, .. } => plan.as_ref(),
        RouteAction::Commands(_) | RouteAction::Reads(_) => unreachable!("a saga runs for a route that starts one"),
    }
}

fn key_of(context: &Declared, ticket: Id, step: usize) -> CallKey {
    CallKey { caller: Cow::Borrowed(context.name), ticket, step: step as u32 }
}

/// A ticket below the durable reservation leaves at once: no disk stands between a customer and the call.
fn departure(scope: &Scope<'_>, callee: &str, ticket: Id) -> Departure {
    if scope.work.tickets.may_be_told(callee, ticket) { Departure::AtOnce } else { Departure::WhenDurable }
}

fn send_call(scope: &mut Scope<'_>, ticket: Id, calling: &Calling, settled: Id) {
    let declared = scope.work.declared();
    let step = plan_of(&declared, calling.request.route).steps()[calling.step];
    let Some(pending) = &calling.pending else { return };
    let call = CallRequest {
        key: key_of(&declared, ticket, calling.step),
        call: step.call.to_string(),
        body: pending.body.clone(),
        time_left_ms: pending.deadline.ms_since(scope.work.now.mono),
        settled,
        meta: calling.request.client.meta.clone(),
    };
    let departure = departure(scope, step.to, ticket);
    scope.work.outbox.send(step.to, PeerMessage::Call(call), departure);
}
