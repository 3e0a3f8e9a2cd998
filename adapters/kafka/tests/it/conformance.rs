//! The suite of every feed, with a topic that has all there is: the log behind it is never read.
use crate::log::MemoryLog;
use crate::reader::{LogBehind, feeds, policies};
use crate::site::{Site, wait_until};
use kafka::KafkaFeeds;
use kernel::{Name, Recorded, SubscriptionKey};
use runtime::port::broker::Relay;
use runtime::port::feed::{Feed, Slice, SourceLate};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The suite's source is the one whose events the relay sends.
struct OverTopic {
    feed: Arc<dyn Feed>,
    relay: Arc<dyn Relay>,
    _feeds: KafkaFeeds,
}

impl Feed for OverTopic {
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        let mut subscription = subscription.clone();
        if subscription.source == "source" {
            subscription.source = policies().source;
        }
        self.feed.read(&subscription, after, at_most)
    }
}

impl Drop for OverTopic {
    fn drop(&mut self) {
        self.relay.end();
    }
}

/// A context's own log is never heard over a topic.
struct OwnLog(Vec<Arc<Recorded>>);

impl Feed for OwnLog {
    fn read(&self, _: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        let events: Vec<_> = self.0.iter().skip(after as usize).take(at_most).cloned().collect();
        let up_to = events.last().map_or(after, |event| event.position);
        Ok(Slice { after, more: up_to < self.0.len() as u64, events, up_to })
    }
}

fn over_the_topic(events: Vec<Arc<Recorded>>, reader: Name) -> Arc<dyn Feed> {
    if reader == "source" {
        return Arc::new(OwnLog(events));
    }
    let (site, log, newest) = (Site::shared(), MemoryLog::of(0), events.len() as u64);
    let (feeds, behind) = (feeds(&site), LogBehind::of(&log));
    let feed = feeds.feed(reader, &["orders"], behind.clone(), Arc::new(|| {}));
    let _begun = feed.read(&policies(), 0, 1);
    behind.is_away.store(true, Ordering::Relaxed);
    log.push(events);
    let relay = site.relay(&log);
    wait_until("all is heard", || feed.read(&policies(), 0, 100).is_ok_and(|slice| slice.up_to == newest));
    Arc::new(OverTopic { feed, relay, _feeds: feeds })
}

testkit::feed_conformance!(over_the_topic);
