//! An HTML page for people, in one of two languages.
use crate::negotiate::language::Language;
use crate::negotiate::media_type::{HTML, with_charset};
use crate::response;
use askama::Template;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

/// A page of our own runs no script and has no style but the style sheet.
pub(crate) const PAGE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

pub(crate) fn response(page: &impl Template, language: Language) -> Response {
    let html = page.render().unwrap_or_default();
    let mut response = response::with_body(StatusCode::OK, with_charset(HTML), html);
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    allow(&mut response, PAGE);
    response
}

/// Says what a browser may load and run for a page.
pub(crate) fn allow(response: &mut Response, policy: HeaderValue) {
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
}
