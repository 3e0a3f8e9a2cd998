//! An HTML page for people, in one of two languages.
use crate::negotiate::language::Language;
use crate::negotiate::media_type::{HTML, with_charset};
use crate::response;
use askama::Template;
use axum::http::header::{CONTENT_LANGUAGE, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

pub(super) fn response(page: &impl Template, language: Language) -> Response {
    let html = page.render().unwrap_or_default();
    let mut response = response::with_body(StatusCode::OK, with_charset(HTML), html);
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept, accept-language"));
    response
}
