//! What the edge of another process says of a request that it passes on.
use crate::pass_on::header::{CLIENT, DEADLINE, REQUEST};
use axum::http::{HeaderMap, HeaderName};
use std::net::SocketAddr;
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
}

impl Hop {
    pub fn read(headers: &HeaderMap) -> Hop {
        let key = text(headers, &REQUEST).filter(|key| is_key(key)).map(str::to_string);
        let time_left = text(headers, &DEADLINE).and_then(|ms| ms.parse().ok()).map(Duration::from_millis);
        Hop { time_left, key }
    }
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
