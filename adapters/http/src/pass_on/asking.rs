//! One process asked once: the request as it goes out, and what came of it.
use crate::negotiate::media_type::EVENTS;
use crate::pass_on::header::{self, CALLER, CLIENT, DEADLINE, HOP, OWNER, REQUEST, SYSTEM, UNKNOWN, UNTOUCHED, WATCH};
use crate::pass_on::hop;
use crate::pass_on::internal_router::PREFIX;
use crate::pass_on::needs::Needs;
use crate::pass_on::stream::{self, StreamHold};
use crate::pass_on::{NoAnswer, Passing};
use crate::problem::Problem;
use crate::request::HttpRequest;
use crate::request::trace::CORRELATION_ID;
use crate::server::Server;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use metrics::counter;
use runtime::port::work::{Access, AnsweredAt};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until};

/// How often it is looked, while an answer is awaited, whether somebody else answers now.
const LOOK: Duration = Duration::from_millis(50);
/// Looks that must say so one after another: an answer may be on its way.
const LOOKS: usize = 2;

#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub server: &'a Arc<Server>,
    pub passing: &'a Passing,
    pub needs: Needs<'a>,
    /// Until when the request may be asked.
    pub deadline: Instant,
    /// Until when an answer is awaited.
    pub patience: Instant,
}

/// What came of it.
pub(super) enum Asked {
    Answered(Response),
    /// It is not the one; it may know who is.
    NotThere(Option<String>),
    /// No edge has answered, but what stands before it: this process is not known there, or the port has no such path yet.
    NoEdge(StatusCode),
    /// It has no room at the moment.
    Full(Response<Bytes>),
    /// There was no connection.
    Unreachable,
    /// The request was sent, and no whole answer came.
    Lost,
    /// No answer came in the time there is.
    Late,
    /// This edge itself says no.
    Refused(Box<Problem>),
}

impl Asked {
    fn name(&self) -> &'static str {
        match self {
            Asked::Answered(_) => "answered",
            Asked::NotThere(_) => "not-there",
            Asked::NoEdge(_) => "no-edge",
            Asked::Full(_) => "full",
            Asked::Unreachable => "unreachable",
            Asked::Lost => "lost",
            Asked::Late => "late",
            Asked::Refused(_) => "refused",
        }
    }
}

impl Asking<'_> {
    pub async fn ask(&self, request: &HttpRequest, url: &str) -> Asked {
        let asked = self.send(request, url).await;
        let (system, context) = (self.needs.hosted.name(), self.needs.context);
        counter!("nadul_passed_on_total", "system" => system, "context" => context, "outcome" => asked.name())
            .increment(1);
        if let Asked::NoEdge(status) = asked {
            tracing::debug!(%status, url, context, "a request that was passed on was refused before any edge");
        }
        asked
    }

    async fn send(&self, request: &HttpRequest, url: &str) -> Asked {
        let Some(sent) = self.outgoing(request, url) else {
            tracing::warn!(url, context = self.needs.context, "this is no address that a request can be passed on to");
            return Asked::Unreachable;
        };
        let _under_way = self.passing.load.begin(url);
        let stream = match self.may_stream(request).then(|| self.server.bounds.stream(request.is_watch)).transpose() {
            Ok(permit) => permit.map(|permit| StreamHold { _under_way: self.passing.load.begin(url), _permit: permit }),
            Err(full) => return Asked::Refused(full),
        };
        let answering = async {
            match (self.passing.send)(self.needs.hosted.name(), self.needs.context, sent).await {
                Ok(response) => self.receive(response, stream).await,
                Err(NoAnswer::NotSent) => Asked::Unreachable,
                Err(NoAnswer::Broken) => Asked::Lost,
            }
        };
        tokio::select! {
            asked = answering => asked,
            () = self.somebody_else(url) => Asked::Lost,
            () = sleep_until(self.patience) => Asked::Late,
        }
    }

    fn may_stream(&self, request: &HttpRequest) -> bool {
        request.method.is_safe() && request.wants_stream()
    }

    /// `None` for what is no address.
    fn outgoing(&self, request: &HttpRequest, url: &str) -> Option<Request<Full<Bytes>>> {
        let path = request.uri.path_and_query()?.as_str();
        let mut sent = Request::new(Full::new(request.bytes.clone()));
        *sent.method_mut() = request.method.clone();
        *sent.uri_mut() = format!("{}{PREFIX}{path}", url.trim_end_matches('/')).parse().ok()?;
        *sent.headers_mut() = self.headers(request);
        Some(sent)
    }

    fn headers(&self, request: &HttpRequest) -> HeaderMap {
        let left = self.deadline.saturating_duration_since(Instant::now());
        let mut headers = header::of_client(&request.headers);
        let mut say = |name, text: &str| HeaderValue::from_str(text).ok().and_then(|value| headers.insert(name, value));
        say(HOP, "1");
        if request.is_watch {
            say(WATCH, "1");
        }
        say(DEADLINE, &left.as_millis().max(1).to_string());
        say(SYSTEM, self.needs.hosted.name());
        say(HeaderName::from_static(CORRELATION_ID), &request.meta.correlation_id);
        request.peer().map(|peer| say(CLIENT, &peer.to_string()));
        request.key.as_deref().map(|key| say(REQUEST, key));
        if let Some(caller) = request.caller.as_deref().and_then(hop::write_caller) {
            headers.insert(CALLER, caller);
        }
        headers
    }

    async fn receive(&self, response: hyper::Response<Incoming>, stream: Option<StreamHold>) -> Asked {
        let (mut parts, body) = response.into_parts();
        let status = parts.status;
        if status == StatusCode::MISDIRECTED_REQUEST {
            let owner = parts.headers.get(OWNER).and_then(|owner| owner.to_str().ok());
            return Asked::NotThere(owner.map(str::to_string));
        }
        if !parts.headers.contains_key(CORRELATION_ID) {
            // what refuses has passed nothing on; what is in trouble may have
            return if status.is_client_error() { Asked::NoEdge(status) } else { Asked::Lost };
        }
        if parts.headers.contains_key(UNKNOWN) {
            return Asked::Lost;
        }
        let is_untouched = status == StatusCode::SERVICE_UNAVAILABLE && parts.headers.contains_key(UNTOUCHED);
        header::of_answer(&mut parts.headers);
        if let Some(hold) = stream
            && parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == EVENTS)
        {
            return Asked::Answered(stream::response(parts, body, self.server, hold));
        }
        let Ok(body) = body.collect().await else { return Asked::Lost };
        let response = Response::from_parts(parts, body.to_bytes());
        if is_untouched { Asked::Full(response) } else { Asked::Answered(response.map(Body::from)) }
    }

    /// Until another process than the one that was asked answers for the context: it has taken over from one that hangs.
    async fn somebody_else(&self, url: &str) {
        let known = self.needs.place();
        let mut looks = 0;
        while looks < LOOKS {
            sleep(LOOK).await;
            let has_moved = has_moved(self.needs.access, url, &known, &self.needs.place());
            looks = if has_moved { looks + 1 } else { 0 };
        }
    }
}

/// `known`: where it was when `url` was asked, which somebody else may have named.
fn has_moved(access: Access, url: &str, known: &AnsweredAt, now: &AnsweredAt) -> bool {
    match (access, now) {
        (_, now) if now == known => false,
        (Access::Decide, AnsweredAt::Here) => true,
        (Access::Decide, AnsweredAt::Elsewhere(urls)) => urls.first().is_some_and(|first| first != url),
        (Access::Read, AnsweredAt::Here) => false,
        (Access::Read, AnsweredAt::Elsewhere(urls)) => !urls.is_empty() && !urls.iter().any(|other| other == url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elsewhere(urls: &[&str]) -> AnsweredAt {
        AnsweredAt::Elsewhere(urls.iter().map(|url| url.to_string()).collect())
    }

    #[test]
    fn who_was_named_by_another_is_not_given_up_for_what_was_known_before() {
        let known = elsewhere(&["a"]);
        let moved = |now: &AnsweredAt| has_moved(Access::Decide, "b", &known, now);
        assert_eq!([&known, &elsewhere(&["b"]), &elsewhere(&[])].map(moved), [false; 3]);
        assert_eq!([&elsewhere(&["c"]), &AnsweredAt::Here].map(moved), [true; 2]);
    }

    #[test]
    fn a_reader_is_given_up_when_it_is_none_any_more() {
        let known = elsewhere(&["a", "b"]);
        let moved = |now: &AnsweredAt| has_moved(Access::Read, "b", &known, now);
        assert_eq!([&elsewhere(&["b", "a"]), &elsewhere(&[]), &AnsweredAt::Here].map(moved), [false; 3]);
        assert!(moved(&elsewhere(&["a", "c"])));
    }
}
