//! Requests and calls that can't be decided yet: each waits until the thing it is about changes, or until nobody waits for it any more.
use super::callee::IncomingCall;
use super::current::StateKey;
use super::requests::AdmittedRequest;
use crate::port::clock::Moment;
use std::collections::{BTreeMap, VecDeque};

pub enum Waiter {
    /// A rule decides the request when the thing has changed.
    Request(Box<AdmittedRequest>),
    /// Another saga is going to change the thing; this request starts when that one has ended.
    Saga(Box<AdmittedRequest>),
    Call(Box<IncomingCall>),
}

impl Waiter {
    pub fn deadline(&self) -> Moment {
        match self {
            Waiter::Request(request) | Waiter::Saga(request) => request.deadline,
            Waiter::Call(call) => call.deadline,
        }
    }
}

/// In order, so that the same inputs give the same outputs in the same order.
#[derive(Default)]
pub struct Waiting {
    by_thing: BTreeMap<StateKey, Vec<Waiter>>,
    /// May be decided now.
    ready: VecDeque<Waiter>,
}

impl Waiting {
    pub fn wait(&mut self, thing: StateKey, waiter: Waiter) {
        self.by_thing.entry(thing).or_default().push(waiter);
    }

    /// While a saga has claimed the thing, other sagas go on waiting for it.
    pub fn state_changed(&mut self, thing: StateKey, claimed: bool) {
        let Some(waiters) = self.by_thing.remove(&thing) else { return };
        let stays = |waiter: &Waiter| claimed && matches!(waiter, Waiter::Saga(_));
        let (stay, ready): (Vec<Waiter>, Vec<Waiter>) = waiters.into_iter().partition(stays);
        self.ready.extend(ready);
        if !stay.is_empty() {
            self.by_thing.insert(thing, stay);
        }
    }

    pub fn released(&mut self, thing: StateKey) {
        self.ready.extend(self.by_thing.remove(&thing).into_iter().flatten());
    }

    pub fn next_ready(&mut self) -> Option<Waiter> {
        self.ready.pop_front()
    }

    /// Takes out everything whose deadline has come.
    pub fn take_overdue(&mut self, now: Moment) -> Vec<Waiter> {
        let mut overdue = vec![];
        self.by_thing.retain(|_, waiters| {
            overdue.extend(waiters.extract_if(.., |waiter| waiter.deadline() <= now));
            !waiters.is_empty()
        });
        overdue
    }

    pub fn wakes_at(&self) -> Option<Moment> {
        self.by_thing.values().flatten().map(Waiter::deadline).min()
    }

    pub fn is_empty(&self) -> bool {
        self.by_thing.is_empty()
    }
}
