//! A log in memory, as a relay reads one.
use kernel::uuid::Uuid;
use kernel::{Id, Life, Meta, Name, Recorded, Timestamp};
use runtime::port::broker::RelayedLog;
use runtime::port::feed::{Slice, SourceLate};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use testkit::people::somebody;

pub const LIFE: u128 = 7;

#[derive(Default)]
pub struct MemoryLog {
    events: Mutex<Vec<Arc<Recorded>>>,
    mark: AtomicU64,
    /// How often it was read.
    pub reads: AtomicU64,
}

/// Of a log whose third, sixth … events are private.
pub fn event(position: u64, key: u64, id: u128) -> Arc<Recorded> {
    Arc::new(Recorded {
        position,
        event_id: Uuid::from_u128(id),
        event_type: "Happened".into(),
        version: 2,
        published: !position.is_multiple_of(3),
        kind: "thing".into(),
        id: Id(key),
        key: Id(key),
        at: Timestamp(1_000_000),
        meta: Meta {
            correlation_id: "order-7".into(),
            traceparent: Some("00-trace".into()),
            who: Some(somebody("kim", &["customer"])),
            ..Meta::default()
        },
        body: format!(r#"{{"eventType":"Happened","price":1.50,"nth":{position}}}"#).into(),
        value: None,
    })
}

impl MemoryLog {
    /// One that holds so many events, of seven keys.
    pub fn of(many: u64) -> Arc<MemoryLog> {
        let log = Arc::new(MemoryLog::default());
        log.grow_to(many);
        log
    }

    pub fn grow_to(&self, newest: u64) {
        let first = self.newest() + 1;
        self.push((first..=newest).map(|position| event(position, position % 7 + 1, u128::from(position))));
    }

    pub fn push(&self, events: impl IntoIterator<Item = Arc<Recorded>>) {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).extend(events);
    }

    /// All of it, private events too.
    pub fn events(&self) -> Vec<Arc<Recorded>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn start_behind(&self, mark: u64) {
        self.mark.store(mark, Ordering::SeqCst);
    }

    fn newest(&self) -> u64 {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).last().map_or(0, |event| event.position)
    }
}

impl RelayedLog for MemoryLog {
    fn context(&self) -> Name {
        "orders"
    }

    fn life(&self) -> Life {
        Life::random(LIFE)
    }

    fn relayed(&self) -> u64 {
        self.mark.load(Ordering::SeqCst)
    }

    fn newest_published(&self) -> u64 {
        self.newest()
    }

    fn published(&self, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        let all = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        let mut events: Vec<_> = all.iter().skip(after as usize).take(at_most).cloned().collect();
        let up_to = events.last().map_or(after, |event| event.position);
        events.retain(|event| event.published);
        Ok(Slice { after, events, up_to, more: up_to < all.len() as u64 })
    }

    fn tell_relayed(&self, position: u64) {
        self.mark.store(position, Ordering::SeqCst);
    }
}
