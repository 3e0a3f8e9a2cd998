//! What was called is undone: each undo is sent again until it is acknowledged.
use super::{Saga, Sagas, departure, key_of, plan_of};
use crate::machine::effect::Effect;
use crate::machine::workspace::Scope;
use crate::message::PeerMessage;
use kernel::{CallKey, Id};

impl Sagas {
    /// Sends every undo that is due, last step first; pauses grow while nobody acknowledges. Undos have a share of their own, so that new
    /// requests can't starve them.
    pub(super) fn undo_due(&mut self, scope: &mut Scope<'_>) {
        let now = scope.work.now.mono;
        let is_due = |saga: &mut Saga| saga.undo().is_some_and(|undo| undo.next_try <= now);
        let due = self.running.iter_mut().filter_map(|(ticket, saga)| is_due(saga).then_some(*ticket));
        let due: Vec<Id> = due.take(scope.work.limits.undo_share).collect();
        for ticket in due {
            if let Some(saga) = self.running.get_mut(&ticket) {
                send_undos(scope, saga);
            }
        }
    }

    pub fn on_undone(&mut self, scope: &mut Scope<'_>, key: &CallKey) -> Vec<Effect> {
        if key.caller != scope.work.context().name {
            return vec![];
        }
        let Some(undo) = self.running.get_mut(&key.ticket).and_then(Saga::undo) else { return vec![] };
        undo.left.retain(|step| *step != key.step as usize);
        if undo.left.is_empty() { self.end(scope, key.ticket) } else { vec![] }
    }
}

fn send_undos(scope: &mut Scope<'_>, saga: &mut Saga) {
    let declared = scope.work.declared();
    let steps = plan_of(&declared, saga.route).steps();
    let (ticket, settled) = (saga.ticket, scope.work.tickets.durable_settled());
    let Some(undo) = saga.undo() else { return };
    for step in undo.left.iter().rev() {
        let (to, key) = (steps[*step].to, key_of(&declared, ticket, *step));
        // not before the ticket is reserved: after a crash it would be given again, and this undo would void it
        let departure = departure(scope, to, ticket);
        scope.work.outbox.send(to, PeerMessage::Undo { key, settled }, departure);
    }
    undo.next_try = scope.work.now.mono.plus_ms(undo.pause_ms);
    undo.pause_ms = (undo.pause_ms * 2).min(scope.work.limits.undo_retry_max_ms);
}
