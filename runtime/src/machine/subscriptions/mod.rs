//! Events of this and other contexts: each is applied once, its effects and the position in one commit; what can't be applied is parked.
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
use kernel::{Context, Head, LinkKey};

/// How far one consumer has read one source.
#[derive(Clone, Debug)]
pub struct Link {
    pub key: LinkKey,
    pub position: u64,
    /// Why it reads no further, until an operator has emptied what is parked.
    pub stopped: Option<String>,
}

pub struct Subscriptions {
    links: Vec<Link>,
    pub parking: Parking,
}

impl Subscriptions {
    pub fn open(context: &Context, head: &Head, parked: Vec<ParkedEvent>, work: &Workspace) -> Subscriptions {
        let link = |key: LinkKey| {
            let position = head.positions.get(&key).copied().unwrap_or(0);
            Link { key, position, stopped: None }
        };
        let links = context.links().into_iter().map(link).collect();
        Subscriptions { links, parking: Parking::open(parked, head.parked_order, work) }
    }

    pub fn wants(&self) -> impl Iterator<Item = (&LinkKey, u64)> {
        self.links.iter().filter(|link| link.stopped.is_none()).map(|link| (&link.key, link.position))
    }

    pub fn stopped(&self) -> Option<String> {
        self.links.iter().find_map(|link| link.stopped.clone())
    }

    pub fn wakes_at(&self) -> Option<Moment> {
        self.parking.wakes_at()
    }

    /// The positions and the parking order, for the head that is made durable.
    pub fn mark(&self, head: &mut Head) {
        for link in &self.links {
            head.positions.insert(link.key.clone(), link.position);
        }
        head.parked_order = self.parking.order();
    }
}
