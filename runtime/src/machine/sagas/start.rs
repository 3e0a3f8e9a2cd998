//! A saga starts, and goes on from step to step.
use super::{Calling, PendingCall, Phase, Saga, Sagas, plan_of, send_call};
use crate::error::{Error, STALE, UnavailableReason};
use crate::machine::attempt::Attempt;
use crate::machine::current::{Changed, StateKey};
use crate::machine::effect::Effect;
use crate::machine::injected::InjectedFault;
use crate::machine::requests::{AdmittedRequest, error_of};
use crate::machine::waiting::Waiter;
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use crate::request::Answer;
use kernel::{AddressedCommand, Erased, Id};

/// What the saga's last command would come to now.
enum Tried {
    /// Worth calling the others.
    Open,
    /// A decision under way comes first.
    Waits,
    /// Nobody has to be called: it has happened already.
    Happened(Answer),
    /// Nobody has to be called: it would be refused.
    Refused(Error),
}

impl Sagas {
    /// Tries the last command first: what it would refuse, or what is so already, is answered without calling anyone.
    pub fn start(&mut self, scope: &mut Scope<'_>, request: AdmittedRequest, data: Erased) -> Result<Vec<Effect>> {
        let declared = scope.work.declared();
        let Some(command) = plan_of(&declared, request.route).command(&data) else {
            let answer = scope.answer_as_it_is(&request, request.client.id.unwrap_or_default())?;
            return Ok(Effect::finished(request, Ok(answer)));
        };
        let target = (command.kind, command.id);
        let is_stale = scope.is_stale(&request, target.1)?;
        // a tag that is stale stays so, and does not have to wait for a claim
        if !is_stale && self.claims.contains_key(&target) {
            return Ok(vec![Effect::Waits(target, Waiter::Saga(Box::new(request)))]);
        }
        match try_command(scope, &request, command)? {
            Tried::Happened(answer) => Ok(Effect::finished(request, Ok(answer))),
            _ if is_stale => Ok(Effect::finished(request, Err(Error::refused(&STALE)))),
            Tried::Waits => Ok(vec![Effect::Waits(target, Waiter::Request(Box::new(request)))]),
            Tried::Refused(error) => Ok(Effect::finished(request, Err(error))),
            Tried::Open if self.has_room(scope) => self.begin(scope, request, data, target),
            Tried::Open => Ok(Effect::finished(
                request,
                Err(Error::unavailable(
                    UnavailableReason::QueueFull,
                    "room for more requests",
                    scope.work.limits.retry_after_ms,
                )),
            )),
        }
    }

    fn has_room(&self, scope: &Scope<'_>) -> bool {
        let limits = &scope.work.limits;
        self.calling_count() < limits.sagas_max && self.undoing_count() < limits.undoing_max
    }

    fn begin(
        &mut self,
        scope: &mut Scope<'_>,
        request: AdmittedRequest,
        data: Erased,
        target: StateKey,
    ) -> Result<Vec<Effect>> {
        let ticket = scope.work.tickets.take();
        scope.work.dirty_head = true;
        let target = (target.1 != ticket).then_some(target);
        self.claims.extend(target.map(|target| (target, ticket)));
        let (route, called) = (request.route, vec![]);
        let phase = Phase::Calling(Box::new(Calling { request, data, step: 0, pending: None, partner: None }));
        self.running.insert(ticket, Saga { ticket, route, target, called, phase });
        self.advance(scope, ticket)
    }

    /// Makes the next call, or commits at home when there is none left.
    pub(super) fn advance(&mut self, scope: &mut Scope<'_>, ticket: Id) -> Result<Vec<Effect>> {
        let declared = scope.work.declared();
        let settled = self.durable_settled(scope);
        let Some(saga) = self.running.get_mut(&ticket) else { return Ok(vec![]) };
        let Phase::Calling(calling) = &mut saga.phase else { return Ok(vec![]) };
        if calling.request.deadline <= scope.work.now.mono {
            return self.drop_late(scope, ticket);
        }
        let plan = plan_of(&declared, saga.route);
        for (number, step) in plan.steps().into_iter().enumerate().skip(calling.step) {
            calling.step = number;
            let Some(body) = plan.call(number, &calling.data) else { continue };
            let upstream = self.upstreams.get_mut(step.to).expect("upstreams are made of the plans' steps");
            let now = scope.work.now.mono;
            let permit = match upstream.enter(now, &scope.work.limits) {
                Ok(permit) => permit,
                Err((reason, retry_ms)) => {
                    return self.fail(scope, ticket, Error::unavailable(reason, step.to, retry_ms));
                }
            };
            let deadline = now.plus_ms(self.timeouts[step.within]).min(calling.request.deadline);
            let defers = scope.work.injected != InjectedFault::CallsWhileInDoubt;
            let (to, body, deferred) = (step.to, body.into(), defers && self.doubt.waits_for(step.to));
            calling.pending = Some(PendingCall { to, body, permit, deadline, deferred, retry_at: None, retries: 0 });
            if deferred {
                self.doubt.hurry(&scope.work.limits, now);
            } else {
                saga.called.push(number);
                send_call(scope, saga.ticket, calling, settled);
            }
            return Ok(vec![]);
        }
        self.commit(scope, ticket)
    }

    /// Calls that waited for a callee to void what is in doubt leave now.
    pub(super) fn send_deferred(&mut self, scope: &mut Scope<'_>) {
        let settled = self.durable_settled(scope);
        let Sagas { running, doubt, .. } = self;
        for saga in running.values_mut() {
            let Phase::Calling(calling) = &mut saga.phase else { continue };
            let Some(pending) = calling.pending.as_mut().filter(|pending| pending.deferred) else { continue };
            if !doubt.waits_for(pending.to) {
                pending.deferred = false;
                saga.called.push(calling.step);
                send_call(scope, saga.ticket, calling, settled);
            }
        }
    }

    /// The settled mark that callees may be told.
    pub(super) fn durable_settled(&self, scope: &Scope<'_>) -> Id {
        if scope.work.injected == InjectedFault::SettledTooEarly {
            return self.lowest(scope.work.tickets.next());
        }
        scope.work.tickets.durable_settled()
    }
}

fn try_command(scope: &mut Scope<'_>, request: &AdmittedRequest, command: AddressedCommand) -> Result<Tried> {
    let id = command.id;
    let events = match scope.rule(&Changed::default(), command)? {
        Attempt::Refused(reason) if reason.waits => return Ok(Tried::Waits),
        attempt => error_of(attempt.map(|decided| decided.decision.events.len()), &scope.work.limits),
    };
    Ok(match events {
        Err(error) => Tried::Refused(error),
        Ok(0) => Tried::Happened(scope.answer_as_it_is(request, id)?),
        Ok(_) => Tried::Open,
    })
}
