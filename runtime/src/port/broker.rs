//! The port outward: what a context publishes goes to a broker, for subscribers that nobody here wrote for.
//!
//! Every published event goes out at least once, in order for each key. Nothing in the context waits for that, and what has gone out is a
//! mark in the context's own head, so that it is neither ahead of the log nor lost with the broker.
use crate::port::feed::{Slice, SourceLate};
use kernel::{Life, Name};
use std::sync::Arc;

/// The log that a relay sends, and where it says how far it has come. A relay lives no longer than its context works.
pub trait RelayedLog: Send + Sync {
    fn context(&self) -> Name;

    /// The life of the store that the log is in.
    fn life(&self) -> Life;

    /// The durable mark: of this published event and of all before it the broker has said that it has them. 0: of none.
    fn relayed(&self) -> u64;

    /// Of the newest published event that is durable.
    fn newest_published(&self) -> u64;

    /// At most so many events behind a position, without the private ones; to be asked again at `up_to`.
    fn published(&self, after: u64, at_most: usize) -> Result<Slice, SourceLate>;

    /// The broker has this published event, and all before it. It is kept with the context's next group: a relay says it twice a second at most.
    fn tell_relayed(&self, position: u64);
}

/// The relay of one context, on a thread of its own.
pub trait Relay: Send + Sync {
    /// There may be new events. Called from the context's own thread; it does not block.
    fn news(&self);

    /// It is to end: what is sent already is waited for a while, in the background.
    fn ask_to_end(&self);

    /// Waits until it has ended, and has told its mark.
    fn end(&self);
}

/// Where the published events of a system go.
pub trait Broker: Send + Sync {
    /// Begins to relay a log.
    fn begin(&self, log: Arc<dyn RelayedLog>) -> Arc<dyn Relay>;
}
