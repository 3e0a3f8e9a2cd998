//! Room for connections beyond the limit: enough to turn a client away in words, and to answer health, metrics and the operator.
use std::collections::VecDeque;
use std::future::Future;
use tokio::task::AbortHandle;

/// Such connections at once; the oldest makes room for the next one.
pub(super) const RESERVE_MAX: usize = 64;

#[derive(Default)]
pub(super) struct ReservedConnections(VecDeque<AbortHandle>);

impl ReservedConnections {
    pub fn spawn(&mut self, connection: impl Future<Output = ()> + Send + 'static) {
        self.0.retain(|open| !open.is_finished());
        while self.0.len() >= RESERVE_MAX {
            self.0.pop_front().inspect(AbortHandle::abort);
        }
        self.0.push_back(tokio::spawn(connection).abort_handle());
    }
}
