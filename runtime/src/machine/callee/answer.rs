//! A call is answered: as it was answered before, or by deciding its command.
use super::IncomingCall;
use crate::error::{CALL_DIFFERS, VOIDED};
use crate::machine::attempt::Attempt;
use crate::machine::decide::EventOrigin;
use crate::machine::effect::Effect;
use crate::machine::injected::InjectedFault;
use crate::machine::outbox::Departure;
use crate::machine::waiting::Waiter;
use crate::machine::workspace::Scope;
use crate::message::{CallError, CallRequest, CallResult, PeerMessage};
use crate::port::store::Result;
use kernel::{AddressedCommand, CallRecord, Callee, Owners};
use std::borrow::Cow;
use std::sync::Arc;

pub fn answer_call(scope: &mut Scope<'_>, call: IncomingCall) -> Result<Vec<Effect>> {
    let request = &call.request;
    let (key, caller) = (request.key.clone(), request.key.caller.to_string());
    let fenced = key.ticket < scope.fence(&caller) && scope.work.injected != InjectedFault::NoFence;
    let result = match scope.work.current.call(scope.store, &key)? {
        Some(CallRecord::Done { call, body, answer }) if call == request.call && body == request.body => Ok(answer),
        // never a repeat: the caller has forgotten that it gave this ticket before
        Some(CallRecord::Done { call, .. }) => {
            let (ticket, step) = (key.ticket.0, key.step);
            tracing::error!(caller, ticket, step, remembered = %call, asked = request.call, "another call has this key");
            Err(CallError::Refused((&CALL_DIFFERS).into()))
        }
        Some(CallRecord::Void) => Err(CallError::Refused((&VOIDED).into())),
        None if fenced => Err(CallError::Refused((&VOIDED).into())),
        None if call.deadline <= scope.work.now.mono => return Ok(vec![]),
        None => match scope.do_call(request)? {
            Done::Replied(result) => result,
            Done::Waits(thing) => return Ok(vec![Effect::Waits(thing, Waiter::Call(Box::new(call)))]),
        },
    };
    scope.forget_settled(&caller, request.settled);
    scope.work.outbox.send(caller, PeerMessage::Reply { key, result }, Departure::WhenDurable);
    Ok(vec![])
}

enum Done {
    Replied(CallResult),
    /// A decision under way on this thing comes first.
    Waits(crate::machine::current::StateKey),
}

impl Scope<'_> {
    fn do_call(&mut self, request: &CallRequest) -> Result<Done> {
        let declared = self.work.declared();
        let Some(callee) = declared.callees.iter().find(|callee| callee.call == request.call) else {
            return Ok(Done::Replied(Err(CallError::Unreachable)));
        };
        let Ok(command) = (callee.act)(&request.body) else {
            return Ok(Done::Replied(Err(CallError::Unreachable)));
        };
        self.decide_call(request, callee, command)
    }

    fn decide_call(&mut self, request: &CallRequest, callee: &Callee, command: AddressedCommand) -> Result<Done> {
        let (thing, mut draft) = ((command.kind, command.id), self.work.draft());
        let partner = callee.asker_takes_part.then_some(request.meta.owner);
        match self.decide(&mut draft, command, &EventOrigin::of_request(&request.meta).with_partner(partner))? {
            Attempt::Refused(reason) if reason.waits => return Ok(Done::Waits(thing)),
            Attempt::Refused(reason) => return Ok(Done::Replied(Err(CallError::Refused(reason.into())))),
            Attempt::Fault(what) => {
                tracing::error!(what, call = request.call, "a rule broke");
                return Ok(Done::Replied(Err(CallError::Unreachable)));
            }
            Attempt::Done(_) => {}
        }
        let declared = self.work.declared();
        let answering = self.work.current.thing(&draft.changed, self.store, &declared, thing.0, thing.1)?;
        let owner = answering.as_ref().and_then(|thing| thing.of.owner).filter(|_| callee.owner_takes_part);
        let answer = (callee.answer)(answering.as_ref().map(|thing| &thing.state));
        let answer: Arc<str> = Owners { owner, partner: None }.mark(answer);
        let (call, body) = (Cow::Borrowed(callee.call), request.body.clone());
        draft.commit.calls.push((request.key.clone(), CallRecord::Done { call, body, answer: answer.clone() }));
        self.work.keep(draft);
        Ok(Done::Replied(Ok(answer)))
    }
}
