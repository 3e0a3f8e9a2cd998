//! The internal port: what other processes of the system may ask this one.
mod log;
mod messages;
mod questions;

use crate::inside::Inside;
use crate::problem::Problem;
use crate::tokens::{Audience, Guard, guarded};
use crate::wire;
use axum::Router;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;
use axum::routing::{get, post};
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
        .route(wire::REPLICAS, get(questions::replicas))
        .route(wire::YOURS, post(questions::yours))
        .fallback(|| async { Problem::new(StatusCode::NOT_FOUND, "There is nothing at this path.") })
        .with_state(port);
    guarded(routes, guard)
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
