//! A callee replies, or can't be reached.
use super::{Saga, Sagas, plan_of, send_call};
use crate::error::{Error, UnavailableReason};
use crate::machine::effect::Effect;
use crate::machine::workspace::Scope;
use crate::message::{CallError, CallResult};
use crate::port::store::Result;
use kernel::{CallKey, Id, Owners};
use std::sync::Arc;

impl Sagas {
    pub fn on_reply(&mut self, scope: &mut Scope<'_>, key: &CallKey, result: CallResult) -> Result<Vec<Effect>> {
        if !self.waits_for(scope, key) {
            return Ok(vec![]);
        }
        match result {
            Ok(body) => self.on_answer(scope, key.ticket, &body),
            Err(CallError::Refused(refusal)) => {
                self.leave_upstream(scope, key.ticket, true);
                self.fail(scope, key.ticket, Error::Refused(refusal))
            }
            Err(CallError::Unreachable) => self.on_unreachable(scope, key.ticket),
        }
    }

    /// A reply to an earlier step, to a saga that is over, or to a call that is to be sent again, says nothing.
    fn waits_for(&self, scope: &Scope<'_>, key: &CallKey) -> bool {
        let calling = self.running.get(&key.ticket).and_then(Saga::calling);
        let waits = calling.is_some_and(|calling| {
            let pending =
                calling.pending.as_ref().is_some_and(|pending| pending.retry_at.is_none() && !pending.deferred);
            calling.step == key.step as usize && pending
        });
        waits && key.caller == scope.work.context().name
    }

    fn on_answer(&mut self, scope: &mut Scope<'_>, ticket: Id, body: &Arc<str>) -> Result<Vec<Effect>> {
        self.leave_upstream(scope, ticket, true);
        let declared = scope.work.declared();
        let Some(calling) = self.running.get_mut(&ticket).and_then(Saga::calling_mut) else { return Ok(vec![]) };
        let plan = plan_of(&declared, calling.request.route);
        let replied = Owners::unmark(body)
            .and_then(|(of, answer)| Ok((of.owner, plan.on_reply(calling.step, &calling.data, answer)?)));
        match replied {
            Ok((owner, data)) => {
                if plan.steps()[calling.step].owner_takes_part {
                    calling.partner = Some(owner);
                }
                calling.data = data;
                calling.step += 1;
                self.advance(scope, ticket)
            }
            Err(_) => {
                let retry_after_ms = scope.work.limits.retry_after_ms;
                self.fail(
                    scope,
                    ticket,
                    Error::unavailable(UnavailableReason::Fault, "an answer that can be read", retry_after_ms),
                )
            }
        }
    }

    /// Sends the call again under the same key, if budget and time allow; otherwise the saga fails.
    fn on_unreachable(&mut self, scope: &mut Scope<'_>, ticket: Id) -> Result<Vec<Effect>> {
        let (now, limits) = (scope.work.now.mono, &scope.work.limits);
        let calling = self.running.get_mut(&ticket).and_then(Saga::calling_mut);
        let Some(pending) = calling.and_then(|calling| calling.pending.as_mut()) else { return Ok(vec![]) };
        let Some(upstream) = self.upstreams.get_mut(pending.to) else { return Ok(vec![]) };
        let retry_at = now.plus_ms(limits.retry_pause_ms);
        let in_time = pending.retries < limits.retries_max && retry_at < pending.deadline;
        let may_retry = in_time && upstream.may_retry();
        upstream.failed(pending.permit, now, limits);
        match may_retry.then(|| upstream.enter(now, limits)) {
            Some(Ok(permit)) => {
                (pending.permit, pending.retry_at) = (permit, Some(retry_at));
                pending.retries += 1;
                Ok(vec![])
            }
            _ => {
                let error = Error::unavailable(UnavailableReason::NoReply, pending.to, limits.breaker_open_ms);
                self.forget_pending(ticket);
                self.fail(scope, ticket, error)
            }
        }
    }

    /// The upstream has heard already how the call ended.
    fn forget_pending(&mut self, ticket: Id) {
        if let Some(calling) = self.running.get_mut(&ticket).and_then(Saga::calling_mut) {
            calling.pending = None;
        }
    }

    pub(super) fn send_again(&mut self, scope: &mut Scope<'_>, ticket: Id) {
        let settled = self.durable_settled(scope);
        let Some(calling) = self.running.get_mut(&ticket).and_then(Saga::calling_mut) else { return };
        if let Some(pending) = &mut calling.pending {
            pending.retry_at = None;
        }
        send_call(scope, ticket, calling, settled);
    }
}
