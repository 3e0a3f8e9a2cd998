//! The end of a saga's calls: it commits once at home, or fails and tells the client.
use super::{Phase, Saga, Sagas, Undo, plan_of};
use crate::error::{Error, STALE, UnavailableReason};
use crate::machine::effect::Effect;
use crate::machine::requests::{error_of, out_of_time};
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use crate::request::Response;
use kernel::Id;

impl Sagas {
    pub(super) fn commit(&mut self, scope: &mut Scope<'_>, ticket: Id) -> Result<Vec<Effect>> {
        let declared = scope.work.declared();
        let Some(calling) = self.running.get(&ticket).and_then(Saga::calling) else { return Ok(vec![]) };
        let request = &calling.request;
        let Some(command) = plan_of(&declared, request.route).command(&calling.data) else {
            return self.fail(
                scope,
                ticket,
                Error::unavailable(UnavailableReason::Fault, "this request's rule", scope.work.limits.retry_after_ms),
            );
        };
        let id = command.id;
        let is_stale = scope.is_stale(request, id)?;
        let mut draft = scope.work.draft();
        match error_of(scope.decide(&mut draft, command, &calling.origin())?, &scope.work.limits) {
            // so already, by somebody else's doing: what was held for it is not needed
            Ok(0) => {
                let answer = scope.answer_as_it_is(request, id)?;
                self.finish_and_undo(scope, ticket, Ok(answer))
            }
            _ if is_stale => self.fail(scope, ticket, Error::refused(&STALE)),
            Err(error) => self.fail(scope, ticket, error),
            Ok(_) => {
                let answer = scope.keep_answered(draft, request, id)?;
                Ok(self.finish(scope, ticket, Ok(answer)))
            }
        }
    }

    /// Tells the client, or commits the declared fallback; then undoes whatever may have been done.
    pub(super) fn fail(&mut self, scope: &mut Scope<'_>, ticket: Id, why: Error) -> Result<Vec<Effect>> {
        let declared = scope.work.declared();
        let Some(calling) = self.running.get(&ticket).and_then(Saga::calling) else { return Ok(vec![]) };
        let request = &calling.request;
        let response = match plan_of(&declared, request.route).fallback(&calling.data) {
            None => Err(why),
            Some(command) => {
                let (id, mut draft) = (command.id, scope.work.draft());
                match error_of(scope.decide(&mut draft, command, &calling.origin())?, &scope.work.limits) {
                    Ok(_) => Ok(scope.keep_answered(draft, request, id)?),
                    Err(error) => Err(error),
                }
            }
        };
        self.finish_and_undo(scope, ticket, response)
    }

    /// The client's time is over before anything was decided at home: nothing is, and what was called is undone.
    pub(super) fn drop_late(&mut self, scope: &mut Scope<'_>, ticket: Id) -> Result<Vec<Effect>> {
        let error = out_of_time(&scope.work.limits);
        self.finish_and_undo(scope, ticket, Err(error))
    }

    /// What was called is kept: the saga is over.
    fn finish(&mut self, scope: &mut Scope<'_>, ticket: Id, response: Response) -> Vec<Effect> {
        self.leave_upstream(scope, ticket, true);
        let mut effects = self.end_calling(scope, ticket, response, vec![]);
        effects.extend(self.end(scope, ticket));
        effects
    }

    /// The client has its response; what was called is undone.
    fn finish_and_undo(&mut self, scope: &mut Scope<'_>, ticket: Id, response: Response) -> Result<Vec<Effect>> {
        self.leave_upstream(scope, ticket, true);
        let called = self.running.get_mut(&ticket).map(|saga| std::mem::take(&mut saga.called)).unwrap_or_default();
        let is_over = called.is_empty();
        let mut effects = self.end_calling(scope, ticket, response, called);
        if is_over {
            effects.extend(self.end(scope, ticket));
        } else {
            self.undo_due(scope);
        }
        Ok(effects)
    }

    fn end_calling(&mut self, scope: &Scope<'_>, ticket: Id, response: Response, left: Vec<usize>) -> Vec<Effect> {
        let Some(saga) = self.running.get_mut(&ticket) else { return vec![] };
        let undo = Undo { left, next_try: scope.work.now.mono, pause_ms: scope.work.limits.undo_retry_ms };
        match std::mem::replace(&mut saga.phase, Phase::Undoing(undo)) {
            Phase::Calling(calling) => Effect::finished(calling.request, response),
            Phase::Undoing(undo) => {
                saga.phase = Phase::Undoing(undo);
                vec![]
            }
        }
    }
}
