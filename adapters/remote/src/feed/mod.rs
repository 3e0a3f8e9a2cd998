//! Events of sources in other processes: fetched ahead by tasks, so that a read never waits.
//!
//! All subscriptions of the reading context to one source share what is fetched: its newest events in one stretch that follows the
//! furthest reader, and further stretches for readers that are behind it.
mod ask;
mod check;
mod fetched;
mod follow;
mod rest;
mod source;

use crate::client::ProcessClient;
use crate::tasks::Tasks;
use kernel::{Head, KnownStore, Name, SubscriptionKey};
use runtime::port::directory::Directory;
use runtime::port::feed::{Feed, LogEnd, LogFeed, Slice, SourceLate};
use source::Source;
use std::sync::Arc;
use std::time::Duration;

/// Something can be read that could not before: the reading context wakes up.
pub type News = Arc<dyn Fn() + Send + Sync>;
/// Whether a source may be read whose store stands at this head; or why not: its store has gone back.
pub type CheckSource = Arc<dyn Fn(&str, &Head) -> Result<(), String> + Send + Sync>;
/// How far the store of a source has come, as it was heard of last.
pub type Heard = Arc<dyn Fn(&str, KnownStore) + Send + Sync>;

/// What one context reads its sources with.
#[derive(Clone)]
pub struct FeedOpening {
    /// Signs in the reading context's name.
    pub client: ProcessClient,
    pub directory: Arc<dyn Directory>,
    /// The contexts that are read from other processes.
    pub sources: Vec<Name>,
    /// A source that nobody has read for so long is only asked where it ends; `None`: its events are fetched ahead all the time.
    pub rests_after: Option<Duration>,
    /// Called from tasks of the client's runtime, like the other two: none of them may block.
    pub news: News,
    pub check: CheckSource,
    pub heard: Heard,
}

pub struct RemoteFeed {
    sources: Vec<Arc<Source>>,
    _tasks: Tasks,
}

impl RemoteFeed {
    pub fn open(opening: FeedOpening) -> RemoteFeed {
        let mut tasks = Tasks::default();
        let open = |name: &Name| {
            let source = Arc::new(Source::new(name, opening.clone()));
            tasks.spawn(opening.client.handle(), source.clone().follow());
            tasks.spawn(opening.client.handle(), source.clone().fetch_for_those_behind());
            source
        };
        let sources = opening.sources.iter().map(open).collect();
        RemoteFeed { sources, _tasks: tasks }
    }

    fn source(&self, name: &str) -> Result<&Source, SourceLate> {
        let source = self.sources.iter().find(|source| source.name == name);
        source.map(Arc::as_ref).ok_or_else(|| SourceLate(format!("there is no context {name}")))
    }
}

impl Feed for RemoteFeed {
    /// A source is late, too, while what is wanted of it is under way: `news` says when it is there.
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        self.source(&subscription.source)?.read(after, at_most)
    }
}

impl LogFeed for RemoteFeed {
    fn end(&self, source: &str, read: u64) -> Result<LogEnd, SourceLate> {
        self.source(source)?.end(read)
    }
}
