//! Tickets in doubt after a crash: they were reserved, and nobody knows whether their calls were done. Each callee voids them and raises a
//! fence against what is still under way.
use crate::limits::Limits;
use crate::machine::outbox::Departure;
use crate::machine::workspace::Scope;
use crate::message::PeerMessage;
use crate::port::clock::Moment;
use kernel::{Head, Id, Name};

pub struct Doubt {
    /// Callees that have not acknowledged yet.
    callees: Vec<Name>,
    from: Id,
    to: Id,
    next_try: Moment,
    pause_ms: u64,
}

impl Doubt {
    pub fn open(head: &Head, callees: Vec<Name>, limits: &Limits, now: Moment) -> Doubt {
        let (from, to) = (head.settled.max(Id(1)), head.reserved.max(Id(1)));
        let callees = if from < to { callees } else { vec![] };
        Doubt { callees, from, to, next_try: now, pause_ms: limits.undo_retry_ms }
    }

    pub fn is_over(&self) -> bool {
        self.callees.is_empty()
    }

    /// Whether this callee has still to acknowledge: it may remember a call of the same customer that is to be voided first.
    pub fn waits_for(&self, callee: &str) -> bool {
        self.callees.contains(&callee)
    }

    pub fn callees(&self) -> usize {
        self.callees.len()
    }

    pub fn wakes_at(&self) -> Option<Moment> {
        (!self.is_over()).then_some(self.next_try)
    }

    /// The lowest ticket in doubt.
    pub fn lowest(&self) -> Option<Id> {
        (!self.is_over()).then_some(self.from)
    }

    /// Asks every callee that has not acknowledged yet to void the range.
    pub fn void_again(&mut self, scope: &mut Scope<'_>) {
        if self.is_over() || self.next_try > scope.work.now.mono {
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

    /// An acknowledgement of an older range says nothing of this one.
    pub fn acknowledged(&mut self, scope: &mut Scope<'_>, by: &str, to: Id) {
        if to == self.to {
            self.callees.retain(|callee| *callee != by);
        }
        scope.work.dirty_head = true;
    }
}
