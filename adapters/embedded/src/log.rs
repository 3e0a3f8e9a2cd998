//! A context's log as the other contexts of this process read it: in place, from memory where it is new enough.
use crate::tail::{Behind, Tail};
use kernel::{Name, Recorded};
use runtime::port::feed::{Slice, SourceLate};
use runtime::port::store::Reader;
use std::sync::{Arc, PoisonError, RwLock};

pub struct LocalLog {
    pub name: Name,
    pub tail: Tail,
    reader: RwLock<Option<Arc<dyn Reader>>>,
}

impl LocalLog {
    pub fn new(name: Name, tail_events: usize) -> LocalLog {
        LocalLog { name, tail: Tail::new(tail_events), reader: RwLock::default() }
    }

    /// Its context has started; the log ends at `head`.
    pub fn open(&self, reader: Arc<dyn Reader>, head: u64) {
        self.tail.start_at(head);
        *self.reader.write().unwrap_or_else(PoisonError::into_inner) = Some(reader);
    }

    pub fn close(&self) {
        *self.reader.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// `None` while its context is stopped.
    pub fn reader(&self) -> Option<Arc<dyn Reader>> {
        self.reader.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The events behind a position that `sees` lets through.
    pub fn slice(&self, after: u64, at_most: usize, sees: impl Fn(&Recorded) -> bool) -> Result<Slice, SourceLate> {
        let (mut events, more) = match self.tail.behind(after, at_most) {
            Behind::Events { events, more } => (events, more),
            Behind::Older => self.stored(after, at_most)?,
        };
        let up_to = events.last().map_or(after, |event| event.position);
        events.retain(|event| sees(event));
        Ok(Slice { after, events, up_to, more })
    }

    fn stored(&self, after: u64, at_most: usize) -> Result<(Vec<Arc<Recorded>>, bool), SourceLate> {
        let reader = self.reader().ok_or_else(|| SourceLate(format!("{} is stopped", self.name)))?;
        let events = reader.log_for_consumer(after, at_most).map_err(|error| SourceLate(error.to_string()))?;
        let more = events.len() == at_most;
        Ok((events.into_iter().map(Arc::new).collect(), more))
    }
}

#[cfg(test)]
mod tests;
