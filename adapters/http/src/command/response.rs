//! The response to a command: 201 with `Location`, 200, or 204; each says how far its context's log has come.
use crate::negotiate::media_type::{HAL, JSON};
use crate::request::life_mark::LifeMark;
use crate::request::precondition::entity_tag;
use crate::response::hal::{self, RowHref};
use crate::response::{POSITION, with_body, without_body};
use crate::server::mount::Mount;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kernel::{Name, Route, Success};
use runtime::request::Answer;

pub(super) fn of_answer(mount: &Mount, context: Name, route: &Route, answer: &Answer) -> Response {
    let mut response = match answer.done {
        Success::Removed => without_body(StatusCode::NO_CONTENT),
        Success::Read => with_body(StatusCode::OK, JSON, answer.body.as_deref().unwrap_or("null").to_string()),
        Success::Created | Success::Changed => row(mount, context, route, answer),
    };
    let position = LifeMark::new(mount.hosted.work.life(context)).write(answer.position);
    insert(&mut response, POSITION, &format!("{context}:{position}"));
    response
}

fn row(mount: &Mount, context: Name, route: &Route, answer: &Answer) -> Response {
    let status = if answer.done == Success::Created { StatusCode::CREATED } else { StatusCode::OK };
    let collection = mount.collection(context, route.collection);
    let singular = collection.map_or("", |collection| collection.singular);
    let href = RowHref { prefix: &mount.prefix, collection: route.collection, singular, id: answer.id };
    let mut response = match &answer.body {
        Some(body) => with_body(status, HAL, hal::row_json(body, answer.history.as_deref(), &href)),
        None => without_body(status),
    };
    response.headers_mut().insert(ETAG, entity_tag(&LifeMark::new(mount.hosted.work.life(context)), answer.etag));
    if answer.done == Success::Created {
        insert(&mut response, LOCATION.as_str(), &href.to_string());
    }
    response
}

fn insert(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
