//! How much of each kind may be under way at once. What is full turns away its own kind only.
use crate::problem::{HttpResult, Problem, cause, reasons};
use crate::settings::HttpSettings;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// An operator's requests under way: a few people and their tools.
const OPERATOR_MAX: usize = 64;
/// Reads and switches of an operator at once.
pub(crate) const OPERATOR_READS_MAX: usize = 4;

const KIB: usize = 1024;

/// By which bound a request is admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    Clients,
    /// Metrics, the operator and the sandbox: clients never stand in their way.
    Operator,
    /// Nothing stands in its way: it costs nothing and holds nothing.
    Health,
}

pub(crate) struct EdgeBounds {
    pub connections: Arc<Semaphore>,
    requests: Arc<Semaphore>,
    /// In KiB.
    unsent: Arc<Semaphore>,
    unsent_kib_max: u64,
    operator: Arc<Semaphore>,
    bodies: Arc<Semaphore>,
    waits: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    streams_max: usize,
    watched: Arc<Semaphore>,
    retry_after_ms: u64,
}

impl EdgeBounds {
    /// Streams, bodies and waits together never take all connections.
    pub fn new(settings: &HttpSettings) -> EdgeBounds {
        let at_most = |wanted: usize, share: usize| wanted.min(settings.connections_max.div_ceil(share));
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits));
        let streams_max = at_most(settings.streams_max, 2);
        EdgeBounds {
            connections: semaphore(settings.connections_max),
            requests: semaphore(settings.requests_max),
            unsent: semaphore(settings.unsent_bytes_max.div_ceil(KIB)),
            unsent_kib_max: settings.unsent_bytes_max.div_ceil(KIB) as u64,
            operator: semaphore(OPERATOR_MAX),
            bodies: semaphore(at_most(settings.bodies_max, 4)),
            waits: semaphore(at_most(settings.waits_max, 8)),
            streams: semaphore(streams_max),
            streams_max,
            watched: semaphore(settings.watched_max),
            retry_after_ms: settings.retry_after_ms,
        }
    }

    /// `None` where nothing has to be held.
    pub fn request(&self, lane: Lane) -> HttpResult<Option<OwnedSemaphorePermit>> {
        match lane {
            Lane::Clients => self.take(&self.requests, cause::REQUESTS_FULL).map(Some),
            Lane::Operator => self.take(&self.operator, cause::REQUESTS_FULL).map(Some),
            Lane::Health => Ok(None),
        }
    }

    /// Held until the answer is sent. `None`: it has a bound of its own.
    pub fn answer(&self, lane: Lane, bytes: Option<u64>) -> HttpResult<Option<OwnedSemaphorePermit>> {
        let Some(bytes) = bytes.filter(|_| lane == Lane::Clients) else { return Ok(None) };
        let kib = bytes.div_ceil(KIB as u64).min(self.unsent_kib_max); // one answer alone may always be sent
        let permit = self.unsent.clone().try_acquire_many_owned(u32::try_from(kib).unwrap_or(u32::MAX));
        permit.map(Some).map_err(|_| self.full(cause::UNSENT_FULL))
    }

    pub fn body(&self) -> HttpResult<OwnedSemaphorePermit> {
        self.take(&self.bodies, cause::BODIES_FULL)
    }

    pub fn wait(&self) -> HttpResult<OwnedSemaphorePermit> {
        self.take(&self.waits, cause::WAITS_FULL)
    }

    /// `is_watch`: it is one of several over one connection, which counts as a stream.
    pub fn stream(&self, is_watch: bool) -> HttpResult<OwnedSemaphorePermit> {
        self.take(if is_watch { &self.watched } else { &self.streams }, cause::STREAMS_FULL)
    }

    pub fn open_streams(&self) -> usize {
        self.streams_max.saturating_sub(self.streams.available_permits())
    }

    pub fn full(&self, cause: &'static str) -> Box<Problem> {
        Problem::retry_later(&reasons::OVERLOADED, cause, self.retry_after_ms)
    }

    fn take(&self, bound: &Arc<Semaphore>, cause: &'static str) -> HttpResult<OwnedSemaphorePermit> {
        bound.clone().try_acquire_owned().map_err(|_| self.full(cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_are_still_to_be_sent_are_bounded_in_bytes() {
        let bounds = EdgeBounds::new(&HttpSettings { unsent_bytes_max: 2048, ..HttpSettings::default() });
        let held = bounds.answer(Lane::Clients, Some(1500)).expect("there is room");
        assert!(held.is_some());
        let full = bounds.answer(Lane::Clients, Some(1)).expect_err("both KiB are taken");
        assert_eq!(full.cause, Some(cause::UNSENT_FULL));
        assert!(bounds.answer(Lane::Clients, None).is_ok_and(|held| held.is_none()), "a stream has a bound of its own");
        assert!(bounds.answer(Lane::Operator, Some(1 << 20)).is_ok_and(|held| held.is_none()));
        drop(held);
        assert!(bounds.answer(Lane::Clients, Some(1 << 40)).is_ok(), "alone, a larger answer is sent too");
    }
}
