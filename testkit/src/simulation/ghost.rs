//! Nobody is refused for what an owner before has held for the same request.
use super::broken::{Lived, ensure};
use super::service::index;
use super::world::World;
use kernel::CallRecord;
use runtime::message::{CallError, PeerMessage};
use runtime::port::peers::Envelope;

impl World<'_> {
    /// `to` gets a reply: what it has called before for the same request must not be done any more.
    pub(super) fn refused_by_a_ghost(&self, to: usize, envelope: &Envelope) -> Lived {
        let PeerMessage::Reply { key, result: Err(CallError::Refused(refusal)) } = &envelope.message else {
            return Ok(());
        };
        let by = index(&self.of.system, &envelope.from);
        let declined = self.of.system.contexts[by].provider.is_some_and(|p| p.refusal.code == refusal.code);
        let tries = self.services[to].commitments.tries_before(key.ticket);
        let Some(reader) = self.services[by].disk_reader().filter(|_| !tries.is_empty() && !declined) else {
            return Ok(());
        };
        let calls = reader.calls()?.into_iter();
        let mut ghosts = calls.filter(|(call, record)| {
            let is_done = matches!(record, CallRecord::Done { .. });
            is_done && call.caller == key.caller && call.step == key.step && tries.contains(&call.ticket)
        });
        match ghosts.next() {
            None => Ok(()),
            Some((ghost, _)) => ensure(false, "ghost", || {
                let (caller, callee) = (&envelope.to, &envelope.from);
                format!(
                    "{callee} says {} to {caller} {}, and holds {} for the same request",
                    refusal.code, key.ticket, ghost.ticket
                )
            }),
        }
    }
}
