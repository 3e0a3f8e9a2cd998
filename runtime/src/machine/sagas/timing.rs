//! Time passes over the sagas: calls are sent again, steps run out of time, undos are due.
use super::{PendingCall, Saga, Sagas};
use crate::error::{Error, UnavailableReason};
use crate::machine::effect::Effect;
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use kernel::Id;

impl Sagas {
    pub fn on_time(&mut self, scope: &mut Scope<'_>) -> Result<Vec<Effect>> {
        let now = scope.work.now.mono;
        for ticket in self.pending_where(|pending| pending.retry_at.is_some_and(|at| at <= now)) {
            self.send_again(scope, ticket);
        }
        let mut effects = vec![];
        for ticket in self.pending_where(|pending| pending.deadline <= now) {
            effects.extend(self.out_of_time(scope, ticket)?);
        }
        self.undo_due(scope);
        self.doubt.void_again(scope);
        Ok(effects)
    }

    fn pending_where(&self, due: impl Fn(&PendingCall) -> bool) -> Vec<Id> {
        let is_due = |saga: &Saga| saga.calling().and_then(|calling| calling.pending.as_ref()).is_some_and(&due);
        self.running.iter().filter(|(_, saga)| is_due(saga)).map(|(ticket, _)| *ticket).collect()
    }

    /// The outcome of the step is unknown, so it is undone like one that was done.
    fn out_of_time(&mut self, scope: &mut Scope<'_>, ticket: Id) -> Result<Vec<Effect>> {
        let calling = self.running.get(&ticket).and_then(Saga::calling);
        let Some(pending) = calling.and_then(|calling| calling.pending.as_ref()) else { return Ok(vec![]) };
        let error = Error::unavailable(UnavailableReason::NoReply, pending.to, scope.work.limits.breaker_open_ms);
        let is_late = calling.is_some_and(|calling| calling.request.deadline <= scope.work.now.mono);
        self.leave_upstream(scope, ticket, false);
        if is_late {
            return self.drop_late(scope, ticket);
        }
        self.fail(scope, ticket, error)
    }
}
