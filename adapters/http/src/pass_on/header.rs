//! Headers between two edges: those that one says to the other, and those that never cross.
use crate::response::POSITION;
use axum::http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, EXPECT, HOST, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE,
    TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use axum::http::{HeaderMap, HeaderName};

/// The request came through the edge of another process.
pub(crate) const HOP: HeaderName = HeaderName::from_static("nadul-hop");
/// Milliseconds until the client stops waiting.
pub(crate) const DEADLINE: HeaderName = HeaderName::from_static("nadul-deadline");
/// Under which the answer is kept, in case the request comes again.
pub(crate) const REQUEST: HeaderName = HeaderName::from_static("nadul-request");
/// The system of the request, as its path may not name it.
pub(crate) const SYSTEM: HeaderName = HeaderName::from_static("nadul-system");
/// The client's end of its connection.
pub(crate) const CLIENT: HeaderName = HeaderName::from_static("nadul-client");
/// Who asks: known to the edge that was asked.
pub(crate) const CALLER: HeaderName = HeaderName::from_static("nadul-caller");
/// The request is one of several streams over one connection.
pub(crate) const WATCH: HeaderName = HeaderName::from_static("nadul-watch");
/// In an answer: who answers, as far as it is known.
pub(crate) const OWNER: HeaderName = HeaderName::from_static("nadul-owner");
/// In an answer: nothing was done.
pub(crate) const UNTOUCHED: HeaderName = HeaderName::from_static("nadul-untouched");
/// In an answer: it may have been done.
pub(crate) const UNKNOWN: HeaderName = HeaderName::from_static("nadul-unknown");

/// Ours, whatever follows.
const OURS: &str = "nadul-";

/// Headers of one connection alone (RFC 9110, section 7.6.1).
const OF_CONNECTION: [HeaderName; 9] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// A client's headers as they go on. What only an edge may say, and what the next connection says for itself, stays behind.
pub(super) fn of_client(headers: &HeaderMap) -> HeaderMap {
    let mut kept = headers.clone();
    remove_of_connection(&mut kept);
    for name in [AUTHORIZATION, CONTENT_LENGTH, COOKIE, EXPECT, HOST] {
        kept.remove(name);
    }
    remove_ours(&mut kept);
    kept
}

/// An answer's headers as the client gets them.
pub(super) fn of_answer(headers: &mut HeaderMap) {
    remove_of_connection(headers);
    remove_ours(headers);
}

fn remove_of_connection(headers: &mut HeaderMap) {
    let named = headers.get_all(CONNECTION).iter().filter_map(|line| line.to_str().ok());
    let named: Vec<String> = named.flat_map(|line| line.split(',')).map(|name| name.trim().to_lowercase()).collect();
    OF_CONNECTION.iter().for_each(|name| drop(headers.remove(name)));
    named.iter().for_each(|name| drop(headers.remove(name.as_str())));
}

/// Positions are the client's to send and to get.
fn remove_ours(headers: &mut HeaderMap) {
    let is_ours = |name: &&HeaderName| name.as_str().starts_with(OURS) && name.as_str() != POSITION;
    let ours: Vec<HeaderName> = headers.keys().filter(is_ours).cloned().collect();
    ours.iter().for_each(|name| drop(headers.remove(name)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a value"))).collect()
    }

    #[test]
    fn what_only_an_edge_may_say_does_not_come_from_a_client() {
        let sent = headers(&[
            ("nadul-hop", "1"),
            ("nadul-request", "k"),
            ("nadul-anything", "1"),
            ("nadul-position", "catch:1.0"),
            ("authorization", "Bearer x"),
            ("x-mine", "1"),
        ]);
        let kept = of_client(&sent);
        assert_eq!(kept, headers(&[("nadul-position", "catch:1.0"), ("x-mine", "1")]));
    }

    #[test]
    fn headers_of_a_connection_end_with_it() {
        let sent = headers(&[
            ("connection", "keep-alive, X-Once"),
            ("x-once", "1"),
            ("keep-alive", "timeout=5"),
            ("transfer-encoding", "chunked"),
            ("accept", "*/*"),
        ]);
        assert_eq!(of_client(&sent), headers(&[("accept", "*/*")]));
        let mut answer = headers(&[("connection", "close"), ("nadul-owner", "http://a"), ("etag", "\"1\"")]);
        of_answer(&mut answer);
        assert_eq!(answer, headers(&[("etag", "\"1\"")]));
    }
}
