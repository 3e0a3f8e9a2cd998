//! The internal port: what other processes of the system may ask this one.
mod log;
mod messages;
mod questions;

use crate::inside::Inside;
use crate::problem::Problem;
use crate::tokens::{Audience, Guard, Issuer, guarded};
use crate::wire;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Reads of stores at one time.
const READS_MAX: usize = 16;

/// What answers.
#[derive(Clone)]
struct Port {
    inside: Arc<dyn Inside>,
    reads: Arc<Semaphore>,
}

/// Everything below `/internal`, behind the guard.
pub fn router(inside: Arc<dyn Inside>, guard: Arc<Guard>) -> Router {
    let port = Port { inside, reads: Arc::new(Semaphore::new(READS_MAX)) };
    let routes = Router::new()
        .route(wire::MESSAGES, post(messages::take))
        .route(wire::LOG, get(log::page))
        .route(wire::HEAD, get(questions::head))
        .route(wire::STATUS, get(questions::status))
        .route(wire::REPLICAS, get(questions::replicas))
        .route(wire::YOURS, post(questions::yours))
        .fallback(|| async { Problem::new(StatusCode::NOT_FOUND, "There is nothing at this path.") })
        .layer(from_fn_with_state(port.clone(), hear_owner))
        .with_state(port);
    guarded(routes, guard)
}

fn owner(headers: &HeaderMap) -> Option<(&str, u64)> {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Some((said(wire::OWNER_URL)?, said(wire::OWNER_EPOCH)?.parse().ok()?))
}

/// Whoever asks in the name of a context that it owns is heard of, before any answer.
async fn hear_owner(
    State(port): State<Port>,
    Extension(Issuer(issuer)): Extension<Issuer>,
    request: Request,
    next: Next,
) -> Response {
    if let Some((url, epoch)) = owner(request.headers()) {
        port.inside.heard_from(&issuer, url, epoch);
    }
    next.run(request).await
}

impl Port {
    /// Reads where blocking is allowed, with a bounded number of others.
    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&dyn Inside) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let failed = || Problem::not_now("The store can't be read.");
        let permit = self.reads.clone().acquire_owned().await.map_err(|_| failed())?;
        let inside = self.inside.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let _until_it_is_read = permit;
            read(inside.as_ref())
        });
        reading.await.map_err(|_| failed())
    }
}

/// The query of a request, which must be for the context that its token is for.
fn asked<T>(
    query: Result<Query<T>, QueryRejection>,
    audience: &Audience,
    context: impl Fn(&T) -> &str,
) -> Result<T, Problem> {
    let Query(query) = query.map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error.body_text()))?;
    if context(&query) != audience.0.as_ref() {
        return Err(Problem::unauthorized("The token is for another context."));
    }
    Ok(query)
}
