//! The endpoint every request comes through: admission, its body, its time, its problem, its measure and its line in the log.
pub(crate) mod admission;
mod allowance;
pub(crate) mod audience;
pub(crate) mod elsewhere;
mod ending;
mod held_body;
mod meter;
pub(crate) mod routes;
pub(crate) mod unavailable;
pub(crate) mod unsent;
mod who;

use crate::collection::wait::Wait;
use crate::endpoint::allowance::Allowance;
use crate::endpoint::audience::Audience;
use crate::endpoint::meter::Meter;
use crate::endpoint::unsent::Unsent;
use crate::endpoint::who::WhoAsks;
use crate::pass_on::needs::Needs;
use crate::problem::{HttpResult, Problem, cause, reasons};
use crate::request::permitted::PermittedRequest;
use crate::request::{HttpRequest, body, single_headers, trace};
use crate::server::Server;
use crate::server::bounds::Lane;
use crate::server::figures::Figures;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use bytes::Bytes;
use identity::Evidence;
use kernel::Method;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::yield_now;
use tokio::time::{Instant, timeout_at};

/// Turns of its connection after which a body that came with its head is there.
const ARRIVED_TURNS: usize = 4;

/// Answers the requests of one endpoint.
pub(crate) trait Handler: Send + Sync + 'static {
    /// Who may use it.
    fn audience(&self) -> Audience<'_>;

    /// Whether the handler wants `HttpRequest::bytes`.
    fn reads_body(&self) -> bool {
        false
    }

    /// By which bound its requests are admitted.
    fn lane(&self) -> Lane {
        Lane::Clients
    }

    /// Whether its requests count as those of a caller: health doesn't, nor what is at no path.
    fn is_counted(&self) -> bool {
        self.lane() != Lane::Health
    }

    /// What the client wants to wait for before its request counts as under way.
    fn wanted_wait<'a>(&'a self, _request: &'a PermittedRequest) -> Option<Wait<'a>> {
        None
    }

    /// The context that answers the request, which may be in another process; `None`: any process answers.
    fn needs<'a>(&'a self, _request: &PermittedRequest) -> Option<Needs<'a>> {
        None
    }

    /// How long the handler itself waits, beyond the usual time of a request.
    fn extra_time(&self) -> Duration {
        Duration::ZERO
    }

    fn handle(&self, request: PermittedRequest) -> impl Future<Output = HttpResult> + Send;
}

pub(crate) struct Endpoint<H> {
    server: Arc<Server>,
    system: String,
    meter: Meter,
    /// Where its requests count as those of clients of a system.
    figures: Option<Arc<Figures>>,
    handler: H,
}

/// Where an endpoint is, as its measures name it.
#[derive(Clone, Copy)]
pub(crate) struct Location<'a> {
    /// Empty where the path belongs to no system.
    pub system: &'a str,
    /// Empty where the endpoint answers any method.
    pub method: Option<Method>,
    /// As it is declared, so that ids make no labels.
    pub route: &'a str,
}

impl<H: Handler> Endpoint<H> {
    pub fn new(server: &Arc<Server>, location: Location<'_>, handler: H) -> Arc<Endpoint<H>> {
        let method = location.method.map(|method| method.to_string()).unwrap_or_default();
        let meter = Meter::new(location.system, &method, location.route);
        let is_for_clients = handler.lane() == Lane::Clients;
        let figures = is_for_clients.then(|| server.figures_of(location.system)).flatten();
        Arc::new(Endpoint { server: server.clone(), system: location.system.to_string(), meter, figures, handler })
    }
}

/// An endpoint for one method of one path.
pub(crate) fn on_method<H: Handler>(method: Method, endpoint: Arc<Endpoint<H>>) -> MethodRouter {
    let filter = match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    };
    on(filter, respond::<H>).with_state(endpoint)
}

/// Answers one request, measures it and logs it.
pub(crate) async fn respond<H: Handler>(State(endpoint): State<Arc<Endpoint<H>>>, request: Request) -> Response {
    let started = Instant::now();
    let unsent = request.extensions().get::<Unsent>().cloned().unwrap_or_default();
    let (mut request, body) = HttpRequest::receive(request, endpoint.server.reach);
    let (uri, method, language) = (request.uri.clone(), request.method.clone(), request.language);
    let (correlation, is_passed_on) = (request.meta.correlation_id.clone(), request.is_passed_on);
    let who = endpoint.who_asks(&mut request).await;
    let counts = endpoint.handler.is_counted();
    let allowance = counts.then(|| Allowance::of(&endpoint.server, &request)).flatten();
    let mut permit = None;
    let mut unsent_bytes = None;
    let result = match allowance.as_ref().map_or(Ok(()), Allowance::check) {
        Ok(()) => endpoint.run((request, &who), body, &mut permit).await,
        Err(too_many) => Err(too_many),
    };
    let result = result.and_then(|response| match &allowance {
        Some(allowance) => allowance.hold(response),
        None => Ok(response),
    });
    let result = result.and_then(|response| {
        let bytes = response.body().size_hint().exact();
        match endpoint.server.bounds.answer(endpoint.handler.lane(), bytes) {
            Ok(room) => unsent_bytes = room,
            Err(full) if method.is_safe() => return Err(full),
            Err(_) => {} // it is done, so its answer is sent all the same; it is small, and counts as a request until then
        }
        Ok(response)
    });
    let response = result.unwrap_or_else(|problem| {
        endpoint.server.unavailable.record(&endpoint.system, &problem);
        let mut response = problem.response(language, uri.path());
        if is_passed_on {
            elsewhere::tell_edge(response.headers_mut(), &problem);
        }
        response
    });
    let mut response = endpoint.for_caller(response, &who);
    if let Some(allowance) = &allowance {
        allowance.tell(response.headers_mut());
    }
    if let Ok(id) = HeaderValue::from_str(&correlation) {
        response.headers_mut().insert(trace::CORRELATION_ID, id);
    }
    let (status, took) = (response.status(), started.elapsed());
    endpoint.meter.record(status, took);
    if let Some(figures) = &endpoint.figures {
        figures.count(method.is_safe(), status, took);
    }
    if endpoint.server.is_sampled() {
        let (path, took_us, status) = (uri.path(), took.as_micros() as u64, status.as_u16());
        tracing::info!(target: "access", %method, path, status, took_us, correlation_id = %correlation);
    }
    unsent.hold(response, permit.into_iter().chain(unsent_bytes))
}

impl<H: Handler> Endpoint<H> {
    /// Admits the request, reads its body, and has it answered by whichever process can.
    async fn run(
        &self,
        (request, who): (HttpRequest, &WhoAsks),
        body: Body,
        permit: &mut Option<OwnedSemaphorePermit>,
    ) -> HttpResult {
        if !request.is_passed_on {
            self.admit(&request, who)?;
        }
        let is_let_in = !self.server.identity.asks() || matches!(who, WhoAsks::MetricsReader);
        let mut request = audience::permit(self.handler.audience(), request, is_let_in)?;
        if self.handler.reads_body() {
            let bytes = self.read_body(&request, body).await?;
            request.bytes = bytes;
        }
        match self.handler.needs(&request) {
            Some(needs) => self.answer_where_it_is(request, needs, permit).await,
            None => self.answer_here(request, permit).await,
        }
    }

    fn admit(&self, request: &HttpRequest, who: &WhoAsks) -> HttpResult<()> {
        let Server { settings, bounds, .. } = &*self.server;
        admission::check_host(request, settings)?;
        let by = who.admitted()?;
        single_headers::check(&request.headers)?;
        match by {
            Some(Evidence::Session) => admission::check_own_origin(request, settings)?,
            Some(Evidence::Token) | None => admission::check_origin(request, settings)?,
        }
        let is_over_limit = request.is_over_limit && self.handler.lane() == Lane::Clients;
        if is_over_limit { Err(bounds.full(cause::CONNECTIONS_FULL)) } else { Ok(()) }
    }

    /// Waits as long as the client wants to, and has the request handled in time. Only what is handled counts as under way: `permit` is
    /// for that.
    async fn answer_here(
        &self,
        mut request: PermittedRequest,
        permit: &mut Option<OwnedSemaphorePermit>,
    ) -> HttpResult {
        let Server { settings, bounds, .. } = &*self.server;
        if let Some(wait) = self.handler.wanted_wait(&request) {
            let _waiting = bounds.wait()?;
            let waited = wait.finish().await;
            request.waited = waited;
        }
        if permit.is_none() {
            *permit = bounds.request(self.handler.lane())?;
        }
        let usual = Instant::now() + settings.request_time().saturating_sub(request.known_after);
        let deadline = request.deadline.map_or(usual, |deadline| deadline.min(usual));
        request.deadline = Some(deadline);
        let too_slow = |_| Problem::retry_later(&reasons::TOO_SLOW, cause::OUT_OF_TIME, settings.retry_after_ms);
        timeout_at(deadline + self.handler.extra_time(), self.handler.handle(request)).await.map_err(too_slow)?
    }

    /// Where as many bodies as may are still to arrive, one that is there already is read all the same.
    async fn read_body(&self, request: &HttpRequest, body: Body) -> HttpResult<Bytes> {
        let Server { settings, bounds, .. } = &*self.server;
        let mut reading = pin!(body::read(&request.headers, body, settings));
        let full = match bounds.body() {
            Ok(_arriving) => return reading.await,
            Err(full) => full,
        };
        for _ in 0..ARRIVED_TURNS {
            if let Poll::Ready(read) = poll_fn(|cx| Poll::Ready(reading.as_mut().poll(cx))).await {
                return read;
            }
            yield_now().await;
        }
        Err(full)
    }
}
