//! What could not be applied: retried with growing pauses, then parked with its reason; later events of its key wait behind it, other keys go on.
use super::Machine;
use crate::message::Output;
use crate::store::{Aside as StoredAside, Result, Store};
use kernel::{Id, Parked, Recorded, Skipped, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;

type Place = (String, String, u64);

/// Everything set aside, by consumer and key, in order.
#[derive(Default)]
pub struct Aside {
    by_key: BTreeMap<(String, Id), BTreeMap<u64, (Place, Parked)>>,
    order: u64,
}

impl Aside {
    pub fn of(stored: Vec<StoredAside>, order: u64) -> Aside {
        let mut aside = Aside { order, ..Aside::default() };
        for (place, parked) in stored {
            aside.put(place, parked);
        }
        aside
    }

    pub fn put(&mut self, place: Place, parked: Parked) {
        self.order = self.order.max(parked.order);
        self.by_key.entry((place.0.clone(), parked.key)).or_default().insert(parked.order, (place, parked));
    }

    pub fn next_order(&mut self) -> u64 {
        self.order += 1;
        self.order
    }

    pub fn order(&self) -> u64 {
        self.order
    }

    pub fn events(&self) -> usize {
        self.by_key.values().map(BTreeMap::len).sum()
    }

    pub fn keys(&self) -> usize {
        self.by_key.len()
    }

    pub fn holds(&self, consumer: &str, key: Id) -> bool {
        !self.by_key.is_empty() && self.by_key.contains_key(&(consumer.to_string(), key))
    }

    fn first(&self, queue: &(String, Id)) -> Option<&(Place, Parked)> {
        self.by_key.get(queue)?.values().next()
    }

    fn take(&mut self, queue: &(String, Id), order: u64) {
        if let Some(list) = self.by_key.get_mut(queue) {
            list.remove(&order);
            if list.is_empty() {
                self.by_key.remove(queue);
            }
        }
    }

    /// When the first of any queue is tried again by itself.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        self.by_key.values().filter_map(|list| list.values().next()?.1.retry_at).min()
    }
}

impl Machine {
    /// `reason` is `None` for what waits behind another.
    pub(super) fn park(&mut self, consumer: &str, source: &str, recorded: &Arc<Recorded>, reason: Option<String>) {
        let order = self.aside.next_order();
        let attempts = u32::from(reason.is_some());
        let retry_at = reason
            .is_some()
            .then(|| self.now.plus_ms(self.limits.poison_pause_ms))
            .filter(|_| self.limits.poison_retries > 0);
        if let Some(reason) = &reason {
            tracing::warn!(
                consumer,
                source,
                position = recorded.position,
                key = recorded.key.0,
                reason,
                "an event can't be applied"
            );
        }
        let parked = Parked {
            key: recorded.key,
            order,
            event_type: recorded.event_type.to_string(),
            reason: reason.unwrap_or_else(|| "waits behind an earlier event of its key".into()),
            attempts,
            retry_at,
            since: self.now,
            event: recorded.clone(),
        };
        self.set_aside((consumer.to_string(), source.to_string(), recorded.position), parked);
    }

    fn set_aside(&mut self, place: Place, parked: Parked) {
        let mut stage = self.stage();
        stage.commit.parked.push((place.clone(), Some(parked.clone())));
        self.keep(stage);
        self.aside.put(place, parked);
    }

    pub(super) fn retry_parked(&mut self, store: &dyn Store) -> Result<()> {
        let due = |list: &BTreeMap<u64, (Place, Parked)>| {
            list.values().next().is_some_and(|(_, p)| p.retry_at.is_some_and(|at| at <= self.now))
        };
        let queues: Vec<(String, Id)> =
            self.aside.by_key.iter().filter(|(_, list)| due(list)).map(|(queue, _)| queue.clone()).collect();
        for queue in queues {
            self.empty_queue(store, &queue)?;
        }
        Ok(())
    }

    /// Applies a key's events in order until one fails again. Says how many went.
    fn empty_queue(&mut self, store: &dyn Store, queue: &(String, Id)) -> Result<usize> {
        let mut gone = 0;
        while let Some((place, parked)) = self.aside.first(queue).cloned() {
            match self.apply(store, &place.0, &place.1, &parked.event)? {
                Ok(()) => {
                    self.let_go(place, &parked, queue);
                    gone += 1;
                }
                Err(reason) => {
                    let attempts = parked.attempts + 1;
                    let pause = self.limits.poison_pause_ms.saturating_mul(1 << attempts.min(20));
                    let retry_at = (attempts <= self.limits.poison_retries).then(|| self.now.plus_ms(pause));
                    self.set_aside(place, Parked { attempts, retry_at, reason, ..parked });
                    return Ok(gone);
                }
            }
        }
        for link in &mut self.links {
            link.stopped = None;
        }
        Ok(gone)
    }

    fn let_go(&mut self, place: Place, parked: &Parked, queue: &(String, Id)) {
        let mut stage = self.stage();
        stage.commit.parked.push((place, None));
        self.keep(stage);
        self.aside.take(queue, parked.order);
    }

    fn remember_skip(&mut self, (consumer, source, position): Place, key: Id, reason: &str) {
        let (reason, at) = (reason.to_string(), self.now);
        self.head.skipped.push(Skipped { consumer, source, position, key, reason, at });
    }

    /// An operator's word: try a key again, or let its first event go with a reason and then try the rest.
    pub(super) fn resume(&mut self, store: &dyn Store, key: Id, skip: Option<String>, token: u64) -> Result<()> {
        let queues: Vec<(String, Id)> = self.aside.by_key.keys().filter(|(_, k)| *k == key).cloned().collect();
        if queues.is_empty() {
            self.out.push(Output::Resumed { token, done: Err(format!("nothing is parked for key {key}")) });
            return Ok(());
        }
        let mut gone = 0;
        for queue in queues {
            if let Some(reason) = &skip
                && let Some((place, parked)) = self.aside.first(&queue).cloned()
            {
                tracing::warn!(
                    consumer = place.0,
                    source = place.1,
                    position = place.2,
                    key = key.0,
                    reason,
                    "an event is skipped"
                );
                self.remember_skip(place.clone(), key, reason);
                self.let_go(place, &parked, &queue);
                gone += 1;
            }
            gone += self.empty_queue(store, &queue)?;
        }
        self.out.push(Output::Resumed { token, done: Ok(gone) });
        Ok(())
    }
}
