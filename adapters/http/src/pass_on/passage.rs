//! One request's way to whoever answers it: asked where its context is now, held while nobody is known, asked again where its answer was lost.
//!
//! What was done before a connection broke is not known. From then on only a success or a refusal is an answer; at the end of its time
//! the request's outcome is unknown.
use crate::endpoint::elsewhere::is_context_gone;
use crate::negotiate::media_type::EVENTS;
use crate::pass_on::Passing;
use crate::pass_on::client::NoAnswer;
use crate::pass_on::header::{self, CLIENT, DEADLINE, HOP, OWNER, REQUEST, SYSTEM, UNKNOWN, UNTOUCHED};
use crate::pass_on::internal_router::PREFIX;
use crate::pass_on::needs::{Needs, Resend};
use crate::pass_on::stream::{self, StreamHold};
use crate::problem::status::status;
use crate::problem::{HttpResult, Problem, cause, reasons};
use crate::request::HttpRequest;
use crate::request::trace::CORRELATION_ID;
use crate::server::Server;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use metrics::{Gauge, counter, gauge};
use runtime::error::UnavailableReason;
use runtime::port::work::{Access, Place};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, sleep, sleep_until};

/// The first pause before it is asked again where the context is, and each later one.
const PAUSES: [Duration; 2] = [Duration::from_millis(20), Duration::from_millis(50)];
/// How often it is looked, while an answer is awaited, whether somebody else answers now.
const LOOK: Duration = Duration::from_millis(50);
/// Looks that must say so one after another: an answer may be on its way.
const LOOKS: usize = 2;

pub(crate) struct Passage<'a> {
    server: &'a Server,
    passing: &'a Passing,
    needs: Needs<'a>,
    /// Until when the request may be asked.
    deadline: Instant,
    /// Until when an answer is awaited.
    patience: Instant,
    /// It changes nothing, so that it is never unknown what was done.
    is_safe: bool,
    /// It may have been done.
    is_unknown: bool,
    held: Option<Held>,
    /// What was said last of why nothing was done.
    said: Option<HttpResult<Response<Bytes>>>,
}

/// A request that waits, as long as it lives.
struct Held {
    until: Instant,
    pauses: usize,
    gauge: Gauge,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.gauge.decrement(1);
    }
}

/// What came of asking one process once.
enum Asked {
    Answered(Response),
    /// It is not the one; it may know who is.
    NotThere(Option<String>),
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
            Asked::Full(_) => "full",
            Asked::Unreachable => "unreachable",
            Asked::Lost => "lost",
            Asked::Late => "late",
            Asked::Refused(_) => "refused",
        }
    }
}

impl<'a> Passage<'a> {
    /// `answer_time` is how long an answer is awaited after the deadline.
    pub fn new(
        (server, passing): (&'a Server, &'a Passing),
        needs: Needs<'a>,
        (deadline, answer_time): (Instant, Duration),
        request: &HttpRequest,
    ) -> Passage<'a> {
        let is_safe = request.method.is_safe();
        let patience = deadline + answer_time;
        Passage { server, passing, needs, deadline, patience, is_safe, is_unknown: false, held: None, said: None }
    }

    /// Gives the request a key, where it needs one to be sent again.
    pub fn name(&self, request: &mut HttpRequest) {
        if self.needs.resend == Resend::UnderKey && request.key.is_none() {
            request.key = Some(self.passing.keys.next());
        }
    }

    /// Asks those who may answer, one after another. `None`: nobody has answered yet.
    pub async fn ask(&mut self, request: &HttpRequest, mut urls: Vec<String>) -> Option<HttpResult> {
        if self.needs.access == Access::Read {
            self.passing.load.order(&mut urls);
        }
        let (mut next, mut asked) = (VecDeque::from(urls), vec![]);
        while let Some(url) = next.pop_front() {
            if asked.contains(&url) {
                continue;
            }
            let came = self.ask_one(request, &url).await;
            let (system, context) = (self.needs.hosted.name(), self.needs.context);
            counter!("nadul_passed_on_total", "system" => system, "context" => context, "outcome" => came.name())
                .increment(1);
            match came {
                Asked::Answered(response) => return self.judge(Ok(response)),
                Asked::Refused(problem) => return Some(Err(problem)),
                Asked::Late => return Some(Err(self.too_late())),
                Asked::Full(response) => self.said = Some(Ok(response)),
                Asked::Unreachable => self.needs.doubt(&url),
                Asked::NotThere(owner) => {
                    self.needs.doubt(&url);
                    next.extend(owner); // whom the directory names comes first, as this may be older
                }
                Asked::Lost => {
                    self.needs.doubt(&url);
                    if !self.is_safe {
                        self.is_unknown = true;
                        return (self.needs.resend == Resend::Never).then(|| Err(self.too_late()));
                    }
                }
            }
            asked.push(url);
        }
        None
    }

    /// Whether an answer of this process ends the passage. `None` where the context went away meanwhile.
    pub fn judge_here(&mut self, answer: HttpResult) -> Option<HttpResult> {
        match answer {
            Err(problem) if is_context_gone(&problem) && self.needs.place() != Place::Here => {
                self.said = Some(Err(problem));
                None
            }
            Err(problem) if self.may_be_asked_for_its_outcome(&problem) => {
                self.is_unknown = true;
                None
            }
            answer => self.judge(answer),
        }
    }

    /// This process did not hear whether it is kept, and another one can tell by now.
    fn may_be_asked_for_its_outcome(&self, problem: &Problem) -> bool {
        let is_unknown = problem.reason.code == reasons::OUTCOME_UNKNOWN.code;
        is_unknown && self.needs.resend == Resend::Freely && self.needs.place() != Place::Here
    }

    /// Whether an answer ends the passage. While it is unknown what was done, only a success or a refusal does.
    fn judge(&self, answer: HttpResult) -> Option<HttpResult> {
        let says_little = match &answer {
            Ok(response) => response.status().is_server_error(),
            Err(problem) => status(problem.reason).is_server_error(),
        };
        if self.is_unknown && says_little { None } else { Some(answer) }
    }

    /// Waits a little before the request is asked again.
    ///
    /// # Errors
    /// There is no time, or no room to wait.
    pub async fn hold(&mut self) -> Result<(), HttpResult> {
        if self.held.is_none() {
            self.held = self.begin_to_hold();
        }
        let Some(held) = &mut self.held else { return Err(self.over()) };
        let until = if self.is_unknown { self.deadline } else { held.until };
        let pause = PAUSES[held.pauses.min(PAUSES.len() - 1)];
        held.pauses += 1;
        if Instant::now() + pause >= until {
            return Err(self.over());
        }
        sleep(pause).await;
        Ok(())
    }

    fn begin_to_hold(&self) -> Option<Held> {
        let permit = self.passing.held.clone().try_acquire_owned().ok()?;
        let hold = Duration::from_millis(self.server.settings.handover_hold_ms);
        let until = self.deadline.min(Instant::now() + hold);
        let gauge =
            gauge!("nadul_held_requests", "system" => self.needs.hosted.name(), "context" => self.needs.context);
        gauge.increment(1);
        Some(Held { until, pauses: 0, gauge, _permit: permit })
    }

    fn over(&mut self) -> HttpResult {
        if self.is_unknown {
            return Err(self.too_late());
        }
        let said = self.said.take().unwrap_or_else(|| Err(nobody(self.server)));
        said.map(|response| response.map(Body::from))
    }

    fn too_late(&self) -> Box<Problem> {
        let retry_after_ms = self.server.settings.retry_after_ms;
        match self.is_safe {
            true => Problem::retry_later(&reasons::TOO_SLOW, cause::OUT_OF_TIME, retry_after_ms),
            false => Problem::outcome_unknown(retry_after_ms),
        }
    }

    async fn ask_one(&self, request: &HttpRequest, url: &str) -> Asked {
        let Some(sent) = self.outgoing(request, url) else {
            tracing::warn!(url, context = self.needs.context, "this is no address that a request can be passed on to");
            return Asked::Unreachable;
        };
        let permit = match request.wants_stream().then(|| self.server.bounds.stream()).transpose() {
            Ok(permit) => permit,
            Err(full) => return Asked::Refused(full),
        };
        let under_way = self.passing.load.begin(url);
        let answering = async {
            match self.passing.client.send(sent).await {
                Ok(response) => {
                    self.receive(response, permit.map(|permit| StreamHold { _under_way: under_way, _permit: permit }))
                        .await
                }
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
        say(DEADLINE, &left.as_millis().max(1).to_string());
        say(SYSTEM, self.needs.hosted.name());
        say(HeaderName::from_static(CORRELATION_ID), &request.meta.correlation_id);
        request.peer().map(|peer| say(CLIENT, &peer.to_string()));
        request.key.as_deref().map(|key| say(REQUEST, key));
        if let Some(authorization) = (self.passing.authorize)(self.needs.context) {
            headers.insert(AUTHORIZATION, authorization);
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
            // no edge has answered: its port does not know us yet, or something before it is in trouble
            return if status.is_client_error() { Asked::NotThere(None) } else { Asked::Lost };
        }
        if parts.headers.contains_key(UNKNOWN) {
            return Asked::Lost;
        }
        let is_untouched = status == StatusCode::SERVICE_UNAVAILABLE && parts.headers.contains_key(UNTOUCHED);
        header::of_answer(&mut parts.headers);
        match stream {
            Some(hold) if parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == EVENTS) => {
                return Asked::Answered(stream::response(parts, body, self.server, hold));
            }
            Some(_) | None => {}
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
fn has_moved(access: Access, url: &str, known: &Place, now: &Place) -> bool {
    match (access, now) {
        (_, now) if now == known => false,
        (Access::Decide, Place::Here) => true,
        (Access::Decide, Place::Elsewhere(urls)) => urls.first().is_some_and(|first| first != url),
        (Access::Read, Place::Here) => false,
        (Access::Read, Place::Elsewhere(urls)) => !urls.is_empty() && !urls.iter().any(|other| other == url),
    }
}

/// Nobody is known who answers for the context.
pub(crate) fn nobody(server: &Server) -> Box<Problem> {
    Problem::retry_later(&reasons::UNAVAILABLE, UnavailableReason::ContextDown.code(), server.settings.retry_after_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elsewhere(urls: &[&str]) -> Place {
        Place::Elsewhere(urls.iter().map(|url| url.to_string()).collect())
    }

    #[test]
    fn who_was_named_by_another_is_not_given_up_for_what_was_known_before() {
        let known = elsewhere(&["a"]);
        let moved = |now: &Place| has_moved(Access::Decide, "b", &known, now);
        assert_eq!([&known, &elsewhere(&["b"]), &elsewhere(&[])].map(moved), [false; 3]);
        assert_eq!([&elsewhere(&["c"]), &Place::Here].map(moved), [true; 2]);
    }

    #[test]
    fn a_reader_is_given_up_when_it_is_none_any_more() {
        let known = elsewhere(&["a", "b"]);
        let moved = |now: &Place| has_moved(Access::Read, "b", &known, now);
        assert_eq!([&elsewhere(&["b", "a"]), &elsewhere(&[]), &Place::Here].map(moved), [false; 3]);
        assert!(moved(&elsewhere(&["a", "c"])));
    }
}
