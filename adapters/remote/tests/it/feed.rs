//! Logs of sources in other processes: the suite, and what only processes can do.
use crate::support::{Known, Process, SourceLog, client, runtime, wait_until};
use kernel::{Consumer, Name, Recorded, SubscriptionKey};
use remote::{FeedOpening, ProcessClient, RemoteFeed};
use runtime::port::feed::{Feed, Slice, SourceLate};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use testkit::conformance::Sample;
use tokio::runtime::Runtime;
use tokio::sync::Notify;

/// A feed that waits while what is wanted of a source is under way, as a context does that is woken by news.
struct Patient {
    feed: RemoteFeed,
    _process: Process,
    _runtime: Runtime,
}

impl Feed for Patient {
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        let mut read = self.feed.read(subscription, after, at_most);
        wait_until("the source is read", || {
            read = self.feed.read(subscription, after, at_most);
            read != Err(SourceLate("source is being read".into()))
        });
        read
    }
}

pub fn opening(client: ProcessClient, directory: Arc<Known>) -> FeedOpening {
    FeedOpening {
        client,
        directory,
        sources: vec!["source"],
        rests_after: None,
        news: Arc::new(|| {}),
        check: Arc::new(|_, _| Ok(())),
        heard: Arc::new(|_, _| {}),
    }
}

fn over_tcp(events: Vec<Arc<Recorded>>, reader: Name) -> Arc<dyn Feed> {
    let runtime = runtime();
    let mut log = SourceLog::new(events);
    log.shows_private = reader == "source";
    let process = Process::start(&runtime, Arc::new(log), &["source"]);
    let feed = RemoteFeed::open(opening(client(&runtime, reader), Arc::new(Known::new(&process.url))));
    Arc::new(Patient { feed, _process: process, _runtime: runtime })
}

testkit::feed_conformance!(over_tcp);

pub fn events(count: u64) -> Vec<Arc<Recorded>> {
    let mut sample = Sample::default();
    (1..=count).map(|key| sample.event(key, "{}")).collect()
}

pub fn policies() -> SubscriptionKey {
    SubscriptionKey { consumer: Consumer::Policies, source: "source".into() }
}

fn view(version: u32) -> SubscriptionKey {
    SubscriptionKey { consumer: Consumer::View { collection: "pages".into(), version }, source: "source".into() }
}

/// A reader with its position, and what it has read.
struct Reader {
    subscription: SubscriptionKey,
    after: u64,
    positions: Vec<u64>,
}

impl Reader {
    fn at(subscription: SubscriptionKey, after: u64) -> Reader {
        Reader { subscription, after, positions: vec![] }
    }

    /// Reads what is there; whether it has come as far as this.
    fn has_read(&mut self, feed: &RemoteFeed, to: u64) -> bool {
        if let Ok(slice) = feed.read(&self.subscription, self.after, 100) {
            assert_eq!(slice.after, self.after);
            assert!(slice.up_to >= self.after, "a slice never leads back");
            self.positions.extend(slice.events.iter().map(|event| event.position));
            self.after = slice.up_to;
        }
        self.after >= to
    }
}

fn published(from: u64, to: u64) -> Vec<u64> {
    (from..=to).filter(|position| position % 2 == 1).collect()
}

#[test]
fn given_a_long_log_then_a_reader_far_behind_reads_all_of_it_in_order() {
    let runtime = runtime();
    let process = Process::start(&runtime, Arc::new(SourceLog::new(events(30_000))), &["source"]);
    let feed = RemoteFeed::open(opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url))));
    let mut reader = Reader::at(policies(), 0);
    wait_until("everything is read", || reader.has_read(&feed, 30_000));
    assert_eq!(reader.positions, published(1, 30_000));
}

#[test]
fn given_readers_at_many_positions_then_each_reads_everything_behind_its_own() {
    let runtime = runtime();
    let log = Arc::new(SourceLog::new(events(30_000)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let feed = RemoteFeed::open(opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url))));
    let mut readers: Vec<Reader> =
        [29_990, 0, 0, 0, 12_345, 12_400, 20_000].into_iter().zip(1..).map(|(at, n)| Reader::at(view(n), at)).collect();
    let begun: Vec<u64> = readers.iter().map(|reader| reader.after).collect();
    wait_until("everything is read", || {
        let read: Vec<bool> = readers.iter_mut().map(|reader| reader.has_read(&feed, 30_000)).collect();
        read.into_iter().all(|has_read| has_read)
    });
    for (reader, from) in readers.iter().zip(begun) {
        assert_eq!(reader.positions, published(from + 1, 30_000));
    }
    let fetched = log.events_read.load(Ordering::Relaxed);
    assert!(fetched < 60_000, "readers at one position share what is fetched: {fetched} events");
}

#[test]
fn given_a_slow_reader_then_a_fast_one_is_not_held_up_and_both_read_everything() {
    let runtime = runtime();
    let process = Process::start(&runtime, Arc::new(SourceLog::new(events(50_000))), &["source"]);
    let feed = RemoteFeed::open(opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url))));
    let (mut fast, mut slow) = (Reader::at(view(1), 0), Reader::at(view(2), 0));
    wait_until("the slow one has begun", || slow.has_read(&feed, 1));
    wait_until("the fast one has read everything", || fast.has_read(&feed, 50_000));
    assert!(slow.after < 1_000);
    wait_until("the slow one too", || slow.has_read(&feed, 50_000));
    assert_eq!(fast.positions, published(1, 50_000));
    assert_eq!(slow.positions, published(1, 50_000));
}

#[test]
fn given_a_reader_that_waits_when_something_is_published_then_it_is_woken_at_once() {
    let runtime = runtime();
    let log = Arc::new(SourceLog::new(events(10)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let (news, rings) = (Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
    let (ring, count) = (news.clone(), rings.clone());
    let mut opening = opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url)));
    opening.news = Arc::new(move || {
        count.fetch_add(1, Ordering::Relaxed);
        ring.notify_one();
    });
    let feed = RemoteFeed::open(opening);
    let mut reader = Reader::at(policies(), 0);
    wait_until("what is there is read", || reader.has_read(&feed, 10));
    let mut took = vec![];
    for event in events(40).split_off(10) {
        // The long poll stands when the log was read for it once more.
        let reads = log.reads.load(Ordering::Relaxed);
        let position = event.position;
        let begun = Instant::now();
        log.publish(vec![event]);
        wait_until("it is read", || reader.has_read(&feed, position));
        took.push(begun.elapsed());
        wait_until("the source is asked again", || log.reads.load(Ordering::Relaxed) > reads + 1);
    }
    took.sort();
    assert!(took[took.len() / 2] < Duration::from_millis(50), "{took:?}");
    assert!(rings.load(Ordering::Relaxed) >= 30, "each of them rang");
    assert_eq!(reader.positions, published(1, 40));
}

#[test]
fn given_a_source_that_is_down_then_it_is_late_and_when_it_is_back_everything_comes() {
    let runtime = runtime();
    let log = Arc::new(SourceLog::new(events(10)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let (address, known) = (process.address, Arc::new(Known::new(&process.url)));
    let feed = RemoteFeed::open(opening(client(&runtime, "reader"), known.clone()));
    let mut reader = Reader::at(policies(), 0);
    wait_until("what is there is read", || reader.has_read(&feed, 10));
    process.stop(&runtime);
    wait_until("the source is late", || feed.read(&policies(), 10, 100).is_err());
    assert!(!known.doubts.lock().expect("sound").is_empty(), "whoever did not answer is doubted");
    log.publish(events(20).split_off(10));
    let _back = Process::start_at(&runtime, log, &["source"], address);
    wait_until("the rest is read", || reader.has_read(&feed, 20));
    assert_eq!(reader.positions, published(1, 20));
}

#[test]
fn given_an_owner_that_does_not_answer_then_another_replica_is_read() {
    let runtime = runtime();
    let log = Arc::new(SourceLog::new(events(10)));
    let (gone, replica) =
        (Process::start(&runtime, log.clone(), &["source"]), Process::start(&runtime, log.clone(), &["source"]));
    let known = Arc::new(Known::new(&gone.url));
    known.set_readers(&[&gone.url, &replica.url]);
    gone.stop(&runtime);
    let feed = RemoteFeed::open(opening(client(&runtime, "reader"), known));
    let mut reader = Reader::at(policies(), 0);
    wait_until("everything is read", || reader.has_read(&feed, 10));
    assert_eq!(reader.positions, published(1, 10));
}

#[test]
fn given_a_reader_that_waits_for_news_when_the_owner_is_another_one_then_that_one_is_asked() {
    let runtime = runtime();
    let old = Process::start(&runtime, Arc::new(SourceLog::new(events(10))), &["source"]);
    let new = Process::start(&runtime, Arc::new(SourceLog::new(events(20))), &["source"]);
    let known = Arc::new(Known::new(&old.url));
    let feed = RemoteFeed::open(opening(client(&runtime, "reader"), known.clone()));
    let mut reader = Reader::at(policies(), 0);
    wait_until("what the old owner knows is read", || {
        reader.has_read(&feed, 10) && feed.read(&policies(), 10, 1).is_ok()
    });
    let begun = Instant::now();
    known.set_owner(Some(&new.url));
    wait_until("the rest is read", || reader.has_read(&feed, 20));
    assert!(begun.elapsed() < Duration::from_millis(1_500), "not only when the old owner has nothing to say");
    assert_eq!(reader.positions, published(1, 20));
}

#[test]
fn given_a_reader_at_the_end_when_it_begins_then_it_soon_knows_that_it_has_read_everything() {
    let runtime = runtime();
    let process = Process::start(&runtime, Arc::new(SourceLog::new(events(10))), &["source"]);
    let feed = RemoteFeed::open(opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url))));
    let begun = Instant::now();
    wait_until("it knows", || feed.read(&policies(), 10, 100).is_ok());
    assert!(begun.elapsed() < Duration::from_millis(1_500), "not only when the long poll is over");
}

#[test]
fn given_a_source_that_goes_on_then_the_host_hears_how_far_it_has_come() {
    let runtime = runtime();
    let log = Arc::new(SourceLog::new(events(10)));
    let process = Process::start(&runtime, log.clone(), &["source"]);
    let heard = Arc::new(Mutex::new(vec![]));
    let hear = heard.clone();
    let mut opening = opening(client(&runtime, "reader"), Arc::new(Known::new(&process.url)));
    opening.heard = Arc::new(move |name, known| hear.lock().expect("sound").push((name.to_string(), known.group)));
    let feed = RemoteFeed::open(opening);
    let mut reader = Reader::at(policies(), 0);
    wait_until("what is there is read", || reader.has_read(&feed, 10));
    log.publish(events(20).split_off(10));
    wait_until("the rest is read", || reader.has_read(&feed, 20));
    assert_eq!(*heard.lock().expect("sound"), [("source".to_string(), 10), ("source".to_string(), 20)]);
}
