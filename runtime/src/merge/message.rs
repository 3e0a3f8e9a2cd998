//! A published event as a topic tells it.
use kernel::{Life, Name, Recorded};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub struct TopicMessage {
    pub source: Name,
    /// Of the source's store, when it sent the message.
    pub life: Life,
    /// The position of the event that the source published before this one; 0: of none.
    pub after: u64,
    pub event: Arc<Recorded>,
}

impl TopicMessage {
    pub fn position(&self) -> u64 {
        self.event.position
    }
}
