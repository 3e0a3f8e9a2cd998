//! How many live streams a caller may have open.
use crate::callers::CallerKey;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Clone)]
pub(super) struct StreamLimit {
    max: u32,
    open: Arc<Mutex<HashMap<CallerKey, u32>>>,
}

/// One open stream.
pub(crate) struct CallerStream {
    caller: CallerKey,
    of: StreamLimit,
}

impl StreamLimit {
    pub fn new(max: u32) -> StreamLimit {
        StreamLimit { max, open: Arc::default() }
    }

    /// `None`: the caller has as many as may be.
    pub fn open(&self, caller: &CallerKey) -> Option<CallerStream> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let streams = open.get(caller).copied().unwrap_or(0);
        if streams >= self.max {
            return None;
        }
        open.insert(caller.clone(), streams + 1);
        Some(CallerStream { caller: caller.clone(), of: self.clone() })
    }
}

impl Drop for CallerStream {
    fn drop(&mut self) {
        let mut open = self.of.open.lock().unwrap_or_else(PoisonError::into_inner);
        match open.get_mut(&self.caller) {
            Some(streams) if *streams > 1 => *streams -= 1,
            _ => drop(open.remove(&self.caller)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_ends_makes_room_for_another() {
        let limit = StreamLimit::new(2);
        let [kim, lee] = ["kim", "lee"].map(|name| CallerKey::Person("issuer".into(), name.into()));
        let (first, second) = (limit.open(&kim), limit.open(&kim));
        assert!(first.is_some() && second.is_some() && limit.open(&kim).is_none());
        assert!(limit.open(&lee).is_some());
        drop(first);
        let third = limit.open(&kim);
        assert!(third.is_some() && limit.open(&kim).is_none());
        drop((second, third));
        assert!(limit.open.lock().expect("the streams").is_empty());
    }
}
