//! What a context publishes goes out to Apache Kafka, for subscribers that nobody here wrote for; the contexts of other processes may hear
//! it there as well (`hear`).
//!
//! Each context has a relay of its own: a thread that reads the context's log behind a mark, sends it to the system's topic and moves the
//! mark when the broker has acknowledged everything up to it. After a crash it begins at the mark again, so a subscriber gets every event
//! at least once, in order for each key. The broker holds nobody up: while it is away the events wait in the log.
//!
//! No transactions: they would make a subscriber see each event once only if it used them too, and what fences them can stop every
//! relay of a cluster. A subscriber deduplicates by the event's id instead.
mod clients;
mod complaint;
mod ending;
mod hear;
mod kafka;
mod meter;
mod options;
mod outgoing;
mod producer;
mod pump;
mod relay;
mod silent;
mod topic;
mod topic_tail;
mod window;

pub use hear::KafkaFeeds;
pub use kafka::Kafka;
pub use options::{KafkaOptions, SaslMechanism, Security, SignIn, TopicOptions};
