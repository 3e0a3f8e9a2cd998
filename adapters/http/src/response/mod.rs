//! Responses: a status, a media type and a body.
pub(crate) mod events;
pub(crate) mod hal;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

/// `catch:123.0f9c2d61a4b8`: how far a context's log has come. A client sends it back with `Prefer: wait` and gets answers no older than this.
pub(crate) const POSITION: &str = "nadul-position";

pub(crate) fn with_body(status: StatusCode, media_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

pub(crate) fn without_body(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
