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
    /// It is one of several streams over one connection, which counts as one.
    is_watch: bool,
}

impl<'a> Allowance<'a> {
    /// Counts the request. `None`: its caller has no limits, or had it counted by another process.
    pub fn of(server: &'a Server, request: &HttpRequest) -> Option<Allowance<'a>> {
        let limits = server.limits.as_ref().filter(|_| !request.is_passed_on)?;
        let caller = request.caller_key()?;
        Some(Allowance { limits, counted: limits.count(&caller), caller, is_watch: request.is_watch })
    }

    pub fn check(&self) -> HttpResult<()> {
        self.counted.wait.map_or(Ok(()), |wait| Err(Problem::too_many_requests(wait)))
    }

    /// A live stream counts as long as it is open.
    pub fn hold(&self, response: Response) -> HttpResult {
        let is_stream = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == EVENTS);
        if self.is_watch || !is_stream {
            return Ok(response);
        }
        let stream = self.limits.stream(&self.caller)?;
        Ok(held_body::holding(response, stream))
    }

    pub fn tell(&self, headers: &mut HeaderMap) {
        self.counted.tell(headers);
    }
}
