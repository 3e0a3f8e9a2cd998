//! What the edge of another process says of a request that it passes on.
use crate::pass_on::header::{CALLER, CLIENT, DEADLINE, REQUEST, WATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use kernel::Caller;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Most characters of a request's key.
const KEY_CHARS_MAX: usize = 100;

/// Marks a request that came through the internal router.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PassedOn;

#[derive(Clone, Debug, Default)]
pub(crate) struct Hop {
    /// How much of the client's time was left when it came.
    pub time_left: Option<Duration>,
    /// Under which its answer is kept.
    pub key: Option<String>,
    /// Who asks, as the edge that was asked knows it.
    pub caller: Option<Arc<Caller>>,
    /// It is one of several streams over one connection of the edge that was asked.
    pub is_watch: bool,
}

impl Hop {
    pub fn read(headers: &HeaderMap) -> Hop {
        let key = text(headers, &REQUEST).filter(|key| is_key(key)).map(str::to_string);
        let time_left = text(headers, &DEADLINE).and_then(|ms| ms.parse().ok()).map(Duration::from_millis);
        Hop { time_left, key, caller: read_caller(headers), is_watch: headers.contains_key(WATCH) }
    }
}

/// A caller as a header can carry it.
pub(super) fn write_caller(caller: &Caller) -> Option<HeaderValue> {
    let json = serde_json::to_string(caller).ok()?;
    utf8_percent_encode(&json, NON_ALPHANUMERIC).to_string().parse().ok()
}

fn read_caller(headers: &HeaderMap) -> Option<Arc<Caller>> {
    let json = percent_decode_str(text(headers, &CALLER)?).decode_utf8().ok()?;
    serde_json::from_str(&json).ok().map(Arc::new)
}

/// The client's end, as the edge that it asked knows it.
pub(super) fn client(headers: &HeaderMap) -> Option<SocketAddr> {
    text(headers, &CLIENT)?.parse().ok()
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.len() <= KEY_CHARS_MAX && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
