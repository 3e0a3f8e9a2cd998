//! Tickets in doubt after a crash: they were reserved, and nobody knows whether their calls were done. Each callee voids them and raises a
//! fence against what is still under way. Callees are asked after an orderly end too, with nothing to void: the answer tells whether this store has
//! lost reserved tickets that it gave. A ticket that was given before must not be given to the same callee again, so none is until it has answered.
use crate::limits::Limits;
use crate::lives;
use crate::machine::outbox::Departure;
use crate::machine::workspace::Scope;
use crate::message::PeerMessage;
use crate::port::clock::Moment;
use crate::port::store::Result;
use kernel::{Head, Id, Name};

pub struct Doubt {
    /// Callees that have not answered yet.
    callees: Vec<Name>,
    from: Id,
    to: Id,
    next_try: Moment,
    pause_ms: u64,
}

impl Doubt {
    pub fn open(head: &Head, callees: Vec<Name>, limits: &Limits, now: Moment) -> Doubt {
        let (from, to) = (head.settled.max(Id(1)), head.reserved.max(Id(1)));
        // a new store asks nobody: whether callees know another one in its place, their heads tell
        let callees = if head.reserved > Id(0) { callees } else { vec![] };
        Doubt { callees, from, to, next_try: now, pause_ms: limits.undo_retry_ms }
    }

    /// Nothing is in doubt, or not any more.
    pub fn is_over(&self) -> bool {
        self.from == self.to || self.callees.is_empty()
    }

    /// Whether this callee has still to answer: it may remember a call of the same customer that is to be voided first.
    pub fn waits_for(&self, callee: &str) -> bool {
        self.callees.contains(&callee)
    }

    /// Callees that have something to void.
    pub fn callees(&self) -> usize {
        if self.is_over() { 0 } else { self.callees.len() }
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
        let (from, to, caller) = (self.from, self.to, scope.work.context().name.to_string());
        let kept = scope.work.head.settled_ahead.below(to);
        for callee in &self.callees {
            let message = PeerMessage::VoidRange { caller: caller.clone(), from, to, kept: kept.clone() };
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

    /// An acknowledgement of an older range says nothing of this one.
    ///
    /// # Errors
    /// `Mismatched`: the callee knows a ticket that this store has never given. It went back in time.
    pub fn acknowledged(&mut self, scope: &mut Scope<'_>, by: &str, to: Id, highest: Id) -> Result<()> {
        if to != self.to || !self.waits_for(by) {
            return Ok(());
        }
        // this process has not called it so far
        if highest >= self.to {
            return Err(lives::lost_tickets(scope.work.context().name, self.to, by, highest));
        }
        scope.work.dirty_head |= self.from < self.to;
        self.callees.retain(|callee| *callee != by);
        Ok(())
    }
}
