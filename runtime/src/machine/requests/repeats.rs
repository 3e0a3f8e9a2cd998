//! Repeats under a key, the client's or an edge's: the stored answer is given again, and a repeat waits for the first while that is under way.
use super::AdmittedRequest;
use super::respond::stored_under;
use crate::error::{Error, KEY_REUSED, UnavailableReason};
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use crate::request::RepeatKey;
use kernel::{StoredAnswer, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;

/// A request under way that may be repeated.
struct InFlight {
    digest: u64,
    /// Who repeated it meanwhile.
    also: Vec<u64>,
}

/// How long an answer is kept for an edge that may have lost it: longer than any request is sent again.
const EDGE_KEY_MS: u64 = 600_000;

/// By route and key.
#[derive(Default)]
pub struct Repeats {
    in_flight: HashMap<(usize, RepeatKey), InFlight>,
}

impl Repeats {
    /// Whether the request needs no decision of its own. If it does, it is the first under its key from now on.
    pub fn joins(&mut self, scope: &mut Scope<'_>, request: &AdmittedRequest) -> Result<bool> {
        let Some(repeat) = &request.client.idempotency else { return Ok(false) };
        let slot = (request.route, repeat.key.clone());
        if let Some(first) = self.in_flight.get_mut(&slot) {
            if first.digest == repeat.digest {
                first.also.push(request.token);
            } else {
                scope.work.outbox.respond(request.token, Err(Error::refused(&KEY_REUSED)));
            }
            return Ok(true);
        }
        let Some(stored) = scope.fresh_answer(request, &repeat.key)? else {
            self.in_flight.insert(slot, InFlight { digest: repeat.digest, also: vec![] });
            return Ok(false);
        };
        let response = if stored.digest == repeat.digest {
            let retry_after_ms = scope.work.limits.retry_after_ms;
            serde_json::from_str(&stored.answer)
                .map_err(|_| Error::unavailable(UnavailableReason::Fault, "the stored answer", retry_after_ms))
        } else {
            Err(Error::refused(&KEY_REUSED))
        };
        scope.work.outbox.respond(request.token, response);
        Ok(true)
    }

    /// The tokens of those who repeated it while it was under way.
    pub fn ended(&mut self, request: &AdmittedRequest) -> Vec<u64> {
        let Some(repeat) = &request.client.idempotency else { return vec![] };
        self.in_flight.remove(&(request.route, repeat.key.clone())).map(|first| first.also).unwrap_or_default()
    }
}

impl Scope<'_> {
    /// The answer stored under a key, unless it is too old.
    fn fresh_answer(&self, request: &AdmittedRequest, key: &RepeatKey) -> Result<Option<Arc<StoredAnswer>>> {
        let (route, key) = stored_under(request.declared(&self.work.declared()), key);
        let (now, keep_ms) = (self.work.now.wall, self.work.limits.idempotency_ms());
        let stored = self.work.current.answer(self.store, &route, key)?;
        Ok(stored.filter(|stored| stored.at.plus_ms(keep_ms) > now))
    }

    /// From when an answer that is given now counts as kept. Stores remove answers by this one time, after `idempotency_hours`; so one
    /// that is kept for less is dated back.
    pub fn kept_from(&self, key: &RepeatKey) -> Timestamp {
        let now = self.work.now.wall;
        match key {
            RepeatKey::Client(_) => now,
            RepeatKey::Edge(_) => {
                let dated_back_ms = self.work.limits.idempotency_ms().saturating_sub(EDGE_KEY_MS);
                Timestamp(now.0 - (dated_back_ms * 1000) as i64)
            }
        }
    }
}
