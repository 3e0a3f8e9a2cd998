//! The feeds of the contexts that work in this process, all hearing by one consumer.
use super::meter::ReaderMeter;
use super::thread::Hearing;
use crate::kafka::Kafka;
use kernel::Name;
use runtime::merge::{MergeTimes, MergedFeed, TopicMessage};
use runtime::port::clock::Moment;
use runtime::port::feed::{Feed, LogFeed, Slice, SourceLate};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::Instant;

/// Dropped, it ends: feeds that are still in use read the logs.
pub struct KafkaFeeds {
    system: Name,
    times: MergeTimes,
    readers: Arc<Readers>,
    thread: JoinHandle<()>,
}

impl KafkaFeeds {
    /// The topic is heard while a feed is in use; no answer of a broker is waited for.
    ///
    /// # Errors
    /// The machine gives no thread.
    pub fn open(kafka: &Kafka, times: MergeTimes) -> std::io::Result<KafkaFeeds> {
        let readers = Arc::new(Readers::default());
        let mut hearing = Hearing::new(kafka.clone(), readers.clone());
        let name = format!("feed {}", kafka.topic);
        let thread = std::thread::Builder::new().name(name).spawn(move || hearing.run())?;
        Ok(KafkaFeeds { system: kafka.system, times, readers, thread })
    }

    /// The feed of a context: `sources` over the topic, with `log` behind them and for all others. `news` is called when a source may
    /// have something to read; it does not block.
    pub fn feed(
        &self,
        reader: Name,
        sources: &[Name],
        log: Arc<dyn LogFeed>,
        news: Arc<dyn Fn() + Send + Sync>,
    ) -> Arc<dyn Feed> {
        let began = Instant::now();
        let now = move || Moment::from_us(began.elapsed().as_micros() as u64);
        let merged = MergedFeed::new(sources.iter().copied(), log, now, self.times);
        let meter = Mutex::new(ReaderMeter::of(self.system, reader));
        let reader = Arc::new(HeardFeed { merged, news, meter });
        if !sources.is_empty() {
            self.readers.all().push(Arc::downgrade(&reader));
            self.wake();
        }
        reader
    }

    fn wake(&self) {
        self.thread.thread().unpark();
    }
}

impl Drop for KafkaFeeds {
    /// The thread ends by itself: it may wait for a broker.
    fn drop(&mut self) {
        self.readers.ended.store(true, Ordering::Relaxed);
        self.wake();
    }
}

#[derive(Default)]
pub(super) struct Readers {
    all: Mutex<Vec<Weak<HeardFeed>>>,
    ended: AtomicBool,
}

impl Readers {
    fn all(&self) -> MutexGuard<'_, Vec<Weak<HeardFeed>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    /// Those that are in use.
    pub fn now(&self) -> Vec<Arc<HeardFeed>> {
        let mut all = self.all();
        all.retain(|reader| reader.strong_count() > 0);
        all.iter().filter_map(Weak::upgrade).collect()
    }
}

pub(super) struct HeardFeed {
    merged: MergedFeed,
    news: Arc<dyn Fn() + Send + Sync>,
    meter: Mutex<ReaderMeter>,
}

impl HeardFeed {
    pub fn reads(&self, source: Name) -> bool {
        self.merged.has(source)
    }

    /// Whether it finds more than before.
    pub fn hear(&self, message: &TopicMessage) -> bool {
        self.merged.hear(message.clone())
    }

    pub fn tell_news(&self) {
        (self.news)();
    }

    /// The topic does not bring it everything.
    pub fn reads_a_log(&self) -> bool {
        self.merged.look().iter().any(|look| look.reads_the_log)
    }

    pub fn measure(&self) {
        self.meter.lock().unwrap_or_else(PoisonError::into_inner).look(&self.merged.look());
    }
}

impl Feed for HeardFeed {
    fn read(&self, subscription: &kernel::SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        self.merged.read(subscription, after, at_most)
    }
}
