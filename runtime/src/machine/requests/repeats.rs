//! Repeats under an Idempotency-Key: the stored answer is given again, and a repeat waits for the first while that is under way.
use super::AdmittedRequest;
use super::respond::route_text;
use crate::error::{Error, KEY_REUSED, UnavailableReason};
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use kernel::StoredAnswer;
use std::collections::HashMap;
use std::sync::Arc;

/// A request under way that may be repeated.
struct InFlight {
    digest: u64,
    /// Who repeated it meanwhile.
    also: Vec<u64>,
}

/// By route and key.
#[derive(Default)]
pub struct Repeats {
    in_flight: HashMap<(usize, String), InFlight>,
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
    fn fresh_answer(&self, request: &AdmittedRequest, key: &str) -> Result<Option<Arc<StoredAnswer>>> {
        let route = route_text(request.declared(&self.work.declared()));
        let (now, keep_ms) = (self.work.now.wall, self.work.limits.idempotency_ms());
        let stored = self.work.current.answer(self.store, &route, key)?;
        Ok(stored.filter(|stored| stored.at.plus_ms(keep_ms) > now))
    }
}
