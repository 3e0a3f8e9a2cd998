//! A source with a log, a topic that says of it what a test lets it, and a reader.
use kernel::uuid::Uuid;
use kernel::{Consumer, Id, Life, Meta, Name, Recorded, SubscriptionKey, Timestamp};
use runtime::merge::{MergeCounts, MergeTimes, MergedFeed, TopicMessage};
use runtime::port::clock::Moment;
use runtime::port::feed::{Feed, LogEnd, LogFeed, Slice, SourceLate};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

pub const SOURCE: Name = "payment";
pub const LIFE: u128 = 1;

/// Every third event is private.
pub fn is_published(position: u64) -> bool {
    !position.is_multiple_of(3)
}

pub fn published(from: u64, to: u64) -> Vec<u64> {
    (from..=to).filter(|position| is_published(*position)).collect()
}

pub fn event(position: u64) -> Arc<Recorded> {
    Arc::new(Recorded {
        position,
        event_id: Uuid::from_u128(u128::from(position)),
        event_type: "Paid".into(),
        version: 1,
        published: is_published(position),
        kind: "payment".into(),
        id: Id(position),
        key: Id(position % 5),
        at: Timestamp(0),
        meta: Meta::default(),
        body: r#"{"eventType":"Paid"}"#.into(),
        value: None,
    })
}

/// As the source's relay sends it.
pub fn message(position: u64) -> TopicMessage {
    let after = (1..position).rev().find(|before| is_published(*before)).unwrap_or(0);
    TopicMessage { source: SOURCE, life: Life::random(LIFE), after, event: event(position) }
}

pub struct Log {
    /// As it was heard of last; the log may have more.
    end: Mutex<LogEnd>,
    head: AtomicU64,
    pub reads: AtomicU64,
    is_away: Mutex<Option<SourceLate>>,
}

impl Feed for Log {
    fn read(&self, _: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.is_away.lock().expect("sound").clone().map_or(Ok(()), Err)?;
        let head = self.head.load(Ordering::Relaxed);
        let up_to = head.min(after + at_most as u64).max(after);
        let events = published(after + 1, up_to).into_iter().map(event).collect();
        Ok(Slice { after, events, up_to, more: up_to < head })
    }
}

impl LogFeed for Log {
    fn end(&self, _: &str, _: u64) -> Result<LogEnd, SourceLate> {
        Ok(*self.end.lock().expect("sound"))
    }
}

pub struct Given {
    pub log: Arc<Log>,
    now_ms: Arc<AtomicU64>,
    pub feed: MergedFeed,
    pub position: u64,
    pub read: Vec<u64>,
}

impl Given {
    /// A source whose log ends here, and a reader at a position.
    pub fn source(head: u64, position: u64) -> Given {
        let log = Arc::new(Log {
            end: Mutex::default(),
            head: AtomicU64::new(0),
            reads: AtomicU64::new(0),
            is_away: Mutex::default(),
        });
        let now_ms = Arc::new(AtomicU64::new(0));
        let clock = now_ms.clone();
        let now = move || Moment::default().plus_ms(clock.load(Ordering::Relaxed));
        let feed = MergedFeed::new([SOURCE], log.clone(), now, MergeTimes::default());
        let given = Given { log, now_ms, feed, position, read: vec![] };
        given.log_ends_at(head);
        given
    }

    /// The reader has read everything, and the topic has shown that it follows.
    pub fn over_the_topic(head: u64) -> Given {
        Given::over_the_topic_from(0, head)
    }

    /// As one that began at a position.
    pub fn over_the_topic_from(position: u64, head: u64) -> Given {
        let mut given = Given::source(head, position);
        given.reads_all();
        given.log_ends_at(head + 1);
        given.hear(message(head + 1));
        given.reads_all();
        assert!(!given.feed.look()[0].reads_the_log);
        given.read.clear();
        given.log.reads.store(0, Ordering::Relaxed);
        given
    }

    pub fn log_ends_at(&self, position: u64) {
        self.log_ends_in(Life::random(LIFE), position);
    }

    /// Nobody has heard of it yet.
    pub fn log_grows_to(&self, position: u64) {
        self.log.head.store(position, Ordering::Relaxed);
    }

    pub fn log_ends_in(&self, life: Life, position: u64) {
        self.log_grows_to(position);
        let published = (1..=position).rev().find(|before| is_published(*before)).unwrap_or(0);
        *self.log.end.lock().expect("sound") = LogEnd { life, position, published };
    }

    pub fn log_is_away(&self, why: Option<&str>) {
        *self.log.is_away.lock().expect("sound") = why.map(|why| SourceLate(why.into()));
    }

    pub fn hear(&self, message: TopicMessage) -> bool {
        self.feed.hear(message)
    }

    pub fn passes_ms(&self, ms: u64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }

    pub fn try_read(&mut self, at_most: usize) -> Result<Slice, SourceLate> {
        let subscription = SubscriptionKey { consumer: Consumer::Policies, source: SOURCE.into() };
        let slice = self.feed.read(&subscription, self.position, at_most)?;
        assert!(slice.after <= self.position && slice.up_to >= self.position, "{slice:?} at {}", self.position);
        self.read.extend(slice.events.iter().map(|event| event.position).filter(|read| *read > self.position));
        self.position = slice.up_to;
        Ok(slice)
    }

    /// As a driver does that was woken up: until a slice says that there is no more, or the source is late.
    pub fn reads_all(&mut self) {
        while self.try_read(7).is_ok_and(|slice| slice.up_to > slice.after && slice.more) {}
    }

    pub fn counts(&self) -> MergeCounts {
        self.feed.look()[0].counts
    }

    pub fn log_reads(&self) -> u64 {
        self.log.reads.load(Ordering::Relaxed)
    }
}
