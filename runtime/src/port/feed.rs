//! The port to events: what a source has published behind a position, in order, and up to which position that speaks.
//!
//! Private events never leave their context; a consumer still moves past them, because a slice says up to where it speaks. The slice of a
//! context's own log holds its private events too.
use kernel::{Life, Recorded, RowChange, SubscriptionKey};
use std::sync::Arc;

/// A run of a source's log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slice {
    /// The position behind which it begins.
    pub after: u64,
    /// In order, without those that the reader may not see.
    pub events: Vec<Arc<Recorded>>,
    /// Every event behind `after` and up to this position that the reader may see is in `events`.
    pub up_to: u64,
    /// The source has more behind `up_to`.
    pub more: bool,
}

/// The source can't be read at the moment. It is late, and its reader waits for it; the reader itself is well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLate(pub String);

pub trait Feed: Send + Sync {
    /// At most so many events of the subscription's source behind a position, for the subscription's consumer: a remote feed keeps what it has fetched ahead by subscription.
    fn read(&self, subscription: &SubscriptionKey, after: u64, at_most: usize) -> Result<Slice, SourceLate>;
}

/// Where a source's log ends, as it was heard of last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogEnd {
    /// Of the source's store.
    pub life: Life,
    /// Of the newest event.
    pub position: u64,
    /// Of the newest published event.
    pub published: u64,
}

/// A feed that reads the sources' logs themselves.
pub trait LogFeed: Feed {
    /// Where a source's log ends, as far as is known without asking. `read`: how far it was read, whatever the way.
    ///
    /// # Errors
    /// The source may not be read: nothing was heard of it yet, or its store has gone back.
    fn end(&self, source: &str, read: u64) -> Result<LogEnd, SourceLate>;
}

/// What one durable group has changed, as everyone outside its context may learn it.
#[derive(Clone, Debug)]
pub struct DurableGroup {
    pub events: Vec<Arc<Recorded>>,
    pub rows: Arc<Vec<RowChange>>,
}

/// Who is told of each durable group: consumers wake up, live streams go on. Called from the context's own thread; it must not block.
pub trait Announcer: Send + Sync {
    fn announce(&self, group: DurableGroup);
}
