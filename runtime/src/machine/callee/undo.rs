//! A call is undone: what it did is taken back, and a call that has not come yet leaves a tombstone and will never be done.
use crate::machine::attempt::Attempt;
use crate::machine::decide::EventOrigin;
use crate::machine::draft::Draft;
use crate::machine::outbox::Departure;
use crate::machine::subscriptions::Parking;
use crate::machine::workspace::Scope;
use crate::message::PeerMessage;
use crate::port::store::Result;
use kernel::{CallKey, CallRecord, Id, Meta, Recorded};
use std::sync::Arc;

/// The type of the entry that stands in a parking queue for an undo that could not be done.
const UNDO_EVENT: &str = "Undo";

pub fn on_undo(scope: &mut Scope<'_>, parking: &mut Parking, key: CallKey, settled: Id) -> Result<()> {
    let caller = key.caller.to_string();
    scope.void(parking, key.clone())?;
    scope.forget_settled(&caller, settled);
    scope.work.outbox.send(caller, PeerMessage::Undone { key }, Departure::WhenDurable);
    Ok(())
}

/// An operator has a parked undo tried again.
pub fn undo_by_hand(
    scope: &mut Scope<'_>,
    draft: &mut Draft,
    parked: &Recorded,
) -> Result<std::result::Result<(), String>> {
    match serde_json::from_str::<(String, String)>(&parked.body) {
        Ok((call, body)) => scope.take_back(draft, &call, &body),
        Err(unreadable) => Ok(Err(format!("the parked undo can't be read: {unreadable}"))),
    }
}

impl Scope<'_> {
    pub(super) fn void(&mut self, parking: &mut Parking, key: CallKey) -> Result<()> {
        let record = self.work.current.call(self.store, &key)?;
        if record == Some(CallRecord::Void) || (record.is_none() && key.ticket < self.fence(&key.caller)) {
            return Ok(());
        }
        let mut draft = self.work.draft();
        if let Some(CallRecord::Done { call, body, .. }) = &record
            && let Err(why) = self.take_back(&mut draft, call, body)?
        {
            draft = self.work.draft();
            self.park_undo(parking, &mut draft, &key, (call, body), why);
        }
        draft.commit.calls.push((key, CallRecord::Void));
        self.work.keep(draft);
        Ok(())
    }

    /// Decides the undo that is declared beside the call; why that is not possible.
    fn take_back(&mut self, draft: &mut Draft, call: &str, body: &str) -> Result<std::result::Result<(), String>> {
        let declared = self.work.declared();
        let callee = declared.callees.iter().find(|callee| callee.call == call);
        let Some(command) = callee.and_then(|callee| (callee.undo)(body).ok()) else {
            return Ok(Err(format!("nobody knows how to undo \"{call}\"")));
        };
        Ok(match self.decide(draft, command, &EventOrigin::default())? {
            Attempt::Done(_) => Ok(()),
            Attempt::Refused(reason) => Err(format!("the undo was refused: {}", reason.code)),
            Attempt::Fault(what) => Err(what),
        })
    }

    /// An undo can't be refused: one that is keeps its context from rest, and an operator must see it.
    fn park_undo(
        &mut self,
        parking: &mut Parking,
        draft: &mut Draft,
        key: &CallKey,
        (call, body): (&str, &str),
        reason: String,
    ) {
        tracing::error!(caller = %key.caller, ticket = key.ticket.0, reason, "an undo could not be done");
        let at = self.work.now.wall;
        let event = Recorded {
            position: key.ticket.0,
            event_id: self.work.event_id(at),
            event_type: UNDO_EVENT.into(),
            version: 1,
            published: false,
            kind: "call".into(),
            id: key.ticket,
            key: key.ticket,
            at,
            meta: Meta::default(),
            body: serde_json::to_string(&(call, body)).expect("two texts are plain data").into(),
            value: None,
        };
        parking.park_undo(draft, key, Arc::new(event), reason, at);
    }
}
