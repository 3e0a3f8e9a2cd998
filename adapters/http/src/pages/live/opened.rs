//! One watch, opened: its stream, or why there is none.
use crate::negotiate::media_type::EVENTS;
use crate::pages::live::wanted::Wanted;
use crate::problem::{Problem, reasons};
use crate::request::HttpRequest;
use axum::Router;
use axum::body::{BodyDataStream, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use bytes::Bytes;
use tower_service::Service;

/// Most bytes of a problem.
const PROBLEM_BYTES_MAX: usize = 1 << 16;

pub(super) enum Opened {
    Stream(BodyDataStream),
    /// A problem as JSON.
    Refused(Bytes),
}

impl Opened {
    pub async fn open(paths: &Router, request: &HttpRequest, wanted: &Wanted) -> Opened {
        let after = wanted.mark.as_ref().and_then(|mark| HeaderValue::try_from(mark).ok());
        let answered = paths.clone().call(request.watch(wanted.path.clone(), after)).await;
        let answer = answered.unwrap_or_else(|never| match never {});
        let is_stream = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == EVENTS);
        match answer.status() {
            StatusCode::OK if is_stream => Opened::Stream(answer.into_body().into_data_stream()),
            StatusCode::OK => Opened::Refused(nothing_to_watch(request, wanted).await),
            _ => Opened::Refused(one_line(to_bytes(answer.into_body(), PROBLEM_BYTES_MAX).await.unwrap_or_default())),
        }
    }
}

/// At this path there is something, and it is not live.
async fn nothing_to_watch(request: &HttpRequest, wanted: &Wanted) -> Bytes {
    let problem = Problem::new(&reasons::NOT_LIVE).response(request.language, wanted.path.path());
    to_bytes(problem.into_body(), PROBLEM_BYTES_MAX).await.unwrap_or_default()
}

/// What is no problem of ours says nothing; a line's end would end the event's data.
fn one_line(json: Bytes) -> Bytes {
    let is_plain = json.starts_with(b"{") && !json.contains(&b'\n') && !json.contains(&b'\r');
    if is_plain { json } else { Bytes::from_static(b"{}") }
}
