//! Headers that every answer carries, whoever made it: how a browser may treat it and how long a cache may keep it.
use crate::negotiate::media_type::EVENTS;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

/// For what is no page: a browser that shows it all the same loads and runs nothing, in no frame.
const NO_PAGE: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
/// Caches ask each time whether what they keep is still so: rows change at any moment.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// What was answered to a change, or is no success, belongs to one request alone.
const KEEP_NOTHING: HeaderValue = HeaderValue::from_static("no-store");
/// What the same address answers differently by.
const DIFFERS_BY: HeaderValue = HeaderValue::from_static("accept, accept-language");

/// With `no-referrer` a browser names no origin when a form of ours is sent, and signing in and out would be refused.
const TELL_NO_OTHER_HOST: HeaderValue = HeaderValue::from_static("same-origin");

/// For a year a browser asks this host over TLS alone.
const OVER_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds what the answer does not say itself. `is_https`: clients ask over TLS.
pub(super) fn complete(mut response: Response, is_https: bool) -> Response {
    let keeps = keeps(&response);
    let headers = response.headers_mut();
    add(headers, X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    add(headers, CONTENT_SECURITY_POLICY, NO_PAGE);
    add(headers, REFERRER_POLICY, TELL_NO_OTHER_HOST);
    add(headers, CACHE_CONTROL, if keeps { ASK_AGAIN } else { KEEP_NOTHING });
    headers.append(VARY, DIFFERS_BY);
    if is_https {
        add(headers, STRICT_TRANSPORT_SECURITY, OVER_TLS);
    }
    response
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}

/// Whether a cache may keep the answer.
fn keeps(response: &Response) -> bool {
    let is_stream = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == EVENTS);
    matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED | StatusCode::PERMANENT_REDIRECT)
        && !is_stream
}
