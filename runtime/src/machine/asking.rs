//! Sagas under way: ask others to hold, commit once at home, or undo until every undo is acknowledged. Never resumed.
use super::decide::{Cause, No, Outcome};
use super::present::{Staged, StateKey};
use super::requests::{STALE, Waiting, failure};
use super::{Machine, Planted, unavailable};
use crate::message::{Ask, Failure, Message, Output, Question, Refused};
use crate::store::{Result, Store};
use crate::upstream::Permit;
use kernel::{Action, CallKey, Erased, Id, Name, SagaPlan, Timestamp};
use std::borrow::Cow;
use std::sync::Arc;

/// One request between its first question and its end.
pub struct Running {
    pub ticket: Id,
    ask: Ask,
    form: Erased,
    step: usize,
    /// Steps that were asked, and so may have been done.
    asked: Vec<usize>,
    /// What it will change in the end, if that exists already.
    pub target: Option<StateKey>,
    permit: Option<(Name, Permit)>,
    deadline: Timestamp,
    question: Option<Arc<str>>,
    retry_at: Option<Timestamp>,
    /// How often the present question was asked again.
    retries: u32,
    /// Steps whose undo is not acknowledged yet; `None` while it is asking.
    undoing: Option<Vec<usize>>,
    pause_ms: u64,
}

impl Running {
    pub fn undoing(&self) -> bool {
        self.undoing.is_some()
    }

    pub fn wakes_at(&self) -> Option<Timestamp> {
        Some(self.retry_at.map_or(self.deadline, |retry| retry.min(self.deadline)))
    }
}

impl Machine {
    /// The last command is tried against the present state first: what it would refuse, or what is so already, is answered without asking anyone.
    pub(super) fn start(&mut self, store: &dyn Store, ask: Ask, plan: &dyn SagaPlan, form: Erased) -> Result<()> {
        let system = self.system.clone();
        let route = &system.contexts[self.me].routes[ask.route];
        let Some(addressed) = plan.command(&form) else {
            return self.as_it_is(store, &ask, route, ask.id.unwrap_or_default());
        };
        let target = (addressed.kind, addressed.id);
        // before the wait for whoever has claimed it: a tag that is stale stays so
        if self.stale(store, &ask, route, addressed.id)? {
            self.finish(&ask, Err(Failure::Refused(&STALE)));
            return Ok(());
        }
        if self.claimed.contains_key(&target) {
            self.wait(target, Waiting::Request { ask, claim: true });
            return Ok(());
        }
        match self.rule(store, &Staged::default(), addressed)? {
            Err(No::Refused(reason)) if reason.waits => {
                self.wait(target, Waiting::Request { ask, claim: false });
                return Ok(());
            }
            Err(no) => {
                self.finish(&ask, Err(failure(no)));
                return Ok(());
            }
            Ok((_, decided)) if decided.events.is_empty() => return self.as_it_is(store, &ask, route, target.1),
            Ok(_) => {}
        }
        let undoing = self.running.values().filter(|running| running.undoing()).count();
        if self.running.len() - undoing >= self.limits.sagas_max || undoing >= self.limits.undo_share * 16 {
            self.finish(&ask, Err(unavailable("room for more requests", 1000)));
            return Ok(());
        }
        let ticket = self.next;
        self.next.0 += 1;
        self.dirty_head = true;
        let target = (target.1 != ticket).then_some(target);
        self.claimed.extend(target.map(|target| (target, ticket)));
        let (deadline, pause_ms) = (ask.deadline, self.limits.undo_retry_ms);
        let running = Running {
            ticket,
            ask,
            form,
            step: 0,
            asked: vec![],
            target,
            permit: None,
            deadline,
            question: None,
            retry_at: None,
            retries: 0,
            undoing: None,
            pause_ms,
        };
        self.running.insert(ticket, running);
        self.go_on(store, ticket)
    }

    fn with_plan<T>(&self, running: &Running, run: impl FnOnce(&dyn SagaPlan) -> T) -> T {
        match &self.system.contexts[self.me].routes[running.ask.route].action {
            Action::Starts { plan, .. } => run(plan.as_ref()),
            Action::Commands(_) | Action::Reads(_) => unreachable!("only sagas run"),
        }
    }

    fn key(&self, ticket: Id, step: usize) -> CallKey {
        CallKey { caller: Cow::Borrowed(self.context().name), ticket, step: step as u32 }
    }

    /// Asks the next question, or commits at home when there is none left.
    fn go_on(&mut self, store: &dyn Store, ticket: Id) -> Result<()> {
        let Some(mut running) = self.running.remove(&ticket) else { return Ok(()) };
        let steps = self.with_plan(&running, |plan| plan.steps());
        while let Some(step) = steps.get(running.step) {
            let Some(body) = self.with_plan(&running, |plan| plan.call(running.step, &running.form)) else {
                running.step += 1;
                continue;
            };
            let upstream = self.upstreams.get_mut(step.to).expect("upstreams are made of the plans");
            match upstream.enter(self.now, &self.limits) {
                Ok(permit) => running.permit = Some((step.to, permit)),
                Err(retry_ms) => return self.fail(store, running, unavailable(step.to, retry_ms)),
            }
            running.deadline = self.now.plus_ms(self.timeouts[step.within]);
            running.asked.push(running.step);
            running.question = Some(body.into());
            (running.retry_at, running.retries) = (None, 0);
            self.put_question(&running);
            self.running.insert(ticket, running);
            return Ok(());
        }
        self.commit(store, running)
    }

    /// A ticket below the durable reservation may be spoken of at once: no disk between a customer and the question.
    fn put_question(&mut self, running: &Running) {
        let step = self.with_plan(running, |plan| plan.steps())[running.step];
        let settled = if self.planted == Planted::SettledTooEarly { self.lowest() } else { self.durable_settled };
        let question = Question {
            key: self.key(running.ticket, running.step),
            call: step.call.to_string(),
            body: running.question.clone().unwrap_or_default(),
            deadline: running.deadline,
            settled,
            meta: running.ask.meta.clone(),
        };
        let message = Output::Send { to: step.to.to_string(), message: Message::Asked(question) };
        if running.ticket < self.durable_reserved { self.free.push(message) } else { self.out.push(message) }
    }

    fn commit(&mut self, store: &dyn Store, running: Running) -> Result<()> {
        let system = self.system.clone();
        let route = &system.contexts[self.me].routes[running.ask.route];
        let Some(addressed) = self.with_plan(&running, |plan| plan.command(&running.form)) else {
            return self.fail(store, running, unavailable("this request's rule", 1000));
        };
        let id = addressed.id;
        if self.stale(store, &running.ask, route, id)? {
            return self.fail(store, running, Failure::Refused(&STALE));
        }
        let mut stage = self.stage();
        let cause = Cause { at: Timestamp::default(), meta: running.ask.meta.clone() };
        match self.decide(store, &mut stage, addressed, &cause)? {
            Err(no) => self.fail(store, running, failure(no)),
            // so already, by somebody else's doing: what was held for it is not needed
            Ok(Outcome { events: 0 }) => {
                self.as_it_is(store, &running.ask.clone(), route, id)?;
                self.take_back(running);
                Ok(())
            }
            Ok(_) => {
                self.head.committed.push(running.ticket);
                self.succeed(store, stage, &running.ask, route, id)?;
                self.release(&running);
                Ok(())
            }
        }
    }

    pub(super) fn answered(
        &mut self,
        store: &dyn Store,
        key: &CallKey,
        answer: std::result::Result<Arc<str>, Refused>,
    ) -> Result<()> {
        let mine = |running: &&mut Running| {
            running.step == key.step as usize && running.undoing.is_none() && running.retry_at.is_none()
        };
        if key.caller != self.context().name || self.running.get_mut(&key.ticket).filter(mine).is_none() {
            return Ok(());
        }
        let Some(mut running) = self.running.remove(&key.ticket) else { return Ok(()) };
        match answer {
            Ok(body) => {
                self.left(&mut running, true);
                match self.with_plan(&running, |plan| plan.on_reply(running.step, &running.form, &body)) {
                    Ok(form) => {
                        running.form = form;
                        running.step += 1;
                        self.running.insert(key.ticket, running);
                        self.go_on(store, key.ticket)
                    }
                    Err(_) => self.fail(store, running, unavailable("an answer that can be read", 1000)),
                }
            }
            Err(Refused::By(reason)) => {
                self.left(&mut running, true);
                if self.planted == Planted::RefusedStepNotUndone {
                    running.asked.pop();
                }
                self.fail(store, running, Failure::Refused(reason))
            }
            Err(Refused::Unreachable) => self.unreachable(store, running),
        }
    }

    /// Asked again under the same key, if budget and time allow; otherwise it failed.
    fn unreachable(&mut self, store: &dyn Store, mut running: Running) -> Result<()> {
        let to = running.permit.map_or("", |(to, _)| to);
        let retry_at = self.now.plus_ms(self.limits.retry_pause_ms);
        let left = running.retries < self.limits.retries_max && retry_at < running.deadline;
        let may = left && self.upstreams.get_mut(to).is_some_and(|upstream| upstream.may_retry());
        self.left(&mut running, false);
        let again = may
            .then(|| self.upstreams.get_mut(to).and_then(|upstream| upstream.enter(self.now, &self.limits).ok()))
            .flatten();
        match again {
            Some(permit) => {
                running.permit = Some((self.upstreams[to].name, permit));
                running.retry_at = Some(retry_at);
                running.retries += 1;
                self.running.insert(running.ticket, running);
                Ok(())
            }
            None => {
                let retry_ms = self.limits.breaker_open_ms;
                let what = self.upstreams.get(to).map_or("another context", |upstream| upstream.name);
                self.fail(store, running, unavailable(what, retry_ms))
            }
        }
    }

    fn left(&mut self, running: &mut Running, answered: bool) {
        let Some((to, permit)) = running.permit.take() else { return };
        let Some(upstream) = self.upstreams.get_mut(to) else { return };
        if answered { upstream.answered(permit, &self.limits) } else { upstream.failed(permit, self.now, &self.limits) }
    }

    /// Tells the client, or commits the declared fallback; then undoes whatever may have been done.
    fn fail(&mut self, store: &dyn Store, mut running: Running, why: Failure) -> Result<()> {
        self.left(&mut running, true);
        if let Some(addressed) = self.with_plan(&running, |plan| plan.fallback(&running.form)) {
            let system = self.system.clone();
            let route = &system.contexts[self.me].routes[running.ask.route];
            let (id, mut stage) = (addressed.id, self.stage());
            let cause = Cause { at: Timestamp::default(), meta: running.ask.meta.clone() };
            match self.decide(store, &mut stage, addressed, &cause)? {
                Ok(_) => self.succeed(store, stage, &running.ask.clone(), route, id)?,
                Err(no) => self.finish(&running.ask.clone(), Err(failure(no))),
            }
        } else {
            self.finish(&running.ask.clone(), Err(why));
        }
        self.take_back(running);
        Ok(())
    }

    fn take_back(&mut self, mut running: Running) {
        self.left(&mut running, true);
        if self.planted == Planted::UndoSkipped {
            running.asked.clear();
        }
        if running.asked.is_empty() {
            self.release(&running);
            self.dirty_head = true;
            return;
        }
        running.undoing = Some(std::mem::take(&mut running.asked));
        running.retry_at = None;
        running.deadline = self.now;
        self.running.insert(running.ticket, running);
        self.undo_again();
    }

    /// Asks every undo that is due, last step first; pauses grow while nobody answers. Its share is its own: new requests can't starve it.
    pub(super) fn undo_again(&mut self) {
        let due = |(_, running): &(&Id, &Running)| running.undoing.is_some() && running.deadline <= self.now;
        let due: Vec<Id> = self.running.iter().filter(due).take(self.limits.undo_share).map(|(id, _)| *id).collect();
        for ticket in due {
            let Some(mut running) = self.running.remove(&ticket) else { continue };
            let steps = self.with_plan(&running, |plan| plan.steps());
            for step in running.undoing.iter().flatten().rev() {
                let message = Message::Undo { key: self.key(ticket, *step), settled: self.durable_settled };
                let message = Output::Send { to: steps[*step].to.to_string(), message };
                // not before its ticket is reserved: after a crash the ticket would be given again, and voided by this
                if ticket < self.durable_reserved { self.free.push(message) } else { self.out.push(message) }
            }
            running.deadline = self.now.plus_ms(running.pause_ms);
            running.pause_ms = (running.pause_ms * 2).min(self.limits.undo_retry_max_ms);
            self.running.insert(ticket, running);
        }
    }

    pub(super) fn undone(&mut self, key: &CallKey) {
        if key.caller != self.context().name {
            return;
        }
        let Some(running) = self.running.get_mut(&key.ticket) else { return };
        let Some(left) = running.undoing.as_mut() else { return };
        left.retain(|step| *step != key.step as usize);
        if left.is_empty()
            && let Some(running) = self.running.remove(&key.ticket)
        {
            self.release(&running);
            self.dirty_head = true;
        }
    }

    /// Steps past their time: unknown, so undone like those that answered.
    pub(super) fn time_out(&mut self, store: &dyn Store) -> Result<()> {
        let now = self.now;
        let retry: Vec<Id> =
            self.running.iter().filter(|(_, r)| r.retry_at.is_some_and(|at| at <= now)).map(|(id, _)| *id).collect();
        for ticket in retry {
            let Some(mut running) = self.running.remove(&ticket) else { continue };
            running.retry_at = None;
            self.put_question(&running);
            self.running.insert(ticket, running);
        }
        let late: Vec<Id> =
            self.running.iter().filter(|(_, r)| !r.undoing() && r.deadline <= now).map(|(id, _)| *id).collect();
        for ticket in late {
            let Some(mut running) = self.running.remove(&ticket) else { continue };
            let what = running.permit.map_or("another context", |(to, _)| to);
            self.left(&mut running, false);
            if self.planted == Planted::TimedOutStepNotUndone {
                running.asked.pop();
            }
            self.fail(store, running, unavailable(what, self.limits.breaker_open_ms))?;
        }
        Ok(())
    }

    /// Tickets in doubt after a crash: each callee voids them and fences what is still under way.
    pub(super) fn void_doubt_again(&mut self, _: &dyn Store) -> Result<()> {
        if self.in_doubt.is_empty() || self.doubt_retry > self.now {
            return Ok(());
        }
        let (from, to) = self.doubt;
        let kept: Vec<Id> = self.head.committed.iter().copied().filter(|ticket| *ticket < to).collect();
        for callee in self.in_doubt.clone() {
            let caller = self.context().name.to_string();
            self.send(callee, Message::VoidRange { caller, from, to, kept: kept.clone() });
        }
        self.doubt_retry = self.now.plus_ms(self.doubt_pause_ms);
        self.doubt_pause_ms = (self.doubt_pause_ms * 2).min(self.limits.undo_retry_max_ms);
        Ok(())
    }

    pub(super) fn range_voided(&mut self, by: &str, to: Id) {
        let believed = to == self.doubt.1 || self.planted == Planted::OldAcknowledgement;
        self.in_doubt.retain(|callee| *callee != by || !believed);
        self.dirty_head = true;
    }

    /// Below it everything is settled, once this is durable.
    pub(super) fn lowest(&self) -> Id {
        let running = self.running.keys().next().copied().unwrap_or(self.next);
        if self.in_doubt.is_empty() { running } else { self.doubt.0.min(running) }
    }
}
