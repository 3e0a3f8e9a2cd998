//! The feed of one context: the other logs of this process, and its own with its private events.
use crate::log::LocalLog;
use kernel::{Name, SubscriptionKey};
use runtime::port::feed::{Feed, Slice, SourceLate};
use std::sync::Arc;

pub struct LocalFeed {
    pub logs: Vec<Arc<LocalLog>>,
    /// The context that reads.
    pub own: Name,
}

impl Feed for LocalFeed {
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate> {
        let log = self.logs.iter().find(|log| log.name == subscription.source);
        let log = log.ok_or_else(|| SourceLate(format!("there is no context {}", subscription.source)))?;
        let is_own = subscription.source == self.own;
        log.slice(after, at_most, |event| is_own || event.published)
    }
}
