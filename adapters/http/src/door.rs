//! The door every request comes through: admission, its body, its time, its problem, its measure and its line in the log.
use crate::call::Call;
use crate::cause;
use crate::house::House;
use crate::meter::Meter;
use crate::problem::{Outcome, Problem};
use crate::{body, trace};
use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderValue, Method};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What stands behind a door.
pub(crate) trait Handle: Send + Sync + 'static {
    /// Whether `Call::bytes` is wanted.
    fn reads_body(&self) -> bool {
        false
    }

    /// Time it may take beyond what every request may.
    fn patience(&self, _call: &Call) -> Duration {
        Duration::ZERO
    }

    fn handle(&self, call: Call) -> impl Future<Output = Outcome> + Send;
}

pub(crate) struct Door<H> {
    house: Arc<House>,
    meter: Meter,
    handle: H,
}

/// A door at one method of one path; `route` is what it is called in measures.
pub(crate) fn door<H: Handle>(
    house: &Arc<House>,
    system: &str,
    method: kernel::Method,
    route: &str,
    handle: H,
) -> MethodRouter {
    let filter = match method {
        kernel::Method::Get => MethodFilter::GET,
        kernel::Method::Post => MethodFilter::POST,
        kernel::Method::Put => MethodFilter::PUT,
        kernel::Method::Patch => MethodFilter::PATCH,
        kernel::Method::Delete => MethodFilter::DELETE,
    };
    let meter = Meter::new(system, &method.to_string(), route);
    on(filter, enter::<H>).with_state(Arc::new(Door { house: house.clone(), meter, handle }))
}

/// The door of whatever has no other: unknown paths and wrong methods.
pub(crate) fn any<H: Handle>(house: &Arc<House>, route: &str, handle: H) -> Arc<Door<H>> {
    Arc::new(Door { house: house.clone(), meter: Meter::new("", "", route), handle })
}

pub(crate) async fn enter<H: Handle>(State(door): State<Arc<Door<H>>>, request: Request) -> Response {
    let started = Instant::now();
    let (call, body) = Call::of(request);
    let (uri, method, language) = (call.uri.clone(), call.method.clone(), call.language);
    let correlation = call.meta.correlation_id.clone();
    let outcome = door.admit(call, body).await;
    let mut response = outcome.unwrap_or_else(|problem| problem.response(language, uri.path()));
    if let Ok(id) = HeaderValue::from_str(&correlation) {
        response.headers_mut().insert(trace::CORRELATION_ID, id);
    }
    let (status, took) = (response.status(), started.elapsed());
    door.meter.record(status, took);
    if door.house.sampled() {
        let (path, took_us, status) = (uri.path(), took.as_micros() as u64, status.as_u16());
        tracing::info!(target: "access", %method, path, status, took_us, correlation_id = %correlation);
    }
    response
}

impl<H: Handle> Door<H> {
    async fn admit(&self, mut call: Call, body: axum::body::Body) -> Outcome {
        let bounds = &self.house.bounds;
        self.known_host(&call)?;
        self.known_origin(&call)?;
        let Ok(_inside) = self.house.requests.try_acquire() else {
            return Err(Problem::later(&cause::OVERLOADED, bounds.retry_after_ms));
        };
        if self.handle.reads_body() {
            call.bytes = body::bytes(&call.headers, body, bounds).await?;
        }
        let time = Duration::from_millis(bounds.request_timeout_ms) + self.handle.patience(&call);
        match tokio::time::timeout(time, self.handle.handle(call)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Problem::later(&cause::TOO_SLOW, bounds.retry_after_ms)),
        }
    }

    /// A browser sends the simple POST of any page there is, without asking first. Only our own pages, and those a
    /// setting names, may change anything; who is no browser names no origin.
    fn known_origin(&self, call: &Call) -> Outcome<()> {
        let Some(origin) = call.header(&ORIGIN) else { return Ok(()) };
        let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&call.method);
        let ours = origin.split_once("://").is_some_and(|(_, host)| Some(host) == call.header(&HOST));
        let named = self.house.bounds.cors_origins.iter().any(|known| known == origin);
        (reads || ours || named).then_some(()).ok_or_else(|| Problem::of(&cause::FOREIGN_ORIGIN))
    }

    /// One host name, and one of ours: two are two requests, to whoever stands before this door and to us.
    fn known_host(&self, call: &Call) -> Outcome<()> {
        let names = &self.house.bounds.host_names;
        if call.headers.get_all(&HOST).iter().count() > 1 {
            return Err(Problem::of(&cause::UNKNOWN_HOST));
        }
        if names.is_empty() {
            return Ok(());
        }
        let host = call.header(&HOST).unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.contains(']') { host } else { name });
        let known = names.iter().any(|known| known.eq_ignore_ascii_case(name));
        known.then_some(()).ok_or_else(|| Problem::of(&cause::UNKNOWN_HOST))
    }
}
