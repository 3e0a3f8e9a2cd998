//! Which pages of other origins may send requests: those a setting names, or all, without what a browser knows of its user.
use crate::callers::{LIMIT, POLICY};
use crate::request::idempotency::IDEMPOTENCY_KEY;
use crate::request::trace::CORRELATION_ID;
use crate::response::POSITION;
use crate::server::Server;
use crate::settings::origin::CorsOrigins;
use axum::Router;
use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH, LOCATION, RETRY_AFTER,
};
use axum::http::{HeaderName, HeaderValue, Method};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// How long a browser keeps the answer to its preflight request.
const MAX_AGE: Duration = Duration::from_secs(600);

pub(super) fn layer(router: Router, server: &Server) -> Router {
    let Some(origins) = allowed(&server.settings.cors_origins) else { return router };
    let name = HeaderName::from_static;
    let of_callers = server.identity.asks().then_some(AUTHORIZATION);
    let layer = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(
            [
                ACCEPT,
                ACCEPT_LANGUAGE,
                CONTENT_TYPE,
                IF_MATCH,
                IF_NONE_MATCH,
                name("prefer"),
                name("last-event-id"),
                name(IDEMPOTENCY_KEY),
                name(POSITION),
                name(CORRELATION_ID),
            ]
            .into_iter()
            .chain(of_callers)
            .collect::<Vec<_>>(),
        )
        .expose_headers([ETAG, LOCATION, RETRY_AFTER, LIMIT, POLICY, name(POSITION), name(CORRELATION_ID)])
        .max_age(MAX_AGE);
    router.layer(layer)
}

/// `None` where no page may.
fn allowed(origins: &CorsOrigins) -> Option<AllowOrigin> {
    match origins {
        CorsOrigins::Any => Some(AllowOrigin::any()),
        CorsOrigins::Named(names) if names.is_empty() => None,
        CorsOrigins::Named(names) => {
            let names: Vec<HeaderValue> = names.iter().filter_map(|name| name.parse().ok()).collect();
            Some(AllowOrigin::list(names))
        }
    }
}
