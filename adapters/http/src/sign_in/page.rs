//! The form of mode `local`, in which anybody chooses who to be.
use crate::documents::page;
use crate::negotiate::language::Language;
use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use std::sync::Arc;

/// The same as other pages, but for its form.
const WITH_FORM: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInHtml<'a> {
    title: &'a str,
    language: &'static str,
    roles: &'a [Arc<str>],
    return_to: &'a str,
}

pub(super) fn form(roles: &[Arc<str>], return_to: &str, language: Language) -> Response {
    let title = if language == Language::Ko { "로그인" } else { "Sign in" };
    let mut response = page::response(&SignInHtml { title, language: language.tag(), roles, return_to }, language);
    page::allow(&mut response, WITH_FORM);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
