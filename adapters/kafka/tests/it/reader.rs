//! A source whose events are sent to a topic, and a context that hears it there, with the source's log behind it.
use crate::log::{LIFE, MemoryLog};
use crate::site::{Site, published, wait_until};
use kafka::KafkaFeeds;
use kernel::{Consumer, Life, SubscriptionKey};
use runtime::merge::MergeTimes;
use runtime::port::broker::{Relay, RelayedLog};
use runtime::port::feed::{Feed, LogEnd, LogFeed, Slice, SourceLate};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// The log as the reader gets at it.
pub struct LogBehind {
    pub log: Arc<MemoryLog>,
    pub is_away: AtomicBool,
    /// Events that were read from it.
    pub read: AtomicU64,
}

impl LogBehind {
    pub fn of(log: &Arc<MemoryLog>) -> Arc<LogBehind> {
        Arc::new(LogBehind { log: log.clone(), is_away: AtomicBool::new(false), read: AtomicU64::new(0) })
    }
}

impl Feed for LogBehind {
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        if subscription.source != self.log.context() {
            return Err(SourceLate(format!("there is no context {}", subscription.source)));
        }
        if self.is_away.load(Ordering::Relaxed) {
            return Err(SourceLate("its process is away".into()));
        }
        let slice = self.log.published(after, at_most)?;
        self.read.fetch_add(slice.events.len() as u64, Ordering::Relaxed);
        Ok(slice)
    }
}

impl LogFeed for LogBehind {
    fn end(&self, _: &str, _: u64) -> Result<LogEnd, SourceLate> {
        let events = self.log.events();
        let published = events.iter().rfind(|event| event.published).map_or(0, |event| event.position);
        Ok(LogEnd { life: Life::random(LIFE), position: events.len() as u64, published })
    }
}

pub fn policies() -> SubscriptionKey {
    SubscriptionKey { consumer: Consumer::Policies, source: "orders".into() }
}

/// A context whose events a relay sends to the topic of a site.
pub struct Source {
    pub site: Site,
    pub log: Arc<MemoryLog>,
    relay: Arc<dyn Relay>,
}

impl Source {
    /// One that has events up to here.
    pub fn on(site: Site, newest: u64) -> Source {
        let log = MemoryLog::of(newest);
        Source { relay: site.relay(&log), site, log }
    }

    pub fn publishes_to(&self, newest: u64) {
        self.log.grow_to(newest);
        self.relay.news();
    }

    pub fn reader(&self) -> Reader {
        Reader::new(Arc::new(feeds(&self.site)), LogBehind::of(&self.log))
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.relay.end();
    }
}

pub struct Reader {
    pub behind: Arc<LogBehind>,
    feeds: Arc<KafkaFeeds>,
    feed: Arc<dyn Feed>,
    position: Mutex<u64>,
    read: Mutex<Vec<u64>>,
}

impl Reader {
    fn new(feeds: Arc<KafkaFeeds>, behind: Arc<LogBehind>) -> Reader {
        let feed = feeds.feed("reader", &["orders"], behind.clone(), Arc::new(|| {}));
        let reader = Reader { behind, feeds, feed, position: Mutex::default(), read: Mutex::default() };
        reader.reads();
        reader
    }

    /// One that hears by the same consumer.
    pub fn another(&self) -> Reader {
        Reader::new(self.feeds.clone(), self.behind.clone())
    }

    /// The topic is all that it has.
    pub fn without_the_log(&self) {
        self.behind.is_away.store(true, Ordering::Relaxed);
    }

    pub fn with_the_log(&self) {
        self.behind.is_away.store(false, Ordering::Relaxed);
    }

    /// What is there; its position behind that.
    pub fn reads(&self) -> u64 {
        let mut position = self.position.lock().expect("sound");
        if let Ok(slice) = self.feed.read(&policies(), *position, 256) {
            assert!(slice.after == *position && slice.up_to >= *position, "{slice:?}");
            self.read.lock().expect("sound").extend(slice.events.iter().map(|event| event.position));
            *position = slice.up_to;
        }
        *position
    }

    /// Everything up to here, each event once and in order.
    #[track_caller]
    pub fn reads_to(&self, newest: u64) {
        wait_until(&format!("event {newest} read"), || self.reads() >= newest);
        assert_eq!(*self.read.lock().expect("sound"), published(newest));
    }
}

pub fn feeds(site: &Site) -> KafkaFeeds {
    KafkaFeeds::open(&site.kafka(), MergeTimes::default()).expect("a thread")
}
