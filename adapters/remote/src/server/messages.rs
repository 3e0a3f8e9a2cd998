//! Messages of other contexts go into the mailboxes of theirs.
use super::Port;
use crate::inside::Taken;
use crate::problem::Problem;
use crate::tokens::{Audience, Issuer};
use crate::wire::{MESSAGES_MAX, REQUEST_BYTES_MAX};
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::{Extension, Json};
use bytes::Bytes;
use runtime::port::peers::{Envelope, PROTOCOL};
use serde_json::value::RawValue;
use std::time::Duration;

/// How long a list may take to come.
const BODY_TIME: Duration = Duration::from_secs(5);

/// Nothing of a list is taken unless all of it is well; then each message has its own outcome.
pub async fn take(
    State(port): State<Port>,
    Extension(Issuer(issuer)): Extension<Issuer>,
    Extension(Audience(audience)): Extension<Audience>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Vec<Taken>>, Problem> {
    if !is_json(&headers) {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Messages come as application/json."));
    }
    let messages = parse(&read(body).await?)?;
    let is_foreign = |envelope: &Envelope| envelope.from != *issuer || envelope.to != *audience;
    if messages.iter().flatten().any(is_foreign) {
        return Err(Problem::unauthorized("The token is for other contexts than those of the messages."));
    }
    let take = |message: Option<Envelope>| message.map_or(Taken::Unreadable, |envelope| port.inside.take(envelope));
    Ok(Json(messages.into_iter().map(take).collect()))
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(CONTENT_TYPE).and_then(|given| given.to_str().ok()).unwrap_or_default();
    given.split(';').next().is_some_and(|given| given.trim().eq_ignore_ascii_case("application/json"))
}

async fn read(body: Body) -> Result<Bytes, Problem> {
    match tokio::time::timeout(BODY_TIME, to_bytes(body, REQUEST_BYTES_MAX)).await {
        Ok(Ok(body)) => Ok(body),
        // An error that is no length limit is a broken connection: nobody reads the answer.
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "The messages came too slowly.")),
    }
}

fn too_large() -> Problem {
    let most = format!("A request holds at most {MESSAGES_MAX} messages and {REQUEST_BYTES_MAX} bytes.");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, most)
}

/// A message that this release can't read, or in another protocol, is `None`; the others of its list are well.
fn parse(body: &[u8]) -> Result<Vec<Option<Envelope>>, Problem> {
    let list: Vec<&RawValue> =
        serde_json::from_slice(body).map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error.to_string()))?;
    if list.len() > MESSAGES_MAX {
        return Err(too_large());
    }
    let envelope = |text: &RawValue| serde_json::from_str::<Envelope>(text.get()).ok();
    Ok(list.into_iter().map(|text| envelope(text).filter(|envelope| envelope.protocol == PROTOCOL)).collect())
}
