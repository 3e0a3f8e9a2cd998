//! What could not be applied: an event with its reason, and behind it every later event of its key, in order. Other keys go on.
use crate::machine::draft::Draft;
use crate::machine::workspace::Workspace;
use crate::port::clock::Moment;
use crate::port::store::ParkedEvent;
use kernel::{CallKey, Consumer, Id, Parked, Recorded, SubscriptionKey, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One consumer's parked events of one key.
pub type Queue = (Consumer, Id);

#[derive(Clone)]
pub struct ParkedEntry {
    pub subscription: SubscriptionKey,
    pub position: u64,
    pub parked: Parked,
    /// When it is tried again by itself.
    retry_at: Option<Moment>,
}

impl ParkedEntry {
    /// As a commit names it.
    fn place(&self) -> (String, String, u64) {
        (self.subscription.consumer.to_string(), self.subscription.source.to_string(), self.position)
    }
}

/// Every parked event, by consumer and key, in order.
#[derive(Default)]
pub struct Parking {
    queues: BTreeMap<Queue, BTreeMap<u64, ParkedEntry>>,
    order: u64,
}

impl Parking {
    pub fn open(stored: Vec<ParkedEvent>, order: u64, work: &Workspace) -> Parking {
        let mut parking = Parking { order, ..Parking::default() };
        for ((consumer, source, position), parked) in stored {
            let Ok(consumer) = consumer.parse() else {
                tracing::error!(consumer, source, position, "a parked event belongs to a consumer that does not exist");
                continue;
            };
            let retry_at = remaining(&parked, work);
            parking.insert(ParkedEntry {
                subscription: SubscriptionKey { consumer, source: source.into() },
                position,
                parked,
                retry_at,
            });
        }
        parking
    }

    fn insert(&mut self, entry: ParkedEntry) {
        self.order = self.order.max(entry.parked.order);
        let queue = (entry.subscription.consumer.clone(), entry.parked.key);
        self.queues.entry(queue).or_default().insert(entry.parked.order, entry);
    }

    fn next_order(&mut self) -> u64 {
        self.order += 1;
        self.order
    }

    pub fn order(&self) -> u64 {
        self.order
    }

    pub fn events(&self) -> usize {
        self.queues.values().map(BTreeMap::len).sum()
    }

    pub fn keys(&self) -> usize {
        self.queues.len()
    }

    pub fn holds(&self, consumer: &Consumer, key: Id) -> bool {
        !self.queues.is_empty() && self.queues.contains_key(&(consumer.clone(), key))
    }

    pub fn first(&self, queue: &Queue) -> Option<&ParkedEntry> {
        self.queues.get(queue)?.values().next()
    }

    pub fn queues_of(&self, key: Id) -> Vec<Queue> {
        self.queues.keys().filter(|(_, k)| *k == key).cloned().collect()
    }

    pub fn due(&self, now: Moment) -> Vec<Queue> {
        let is_due = |entries: &BTreeMap<u64, ParkedEntry>| {
            entries.values().next().is_some_and(|entry| entry.retry_at.is_some_and(|at| at <= now))
        };
        self.queues.iter().filter(|(_, entries)| is_due(entries)).map(|(queue, _)| queue.clone()).collect()
    }

    pub fn wakes_at(&self) -> Option<Moment> {
        self.queues.values().filter_map(|entries| entries.values().next()?.retry_at).min()
    }

    /// An event that can't be applied.
    pub fn park(
        &mut self,
        work: &mut Workspace,
        subscription: &SubscriptionKey,
        recorded: &Arc<Recorded>,
        reason: String,
    ) {
        let (position, key) = (recorded.position, recorded.key.0);
        tracing::warn!(%subscription, position, key, reason, "an event can't be applied");
        self.enter(work, subscription, recorded, reason, 1);
    }

    /// An event whose key is parked already.
    pub fn park_behind(&mut self, work: &mut Workspace, subscription: &SubscriptionKey, recorded: &Arc<Recorded>) {
        self.enter(work, subscription, recorded, "waits behind an earlier event of its key".into(), 0);
    }

    fn enter(
        &mut self,
        work: &mut Workspace,
        subscription: &SubscriptionKey,
        recorded: &Arc<Recorded>,
        reason: String,
        attempts: u32,
    ) {
        let retries = attempts > 0 && work.limits.poison_retries > 0;
        let pause_ms = retries.then_some(work.limits.poison_pause_ms);
        let (now, order) = (work.now, self.next_order());
        let parked = Parked {
            key: recorded.key,
            order,
            event_type: recorded.event_type.to_string(),
            reason,
            attempts,
            retry_at: pause_ms.map(|ms| now.wall.plus_ms(ms)),
            since: now.wall,
            event: recorded.clone(),
        };
        let retry_at = pause_ms.map(|ms| now.mono.plus_ms(ms));
        self.write(
            work,
            ParkedEntry { subscription: subscription.clone(), position: recorded.position, parked, retry_at },
        );
    }

    fn write(&mut self, work: &mut Workspace, entry: ParkedEntry) {
        let mut draft = work.draft();
        draft.commit.parked.push((entry.place(), Some(entry.parked.clone())));
        work.keep(draft);
        self.insert(entry);
    }

    /// The first event of a queue failed once more.
    pub fn failed_again(&mut self, work: &mut Workspace, mut entry: ParkedEntry, reason: String) {
        let attempts = entry.parked.attempts + 1;
        let pause_ms = pause_after(attempts, work);
        let pause_ms = (attempts <= work.limits.poison_retries).then_some(pause_ms);
        entry.retry_at = pause_ms.map(|ms| work.now.mono.plus_ms(ms));
        let retry_at = pause_ms.map(|ms| work.now.wall.plus_ms(ms));
        entry.parked = Parked { attempts, retry_at, reason, ..entry.parked };
        self.write(work, entry);
    }

    /// The event is applied or skipped: nothing of it is left.
    pub fn remove(&mut self, work: &mut Workspace, queue: &Queue, entry: &ParkedEntry) {
        let mut draft = work.draft();
        draft.commit.parked.push((entry.place(), None));
        work.keep(draft);
        if let Some(entries) = self.queues.get_mut(queue) {
            entries.remove(&entry.parked.order);
            if entries.is_empty() {
                self.queues.remove(queue);
            }
        }
    }

    /// An undo that could not be done, in the draft of its call's end; an operator has it tried again.
    pub fn park_undo(
        &mut self,
        draft: &mut Draft,
        call: &CallKey,
        event: Arc<Recorded>,
        reason: String,
        since: Timestamp,
    ) {
        let (key, position, order) = (event.key, event.position, self.next_order());
        let event_type = event.event_type.to_string();
        let parked = Parked { key, order, event_type, reason, attempts: 1, retry_at: None, since, event };
        let subscription = SubscriptionKey { consumer: Consumer::Undo, source: undo_source(call).into() };
        let entry = ParkedEntry { subscription, position, parked, retry_at: None };
        draft.commit.parked.push((entry.place(), Some(entry.parked.clone())));
        self.insert(entry);
    }
}

/// Of two steps of one ticket each has an entry of its own.
fn undo_source(call: &CallKey) -> String {
    match call.step {
        0 => call.caller.to_string(),
        step => format!("{}/{step}", call.caller),
    }
}

fn pause_after(attempts: u32, work: &Workspace) -> u64 {
    work.limits.poison_pause_ms.saturating_mul(1 << attempts.min(20))
}

/// A pause that a former process began goes on here. A wall clock that was set back meanwhile does not lengthen it.
fn remaining(parked: &Parked, work: &Workspace) -> Option<Moment> {
    let left = parked.retry_at?.ms_since(work.now.wall);
    Some(work.now.mono.plus_ms(left.min(pause_after(parked.attempts, work))))
}
