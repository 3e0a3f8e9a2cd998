//! Requests that another process may answer: asked where their context is, each time anew.
use crate::collection::wait;
use crate::endpoint::{Endpoint, Handler};
use crate::pass_on::header::{OWNER, UNKNOWN, UNTOUCHED};
use crate::pass_on::needs::Needs;
use crate::pass_on::passage::{Passage, nobody};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::permitted::PermittedRequest;
use crate::response::without_body;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use runtime::error::UnavailableReason;
use runtime::port::work::{Access, AnsweredAt};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

impl<H: Handler> Endpoint<H> {
    /// Asks where the context is until somebody has answered, or the time is over.
    pub(super) async fn answer_where_it_is(
        &self,
        mut request: PermittedRequest,
        needs: Needs<'_>,
        permit: &mut Option<OwnedSemaphorePermit>,
    ) -> HttpResult {
        if request.is_passed_on {
            return self.answer_hop(request, needs, permit).await;
        }
        let Some(passing) = &self.server.passing else {
            return match needs.place() {
                AnsweredAt::Here => self.answer_here(request, permit).await,
                AnsweredAt::Elsewhere(_) => Err(nobody(&self.server)),
            };
        };
        let wait = self.wait_elsewhere(&request, needs);
        let request_time = self.server.settings.request_time().saturating_sub(request.known_after);
        let deadline = Instant::now() + wait + request_time;
        // its own patience ends last, so that a context's word still comes through
        let answer_time = self.handler.extra_time().saturating_sub(request_time / 2);
        let mut passage = Passage::new((&self.server, passing), needs, (deadline, answer_time), &request);
        loop {
            let answered = match needs.place() {
                AnsweredAt::Here => {
                    let answer = self.answer_here(request.clone(), permit).await;
                    passage.judge_here(answer)
                }
                AnsweredAt::Elsewhere(urls) => {
                    self.admit_elsewhere(wait, permit)?;
                    passage.name(&mut request);
                    passage.ask(&request, urls).await
                }
            };
            if let Some(answer) = answered {
                return answer;
            }
            if let Err(over) = passage.hold().await {
                return over;
            }
            request.deadline = Some(deadline);
        }
    }

    /// What the edge of another process passed on is answered here, or nowhere.
    async fn answer_hop(
        &self,
        request: PermittedRequest,
        needs: Needs<'_>,
        permit: &mut Option<OwnedSemaphorePermit>,
    ) -> HttpResult {
        if let AnsweredAt::Elsewhere(urls) = needs.place() {
            return Ok(not_here(&urls));
        }
        match (self.answer_here(request, permit).await, needs.place()) {
            (Err(problem), AnsweredAt::Elsewhere(urls)) if is_context_gone(&problem) => Ok(not_here(&urls)),
            (answer, _) => answer,
        }
    }

    /// How long the other process may wait, as the client prefers, before it begins to answer.
    fn wait_elsewhere(&self, request: &HttpRequest, needs: Needs<'_>) -> Duration {
        match needs.access {
            Access::Read => wait::requested_time(&request.headers, &self.server.settings),
            Access::Decide => Duration::ZERO,
        }
    }

    /// Who waits is counted where those are who wait here.
    fn admit_elsewhere(&self, wait: Duration, permit: &mut Option<OwnedSemaphorePermit>) -> HttpResult<()> {
        if permit.is_none() {
            let bounds = &self.server.bounds;
            *permit = if wait.is_zero() { bounds.request(self.handler.lane())? } else { Some(bounds.wait()?) };
        }
        Ok(())
    }
}

/// The context does not run here, or its store fails: nothing was done.
pub(crate) fn is_context_gone(problem: &Problem) -> bool {
    let gone = [UnavailableReason::ContextDown, UnavailableReason::Store].map(UnavailableReason::code);
    problem.reason.code == reasons::UNAVAILABLE.code && problem.cause.is_some_and(|cause| gone.contains(&cause))
}

fn not_here(urls: &[String]) -> Response {
    let mut response = without_body(StatusCode::MISDIRECTED_REQUEST);
    if let Some(owner) = urls.first().and_then(|url| HeaderValue::from_str(url).ok()) {
        response.headers_mut().insert(OWNER, owner);
    }
    response
}

/// What the other edge is told of a request that did not succeed, beside what the client is told.
pub(super) fn tell_edge(headers: &mut HeaderMap, problem: &Problem) {
    let one = HeaderValue::from_static("1");
    let is_full = problem.cause == Some(UnavailableReason::QueueFull.code());
    if is_full || problem.reason.code == reasons::OVERLOADED.code {
        headers.insert(UNTOUCHED, one);
    } else if problem.reason.code == reasons::OUTCOME_UNKNOWN.code {
        headers.insert(UNKNOWN, one);
    }
}
