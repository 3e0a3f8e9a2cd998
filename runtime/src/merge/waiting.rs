//! Messages of one source that have come before their turn.
use super::message::TopicMessage;
use crate::stretch::event_bytes;
use std::collections::BTreeMap;

/// A source that is read far behind its topic is read from its log: what comes then need not be kept.
const WAITING_MAX: usize = 10_000;
const BYTES_MAX: usize = 8 << 20;

#[derive(Default)]
pub(super) struct Waiting {
    messages: BTreeMap<u64, TopicMessage>,
    bytes: usize,
}

impl Waiting {
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// How many have to go for it: of too many, the newest. They are read from the log later.
    pub fn put(&mut self, message: TopicMessage) -> usize {
        if self.messages.contains_key(&message.position()) {
            return 0;
        }
        self.bytes += event_bytes(&message.event);
        self.messages.insert(message.position(), message);
        let before = self.messages.len();
        while (self.messages.len() > WAITING_MAX || self.bytes > BYTES_MAX)
            && let Some((_, newest)) = self.messages.pop_last()
        {
            self.bytes -= event_bytes(&newest.event);
        }
        before - self.messages.len()
    }

    /// What lies behind a position goes. How many that are.
    pub fn cut(&mut self, position: u64) -> usize {
        let gone = self.messages.split_off(&position.saturating_add(1));
        self.bytes -= gone.values().map(|message| event_bytes(&message.event)).sum::<usize>();
        gone.len()
    }

    /// The next event for a reader at this position, if it is here. What lies at or below it goes.
    pub fn take(&mut self, position: u64) -> Option<TopicMessage> {
        while let Some(first) = self.messages.first_entry() {
            let (is_past, is_next) = (*first.key() <= position, first.get().after <= position);
            if !is_past && !is_next {
                return None;
            }
            let message = first.remove();
            self.bytes -= event_bytes(&message.event);
            if !is_past {
                return Some(message);
            }
        }
        None
    }
}
