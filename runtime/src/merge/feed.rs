//! The feed of one context whose sources are heard over a topic, with their logs behind it.
use super::message::TopicMessage;
use super::patience::MergeTimes;
use super::source::{Found, MergeCounts, MergedSource};
use crate::port::clock::Moment;
use crate::port::feed::{Feed, LogFeed, Slice, SourceLate};
use kernel::{Name, SubscriptionKey};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How one source stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergeLook {
    pub source: Name,
    pub reads_the_log: bool,
    /// Positions between what has come and the newest published event, as far as is known.
    pub lag: u64,
    pub counts: MergeCounts,
}

pub struct MergedFeed {
    /// Also gives the sources that no topic is heard for.
    log: Arc<dyn LogFeed>,
    now: Box<dyn Fn() -> Moment + Send + Sync>,
    times: MergeTimes,
    sources: Vec<(Name, Mutex<MergedSource>)>,
}

impl MergedFeed {
    pub fn new(
        sources: impl IntoIterator<Item = Name>,
        log: Arc<dyn LogFeed>,
        now: impl Fn() -> Moment + Send + Sync + 'static,
        times: MergeTimes,
    ) -> MergedFeed {
        let sources = sources.into_iter().map(|name| (name, Mutex::new(MergedSource::new()))).collect();
        MergedFeed { log, now: Box::new(now), times, sources }
    }

    /// Whether this source is heard on the topic.
    pub fn has(&self, source: &str) -> bool {
        self.sources.iter().any(|(name, _)| *name == source)
    }

    /// A message of the topic. Whether a reader finds more than before.
    pub fn hear(&self, message: TopicMessage) -> bool {
        self.source(message.source).is_some_and(|mut source| source.hear(message))
    }

    pub fn look(&self) -> Vec<MergeLook> {
        let look = |(name, source): &(Name, Mutex<MergedSource>)| {
            let source = lock(source);
            MergeLook { source: name, reads_the_log: source.reads_the_log(), lag: source.lag(), counts: source.counts }
        };
        self.sources.iter().map(look).collect()
    }

    fn source(&self, name: &str) -> Option<MutexGuard<'_, MergedSource>> {
        self.sources.iter().find(|(source, _)| *source == name).map(|(_, source)| lock(source))
    }
}

fn lock(source: &Mutex<MergedSource>) -> MutexGuard<'_, MergedSource> {
    source.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Feed for MergedFeed {
    /// A source is late, too, while the topic is to bring what it has published.
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        let name = &subscription.source;
        let Some(mut source) = self.source(name) else { return self.log.read(subscription, after, at_most) };
        let end = self.log.end(name, source.furthest.max(after))?;
        match source.read(after, at_most, end, (self.now)(), self.times) {
            Found::Slice(slice) => Ok(slice),
            Found::Awaited => Err(SourceLate(format!("{name} has more, and the topic is to bring it"))),
            Found::InTheLog => {
                let slice = self.log.read(subscription, after, at_most)?;
                Ok(source.logged(slice))
            }
        }
    }
}
