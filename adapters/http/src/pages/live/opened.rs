//! One watch, opened: its stream, or why there is none. It takes its own time, so that a context that is late holds up no other.
use crate::negotiate::media_type::EVENTS;
use crate::pages::live::wanted::Wanted;
use crate::problem::{Problem, reasons};
use crate::request::HttpRequest;
use axum::Router;
use axum::body::to_bytes;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::{BoxStream, StreamExt, once};
use tower_service::Service;

/// Most bytes of a problem.
const PROBLEM_BYTES_MAX: usize = 1 << 16;

/// What comes of a watch.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Of its stream, cut anywhere.
    Bytes(Bytes),
    /// Its stream has ended, or failed like one that ends: its client comes back.
    End,
    /// There is none: a problem as JSON, and when to come back.
    Refused { problem: Bytes, retry_after_s: Option<u64> },
}

pub(super) fn open(
    mut paths: Router,
    request: &HttpRequest,
    wanted: &Wanted,
) -> impl Future<Output = BoxStream<'static, Piece>> + Send + 'static {
    let after = wanted.mark.as_ref().and_then(|mark| HeaderValue::try_from(mark).ok());
    let asking = paths.call(request.watch(wanted.path.clone(), after));
    let nothing = Problem::new(&reasons::NOT_LIVE).response(request.language, wanted.path.path());
    async move {
        let answer = asking.await.unwrap_or_else(|never| match never {});
        let is_stream = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == EVENTS);
        match answer.status() {
            StatusCode::OK if is_stream => {
                let pieces = answer.into_body().into_data_stream().map(|piece| piece.map_or(Piece::End, Piece::Bytes));
                pieces.chain(once(async { Piece::End })).boxed()
            }
            StatusCode::OK => refused(nothing).await,
            _ => refused(answer).await,
        }
    }
}

async fn refused(answer: Response) -> BoxStream<'static, Piece> {
    let retry_after_s = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let problem = one_line(to_bytes(answer.into_body(), PROBLEM_BYTES_MAX).await.unwrap_or_default());
    once(async move { Piece::Refused { problem, retry_after_s } }).boxed()
}

/// What is no problem of ours says nothing; a line's end would end the event's data.
fn one_line(json: Bytes) -> Bytes {
    let is_plain = json.starts_with(b"{") && !json.contains(&b'\n') && !json.contains(&b'\r');
    if is_plain { json } else { Bytes::from_static(b"{}") }
}
