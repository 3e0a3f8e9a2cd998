//! The endpoint every request comes through: admission, its body, its time, its problem, its measure and its line in the log.
mod admission;
mod meter;
pub(crate) mod routes;

use crate::endpoint::meter::Meter;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::{HttpRequest, body, single_headers, trace};
use crate::server::Server;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use kernel::Method;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// Answers the requests of one endpoint.
pub(crate) trait Handler: Send + Sync + 'static {
    /// Whether the handler wants `HttpRequest::bytes`.
    fn reads_body(&self) -> bool {
        false
    }

    /// The time it may take beyond what every request may.
    fn extra_time(&self, _request: &HttpRequest) -> Duration {
        Duration::ZERO
    }

    fn handle(&self, request: HttpRequest) -> impl Future<Output = HttpResult> + Send;
}

pub(crate) struct Endpoint<H> {
    server: Arc<Server>,
    meter: Meter,
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
        Arc::new(Endpoint { server: server.clone(), meter, handler })
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
    let (request, body) = HttpRequest::receive(request);
    let (uri, method, language) = (request.uri.clone(), request.method.clone(), request.language);
    let correlation = request.meta.correlation_id.clone();
    let result = endpoint.run(request, body).await;
    let mut response = result.unwrap_or_else(|problem| problem.response(language, uri.path()));
    if let Ok(id) = HeaderValue::from_str(&correlation) {
        response.headers_mut().insert(trace::CORRELATION_ID, id);
    }
    let (status, took) = (response.status(), started.elapsed());
    endpoint.meter.record(status, took);
    if endpoint.server.is_sampled() {
        let (path, took_us, status) = (uri.path(), took.as_micros() as u64, status.as_u16());
        tracing::info!(target: "access", %method, path, status, took_us, correlation_id = %correlation);
    }
    response
}

impl<H: Handler> Endpoint<H> {
    /// Admits the request, reads its body and has it handled in time.
    async fn run(&self, mut request: HttpRequest, body: Body) -> HttpResult {
        let settings = &self.server.settings;
        admission::check_host(&request, &settings.host_names, settings.address)?;
        single_headers::check(&request.headers)?;
        admission::check_origin(&request, &settings.cors_origins)?;
        let Ok(_permit) = self.server.requests.try_acquire() else {
            return Err(Problem::retry_later(&reasons::OVERLOADED, settings.retry_after_ms));
        };
        if self.handler.reads_body() {
            request.bytes = body::read(&request.headers, body, settings).await?;
        }
        let time = Duration::from_millis(settings.request_timeout_ms) + self.handler.extra_time(&request);
        let too_slow = |_| Problem::retry_later(&reasons::TOO_SLOW, settings.retry_after_ms);
        timeout(time, self.handler.handle(request)).await.map_err(too_slow)?
    }
}
