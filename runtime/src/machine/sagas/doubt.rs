//! Tickets in doubt after a crash: they were reserved, and nobody knows whether their calls were done. Each callee voids them and raises a
//! fence against what is still under way. Callees are asked after an orderly end too, with nothing to void: the answer tells whether this store has
//! lost reserved tickets that it gave. A ticket that was given before must not be given to the same callee again, so none is until it has answered.
//! Where the answer shows a loss, it has to show it to every later process as well, and these reserve further: so the head keeps which tickets a
//! callee can have been given, from the first time that it is asked until it has answered.
use crate::limits::Limits;
use crate::lives;
use crate::machine::outbox::Departure;
use crate::machine::workspace::Scope;
use crate::message::PeerMessage;
use crate::port::clock::Moment;
use crate::port::store::Result;
use kernel::{Head, Id, Name};
use std::collections::BTreeMap;

pub struct Doubt {
    /// Callees that have not answered yet, and the first ticket that none of them was given.
    callees: BTreeMap<Name, Id>,
    /// The lowest ticket that may be in doubt.
    from: Id,
    next_try: Moment,
    pause_ms: u64,
}

impl Doubt {
    pub fn open(head: &mut Head, callees: impl Iterator<Item = Name>, limits: &Limits, now: Moment) -> Doubt {
        let reserved = head.reserved;
        let given_below = |callee: Name| (callee, *head.unheard.entry(callee.to_string()).or_insert(reserved));
        // a new store asks nobody: whether callees know another one in its place, their heads tell
        let callees = callees.filter(|_| reserved > Id(0)).map(given_below).collect();
        Doubt { callees, from: head.settled.max(Id(1)), next_try: now, pause_ms: limits.undo_retry_ms }
    }

    /// Whether this callee has still to answer: it may remember a call of the same customer that is to be voided first.
    pub fn waits_for(&self, callee: &str) -> bool {
        self.callees.contains_key(callee)
    }

    /// Nothing is in doubt, or not any more.
    pub fn is_over(&self) -> bool {
        self.callees() == 0
    }

    /// Callees that have something to void.
    pub fn callees(&self) -> usize {
        self.callees.values().filter(|to| self.from < **to).count()
    }

    pub fn wakes_at(&self) -> Option<Moment> {
        (!self.callees.is_empty()).then_some(self.next_try)
    }

    /// The lowest ticket in doubt.
    pub fn lowest(&self) -> Option<Id> {
        (!self.is_over()).then_some(self.from)
    }

    /// Asks every callee that has not answered yet to void the range.
    pub fn void_again(&mut self, scope: &mut Scope<'_>) {
        if self.callees.is_empty() || self.next_try > scope.work.now.mono {
            return;
        }
        let caller = scope.work.context().name;
        for (callee, to) in &self.callees {
            let (from, to, kept) = (self.from.min(*to), *to, scope.work.head.settled_ahead.below(*to));
            let message = PeerMessage::VoidRange { caller: caller.to_string(), from, to, kept };
            scope.work.outbox.send(*callee, message, Departure::WhenDurable);
        }
        self.next_try = scope.work.now.mono.plus_ms(self.pause_ms);
        self.pause_ms = (self.pause_ms * 2).min(scope.work.limits.undo_retry_max_ms);
    }

    /// A request waits for an answer: the callees that have not answered are asked again soon.
    pub fn hurry(&mut self, limits: &Limits, now: Moment) {
        self.pause_ms = limits.undo_retry_ms;
        self.next_try = self.next_try.min(now.plus_ms(self.pause_ms));
    }

    /// An acknowledgement of another range says nothing of this one. That of an earlier process does where it was asked for the same: the callee
    /// was given nothing since.
    ///
    /// # Errors
    /// `Mismatched`: the callee knows a ticket that this store has never given. It went back in time.
    pub fn acknowledged(&mut self, scope: &mut Scope<'_>, by: &str, to: Id, highest: Id) -> Result<()> {
        if self.callees.get(by) != Some(&to) {
            return Ok(());
        }
        if highest >= to {
            return Err(lives::lost_tickets(scope.work.context().name, to, by, highest));
        }
        self.callees.remove(by);
        scope.work.head.unheard.remove(by);
        scope.work.dirty_head = true;
        Ok(())
    }
}
