//! What the internal port answers from: the process that works for contexts, or reads them.
use kernel::Head;
use runtime::port::feed::{Slice, SourceLate};
use runtime::port::peers::Envelope;
use runtime::port::replica::Ownership;
use runtime::port::work::Status;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// What became of a message at the process that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taken {
    /// It waits in its receiver's mailbox.
    Taken,
    /// Nothing was done: this process does not own the receiver.
    NotOwner,
    /// Nothing was done: the mailbox is full.
    Full,
    /// Nothing was done, nor will be: this release can't read the message, or does not speak its protocol.
    Unreadable,
}

/// The host of contexts, as its internal port sees it. `log`, `head` and `ownership` may read a store and are called where blocking is
/// allowed; `take`, `news` and `yours` must not block.
pub trait Inside: Send + Sync {
    /// A message in a protocol that this release speaks, for its receiver's mailbox.
    fn take(&self, envelope: Envelope) -> Taken;

    /// Events behind a position that another context may see (published), from memory or from the store.
    ///
    /// # Errors
    /// The log can't be read here at the moment.
    fn log(&self, context: &str, after: u64, at_most: usize) -> Result<Slice, SourceLate>;

    /// Changes with every durable group of the context that this process hears of; `None`: no such context here. Its sender lives as
    /// long as the context can be read here.
    fn news(&self, context: &str) -> Option<watch::Receiver<u64>>;

    /// What is durable, from the owner's memory or from the store; `None`: no such context here, or it can't be read now.
    fn head(&self, context: &str) -> Option<Head>;

    /// How a context stands that works here; `None`: it does not.
    fn status(&self, _context: &str) -> Option<Status> {
        None
    }

    fn ownership(&self, context: &str) -> Option<Ownership>;

    /// A process that owns a context has asked something in its name: it can be found there, unless a later epoch is known.
    fn heard_from(&self, _context: &str, _url: &str, _epoch: u64) {}

    /// The owner has given the context to this replica, which claims it at once.
    fn yours(&self, context: &str);
}
