//! Events of sources over a topic of many partitions: each source's messages take their places again, and its log is read where they do not.
//!
//! A message says which published event of its source came before it (`after`). An event is the next one for a reader at a position where
//! `after <= position < its own position`; then the order of the source comes back over any number of partitions, whatever is doubled, late
//! or lost. What is not next waits; what nobody can give is read from the source's log, which has everything: the topic is the quick way, the
//! log the truth. Nothing is kept here that a reader's own position does not say.
//!
//! Nothing here knows a broker: the adapter that hears one tells each message to [`MergedFeed::hear`], and so does the simulation.
mod feed;
mod message;
mod patience;
mod source;
mod waiting;

pub use feed::{MergeLook, MergedFeed};
pub use message::TopicMessage;
pub use patience::MergeTimes;
pub use source::MergeCounts;
