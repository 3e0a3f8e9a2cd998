//! Events of this and other contexts: each is applied once, its effects and the position in one group; what can't be applied is parked.
mod consume;
mod fold;
mod follow;
mod parked;
mod parking;
mod rebuilt;

pub use parking::Parking;

use super::workspace::Workspace;
use crate::port::clock::Moment;
use crate::port::store::ParkedEvent;
use kernel::{Context, Head, SubscriptionKey};

/// How far one consumer has read one source.
#[derive(Clone, Debug)]
pub struct Subscription {
    pub key: SubscriptionKey,
    pub position: u64,
    /// Why it reads no further, until an operator has emptied what is parked.
    pub stopped: Option<String>,
}

pub struct Subscriptions {
    all: Vec<Subscription>,
    pub parking: Parking,
}

impl Subscriptions {
    pub fn open(context: &Context, head: &Head, parked: Vec<ParkedEvent>, work: &Workspace) -> Subscriptions {
        let subscription = |key: SubscriptionKey| {
            let position = head.positions.get(&key).copied().unwrap_or(0);
            Subscription { key, position, stopped: None }
        };
        let all = context.subscriptions().into_iter().map(subscription).collect();
        Subscriptions { all, parking: Parking::open(parked, head.parked_order, work) }
    }

    pub fn wants(&self) -> impl Iterator<Item = (&SubscriptionKey, u64)> {
        self.all
            .iter()
            .filter(|subscription| subscription.stopped.is_none())
            .map(|subscription| (&subscription.key, subscription.position))
    }

    pub fn stopped(&self) -> Option<String> {
        self.all.iter().find_map(|subscription| subscription.stopped.clone())
    }

    pub fn wakes_at(&self) -> Option<Moment> {
        self.parking.wakes_at()
    }

    /// The positions and the parking order, for the head that is made durable.
    pub fn mark(&self, head: &mut Head) {
        for subscription in &self.all {
            head.positions.insert(subscription.key.clone(), subscription.position);
        }
        head.parked_order = self.parking.order();
    }
}
