//! What stands before every route of the internal port.
use super::{Guard, Issuer};
use crate::problem::Problem;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The context that a request's token is for. In the request's extensions behind a guard.
#[derive(Clone)]
pub(crate) struct Audience(pub Arc<str>);

/// Refuses what comes without a good token with 401. The issuer is put into the request's extensions.
pub fn guarded(router: Router, guard: Arc<Guard>) -> Router {
    router.layer(from_fn_with_state(guard, admit))
}

async fn admit(State(guard): State<Arc<Guard>>, mut request: Request, next: Next) -> Response {
    let verified = token(request.headers()).ok_or_else(|| "no token".to_string()).and_then(|token| guard.verify(token));
    match verified {
        Ok(verified) => {
            request.extensions_mut().insert(Issuer(verified.issuer));
            request.extensions_mut().insert(Audience(verified.context));
            next.run(request).await
        }
        Err(reason) => {
            tracing::debug!(reason, path = request.uri().path(), "a request without a good token is refused");
            Problem::unauthorized("The request has no good token.").into_response()
        }
    }
}

/// The one token of the request.
fn token(headers: &HeaderMap) -> Option<&str> {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    let (first, None) = (given.next()?, given.next()) else { return None };
    let (scheme, token) = first.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
