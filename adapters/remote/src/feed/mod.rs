//! Events of sources in other processes.
use crate::client::Client;
use kernel::{Head, KnownStore, Name, SubscriptionKey};
use runtime::port::directory::Directory;
use runtime::port::feed::{Feed, Slice, SourceLate};
use std::sync::Arc;

/// Something can be read that could not before: the reading context wakes up.
pub type News = Arc<dyn Fn() + Send + Sync>;
/// Whether a source may be read whose store stands at this head; or why not: its store has gone back.
pub type Check = Arc<dyn Fn(&str, &Head) -> Result<(), String> + Send + Sync>;
/// How far the store of a source has come, as it was heard of last.
pub type Heard = Arc<dyn Fn(&str, KnownStore) + Send + Sync>;

/// What one context reads its sources with.
pub struct FeedOpening {
    /// Signs in the reading context's name.
    pub client: Client,
    pub directory: Arc<dyn Directory>,
    /// The contexts that are read from other processes.
    pub sources: Vec<Name>,
    /// Called from tasks of the client's runtime; none of these may block for long.
    pub news: News,
    pub check: Check,
    pub heard: Heard,
}

pub struct RemoteFeed {}

impl RemoteFeed {
    pub fn open(_opening: FeedOpening) -> RemoteFeed {
        RemoteFeed {}
    }
}

impl Feed for RemoteFeed {
    fn read(&self, subscription: &SubscriptionKey, _after: u64, _at_most: usize) -> Result<Slice, SourceLate> {
        Err(SourceLate(format!("there is no context {}", subscription.source)))
    }
}
