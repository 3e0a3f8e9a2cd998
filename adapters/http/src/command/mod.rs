//! A route of a context: reads its form, requests its command, and makes the response of the answer.
mod form;
mod response;

use crate::command::form::{read_body, read_query};
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::pass_on::needs::{Needs, Resend};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::idempotency::IDEMPOTENCY_KEY;
use crate::request::life_mark::LifeMark;
use crate::request::permitted::PermittedRequest;
use crate::request::{HttpRequest, idempotency, precondition};
use crate::server::mount::Mount;
use crate::settings::HttpSettings;
use axum::http::HeaderMap;
use kernel::{Erased, Method, Name, Route, Success};
use runtime::error::{KEY_REUSED, Refusal, UnavailableReason};
use runtime::port::work::Access;
use runtime::request::{Answer, ClientRequest, Idempotency, RepeatKey, RequestForm, Response, RouteName};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

pub(crate) struct RunCommand {
    pub mount: Mount,
    pub context: Name,
    /// Among the routes of the context.
    pub route: usize,
    /// Which segment of the path is the id, if there is one.
    pub id_at: Option<usize>,
    /// The fields of the form, for a form that is sent as a query.
    pub fields: Vec<String>,
}

impl Handler for RunCommand {
    fn audience(&self) -> Audience<'_> {
        let Ok(route) = self.route() else { return Audience::Operator };
        if route.success == Success::Read {
            return Audience::Readers(&route.grants);
        }
        let seen = self.mount.collection(self.context, route.collection).map(|collection| &collection.grants);
        Audience::Users { of: &route.grants, seen }
    }

    fn reads_body(&self) -> bool {
        self.route().is_ok_and(|route| route.method != Method::Get)
    }

    /// Only the context says no: the endpoint's own patience ends behind the last resort.
    fn extra_time(&self) -> Duration {
        self.mount.server.settings.command_time()
    }

    fn needs<'a>(&'a self, request: &PermittedRequest) -> Option<Needs<'a>> {
        let (route, hosted) = (self.route().ok()?, &*self.mount.hosted);
        let resend = resend(route, &request.headers);
        Some(Needs { hosted, context: self.context, access: Access::Decide, resend })
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let route = self.route()?;
        let id = self.id_at.map(|at| request.id(at)).transpose()?;
        let settings = &self.mount.server.settings;
        let idempotency = idempotency_key(route, &request, settings)?;
        let time_left = request.deadline.map_or(Duration::ZERO, |at| at.saturating_duration_since(Instant::now()));
        let (form, unfit) = match self.form(route, &request) {
            Ok(form) => (RequestForm::Read(form), None),
            // Only the context knows whether the key came with another body before; then the client is told that.
            Err(problem) if matches!(&idempotency, Some(Idempotency { key: RepeatKey::Client(_), .. })) => {
                (RequestForm::Unfit(Refusal::from(problem.reason)), Some(problem))
            }
            Err(problem) => return Err(problem),
        };
        let client_request = ClientRequest {
            route: RouteName::of_route(route),
            id,
            form,
            idempotency,
            if_match: precondition::if_match(
                &request.headers,
                &LifeMark::new(self.mount.hosted.work.life(self.context)),
            ),
            time_left_ms: time_left.as_micros().div_ceil(1000) as u64,
            meta: request.meta.clone(),
            permission: request.permission.clone(),
        };
        let answer = match (self.request(client_request).await, unfit) {
            (Err(problem), Some(unfit)) if problem.reason.code != KEY_REUSED.code => return Err(unfit),
            (answer, _) => answer?,
        };
        Ok(response::of_answer(&self.mount, self.context, route, &answer))
    }
}

impl RunCommand {
    fn route(&self) -> HttpResult<&Route> {
        let route = self.mount.hosted.context(self.context).and_then(|context| context.routes.get(self.route));
        route.ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))
    }

    fn form(&self, route: &Route, request: &HttpRequest) -> HttpResult<Erased> {
        let settings = &self.mount.server.settings;
        match route.method {
            Method::Get => read_query(route, request.uri.query(), &self.fields, settings),
            _ => read_body(route, &request.bytes, settings, request.caller.as_deref()),
        }
    }

    async fn request(&self, request: ClientRequest) -> HttpResult<Answer> {
        let settings = &self.mount.server.settings;
        let time = Duration::from_millis(request.time_left_ms + settings.outcome_wait_ms);
        let (sender, receiver) = oneshot::channel::<Response>();
        let respond = Box::new(move |response| drop(sender.send(response)));
        self.mount.hosted.work.request(self.context, request, respond);
        let retry_after_ms = self.mount.server.settings.retry_after_ms;
        let dropped =
            |_| Problem::retry_later(&reasons::UNAVAILABLE, UnavailableReason::ContextDown.code(), retry_after_ms);
        let unknown = |_| Problem::outcome_unknown(retry_after_ms);
        let word = tokio::time::timeout(time, receiver).await.map_err(unknown)?;
        word.map_err(dropped)?.map_err(|error| Problem::of_error(self.mount.system(), error))
    }
}

/// A command that was done is not always answered like the first time: a creation, a change that its own success makes stale, a removal, a
/// change to what its form says after another client's.
fn resend(route: &Route, headers: &HeaderMap) -> Resend {
    let has_key = route.method == Method::Post && headers.contains_key(IDEMPOTENCY_KEY);
    if route.method == Method::Get || has_key { Resend::Freely } else { Resend::UnderKey }
}

/// Only a POST may be repeated by a client under a key; an edge gives one to what it may have to send again.
fn idempotency_key(route: &Route, request: &HttpRequest, settings: &HttpSettings) -> HttpResult<Option<Idempotency>> {
    if let Some(key) = &request.key {
        return Ok(Some(idempotency::of_edge(key, &request.bytes)));
    }
    let (chars_max, caller) = (settings.idempotency_key_chars_max, request.caller.as_deref());
    match route.method {
        Method::Post => idempotency::read(&request.headers, &request.bytes, chars_max, caller),
        Method::Get | Method::Put | Method::Patch | Method::Delete => Ok(None),
    }
}
