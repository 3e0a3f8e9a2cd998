//! The way back in: the contexts of a process hear the others over their system's topic, with the sources' logs behind it.
//!
//! One consumer a process reads every partition, by assignment: no group, so nothing is rebalanced and no message comes from a partition
//! that another one has. It keeps no offsets. It begins ten seconds before the present; what is older than that, or gone, is read from the log.
//! Order, gaps and doubles are the business of [`runtime::merge`].
mod consumer;
mod feeds;
mod incoming;
mod meter;
mod thread;

pub use feeds::KafkaFeeds;
