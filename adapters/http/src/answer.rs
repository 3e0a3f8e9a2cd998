//! Successes as clients read them: 201 with `Location`, 200, 204; each says how far its context's log has come.
use crate::accept::{HAL, JSON};
use crate::hal::{self, Href};
use crate::house::Place;
use crate::precondition::tag;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kernel::{Route, Success};
use runtime::message::Answer;

/// `catch:123`: sent back with `Prefer: wait`, it asks for answers no older than this.
pub(crate) const POSITION: &str = "nadul-position";

pub(crate) fn response(place: &Place, context: usize, route: &Route, answer: &Answer) -> Response {
    let mut response = match answer.done {
        Success::Removed => empty(StatusCode::NO_CONTENT),
        Success::Read => of(StatusCode::OK, JSON, answer.body.as_deref().unwrap_or("null").to_string()),
        Success::Created | Success::Changed => row(place, context, route, answer),
    };
    let position = format!("{}:{}", place.site.context(context).name, answer.position);
    insert(&mut response, POSITION, &position);
    response
}

fn row(place: &Place, context: usize, route: &Route, answer: &Answer) -> Response {
    let status = if answer.done == Success::Created { StatusCode::CREATED } else { StatusCode::OK };
    let singular = place.collection(context, route.collection).map_or("", |collection| collection.singular);
    let href = Href { prefix: &place.prefix, collection: route.collection, singular, id: answer.id };
    let mut response = match &answer.body {
        Some(body) => of(status, HAL, hal::row(body, answer.history.as_deref(), &href)),
        None => empty(status),
    };
    response.headers_mut().insert(ETAG, tag(answer.etag));
    if answer.done == Success::Created {
        insert(&mut response, LOCATION.as_str(), &href.to_string());
    }
    response
}

pub(crate) fn of(status: StatusCode, kind: &'static str, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn insert(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Texts for people say how they are written.
pub(crate) fn utf8(kind: &str) -> &'static str {
    match kind {
        "text/html" => "text/html; charset=utf-8",
        "text/vnd.mermaid" => "text/vnd.mermaid; charset=utf-8",
        "application/json" => JSON,
        _ => "text/plain; charset=utf-8",
    }
}
