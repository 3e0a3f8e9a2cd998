//! Whose a thing is decides who may change it; a thing that somebody may not know of is to them as if it did not exist.
use super::AdmittedRequest;
use super::error_of;
use crate::error::{Error, NOT_YOURS};
use crate::machine::attempt::Attempt;
use crate::machine::current::{Changed, OwnedState, StateKey};
use crate::machine::decide::{guarded, readable};
use crate::machine::injected::InjectedFault;
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use crate::request::{Answer, Response};
use kernel::{AddressedCommand, Caller, Denied, Id, Permission, Route};

impl Scope<'_> {
    /// Why the client may not change a thing, if so. One that does not exist is nobody's to deny.
    pub fn denied(&mut self, request: &AdmittedRequest, thing: StateKey) -> Result<Option<Denied>> {
        let permission = &request.client.permission;
        if *permission == Permission::default() || self.work.injected == InjectedFault::PermissionIgnored {
            return Ok(None);
        }
        Ok(self.thing(thing)?.and_then(|thing| permission.denied(&thing.of)))
    }

    /// As `denied`; a request that may go on belongs to whoever owns the thing from then on, or to whoever makes it.
    pub fn enter(&mut self, request: &mut AdmittedRequest, command: &AddressedCommand) -> Result<Option<Denied>> {
        let Some(who) = request.client.meta.who.clone() else { return Ok(None) };
        let thing = (command.kind, command.id);
        let denied = self.denied(request, thing)?;
        if denied.is_none() {
            request.client.meta.owner = self.thing(thing)?.map_or(Some(who.person), |thing| thing.of.owner);
        }
        Ok(denied)
    }

    /// What a client is told that may not do this.
    pub fn deny(&mut self, denied: Denied, route: &Route, command: AddressedCommand) -> Response {
        let kind = self.work.declared();
        let kind = kind.kind(command.kind).filter(|_| denied == Denied::Unseen);
        let Some(kind) = kind else { return Err(Error::refused(&NOT_YOURS)) };
        let attempt = match guarded(|| (kind.decide)(None, command.id, command.command)) {
            Ok(decided) => Attempt::from_rule(decided),
            Err(broke) => Attempt::Fault(broke),
        };
        let decision = error_of(attempt, &self.work.limits)?;
        if !decision.events.is_empty() {
            return Err(Error::refused(&NOT_YOURS)); // it would be made, and it is there
        }
        Ok(self.answer_of_nothing(route, command.id))
    }

    /// What a request is answered that changes nothing of a thing that does not exist.
    pub fn answer_of_nothing(&self, route: &Route, id: Id) -> Answer {
        let position = self.work.head.position;
        Answer { done: route.success, id, body: None, history: None, etag: 0, position }
    }

    /// What a request that takes part in a thing has not changed may be another's doing.
    pub fn is_somebody_elses(&mut self, caller: Option<&Caller>, thing: StateKey) -> Result<bool> {
        let Some(caller) = caller else { return Ok(false) };
        let is_theirs = |thing: OwnedState| caller.persons().any(|person| thing.of.partner == Some(person));
        Ok(!self.thing(thing)?.is_some_and(is_theirs))
    }

    /// One that can't be read is for the rule to complain about.
    fn thing(&mut self, (kind, id): StateKey) -> Result<Option<OwnedState>> {
        let declared = self.work.declared();
        let found = self.work.current.thing(&Changed::default(), self.store, &declared, kind, id);
        Ok(readable(found)?.unwrap_or_default())
    }
}
