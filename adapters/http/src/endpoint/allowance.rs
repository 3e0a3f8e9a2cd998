//! What a request's caller may still ask for: counted before anything else of it, told in its answer, with the live stream that it opens.
use crate::callers::{CallerKey, CallerLimits, Counted};
use crate::endpoint::held_body;
use crate::negotiate::media_type::EVENTS;
use crate::problem::{HttpResult, Problem};
use crate::request::HttpRequest;
use crate::server::Server;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;

pub(super) struct Allowance<'a> {
    limits: &'a CallerLimits,
    caller: CallerKey,
    counted: Counted,
}

impl<'a> Allowance<'a> {
    /// Counts the request. `None`: its caller has no limits, or had it counted by another process, or with the one that it is part of.
    pub fn of(server: &'a Server, request: &HttpRequest) -> Option<Allowance<'a>> {
        let limits = server.limits.as_ref().filter(|_| !request.is_passed_on && !request.is_watch)?;
        let caller = request.caller_key()?;
        Some(Allowance { limits, counted: limits.count(&caller), caller })
    }

    pub fn check(&self) -> HttpResult<()> {
        self.counted.wait.map_or(Ok(()), |wait| Err(Problem::too_many_requests(wait)))
    }

    /// A live stream counts as long as it is open.
    pub fn hold(&self, response: Response) -> HttpResult {
        if response.headers().get(CONTENT_TYPE).is_none_or(|kind| kind != EVENTS) {
            return Ok(response);
        }
        let stream = self.limits.stream(&self.caller)?;
        Ok(held_body::holding(response, stream))
    }

    pub fn tell(&self, headers: &mut HeaderMap) {
        self.counted.tell(headers);
    }
}
