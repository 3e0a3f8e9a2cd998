//! One request's way to whoever answers it: asked where its context is now, held while nobody is known, asked again where its answer was lost.
//!
//! What was done before a connection broke is not known. From then on only a success or a refusal is an answer; at the end of its time
//! the request's outcome is unknown.
use crate::endpoint::elsewhere::is_context_gone;
use crate::pass_on::Passing;
use crate::pass_on::asking::{Asked, Asking};
use crate::pass_on::held::Held;
use crate::pass_on::needs::{Needs, Resend};
use crate::problem::status::status;
use crate::problem::{HttpResult, Problem, cause, reasons};
use crate::request::HttpRequest;
use crate::server::Server;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use runtime::error::UnavailableReason;
use runtime::port::work::{Access, AnsweredAt};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

pub(crate) struct Passage<'a> {
    asking: Asking<'a>,
    /// It changes nothing, so that it is never unknown what was done.
    is_safe: bool,
    /// It may have been done.
    is_unknown: bool,
    held: Option<Held>,
    /// What was said last of why nothing was done.
    said: Option<HttpResult<Response<Bytes>>>,
}

impl<'a> Passage<'a> {
    /// `answer_time` is how long an answer is awaited after the deadline.
    pub fn new(
        (server, passing): (&'a Arc<Server>, &'a Passing),
        needs: Needs<'a>,
        (deadline, answer_time): (Instant, Duration),
        request: &HttpRequest,
    ) -> Passage<'a> {
        let asking = Asking { server, passing, needs, deadline, patience: deadline + answer_time };
        Passage { asking, is_safe: request.method.is_safe(), is_unknown: false, held: None, said: None }
    }

    /// Gives the request a key, where it needs one to be sent again.
    pub fn name(&self, request: &mut HttpRequest) {
        if self.asking.needs.resend == Resend::UnderKey && request.key.is_none() {
            request.key = Some(self.asking.passing.keys.next());
        }
    }

    /// Asks those who may answer, one after another. `None`: nobody has answered yet.
    pub async fn ask(&mut self, request: &HttpRequest, mut urls: Vec<String>) -> Option<HttpResult> {
        let Asking { passing, needs, .. } = self.asking;
        if needs.access == Access::Read {
            passing.load.order(&mut urls);
        }
        let (mut next, mut asked) = (VecDeque::from(urls), vec![]);
        while let Some(url) = next.pop_front() {
            if asked.contains(&url) {
                continue;
            }
            match self.asking.ask(request, &url).await {
                Asked::Answered(response) => return self.judge(Ok(response)),
                Asked::Refused(problem) => return Some(Err(problem)),
                Asked::Late => return Some(Err(self.too_late())),
                Asked::Full(response) => self.said = Some(Ok(response)),
                Asked::Unreachable | Asked::NoEdge(_) => needs.doubt(&url),
                Asked::NotThere(owner) => {
                    needs.doubt(&url);
                    next.extend(owner); // whom the directory names comes first, as this may be older
                }
                Asked::Lost => {
                    needs.doubt(&url);
                    if !self.is_safe {
                        self.is_unknown = true;
                        return (needs.resend == Resend::Never).then(|| Err(self.too_late()));
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
            Err(problem) if is_context_gone(&problem) && self.is_elsewhere() => {
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

    fn is_elsewhere(&self) -> bool {
        self.asking.needs.place() != AnsweredAt::Here
    }

    /// This process did not hear whether it is kept, and another one can tell by now.
    fn may_be_asked_for_its_outcome(&self, problem: &Problem) -> bool {
        let is_unknown = problem.reason.code == reasons::OUTCOME_UNKNOWN.code;
        is_unknown && self.asking.needs.resend == Resend::Freely && self.is_elsewhere()
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
            self.held = Held::begin(&self.asking);
        }
        let Some(held) = &mut self.held else { return Err(self.over()) };
        let until = if self.is_unknown { self.asking.deadline } else { held.until };
        if held.pause(until).await { Ok(()) } else { Err(self.over()) }
    }

    fn over(&mut self) -> HttpResult {
        if self.is_unknown {
            return Err(self.too_late());
        }
        let said = self.said.take().unwrap_or_else(|| Err(nobody(self.asking.server)));
        said.map(|response| response.map(Body::from))
    }

    fn too_late(&self) -> Box<Problem> {
        let retry_after_ms = self.asking.server.settings.retry_after_ms;
        match self.is_safe {
            true => Problem::retry_later(&reasons::TOO_SLOW, cause::OUT_OF_TIME, retry_after_ms),
            false => Problem::outcome_unknown(retry_after_ms),
        }
    }
}

/// Nobody is known who answers for the context.
pub(crate) fn nobody(server: &Server) -> Box<Problem> {
    Problem::retry_later(&reasons::UNAVAILABLE, UnavailableReason::ContextDown.code(), server.settings.retry_after_ms)
}
