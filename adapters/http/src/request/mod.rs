//! Reading a request: its path, its headers, its query and its body.
pub(crate) mod body;
pub(crate) mod encoding;
pub(crate) mod idempotency;
pub(crate) mod life_mark;
pub(crate) mod list_header;
pub(crate) mod peer;
pub(crate) mod permitted;
pub(crate) mod precondition;
pub(crate) mod query;
pub(crate) mod single_headers;
pub(crate) mod trace;

use crate::callers::{CallerKey, Client, ReachableFrom};
use crate::collection::wait::Waited;
use crate::negotiate::language::Language;
use crate::negotiate::media_type::{self, EVENTS};
use crate::pass_on::hop::{Hop, PassedOn};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::peer::{OverLimit, Peer};
use crate::settings::HttpSettings;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ACCEPT, HOST, IF_NONE_MATCH};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use bytes::Bytes;
use kernel::{Caller, Id, Meta};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The last event of a stream that a client has seen.
pub(crate) const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Marks a request for one of several streams within one.
#[derive(Clone, Copy, Debug)]
struct Watch;

/// The largest id every JSON client reads exactly.
const ID_MAX: u64 = (1 << 53) - 1;

/// One request as a handler sees it.
#[derive(Clone)]
pub(crate) struct HttpRequest {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    /// The body, where the handler reads it; else empty.
    pub bytes: Bytes,
    pub meta: Meta,
    /// Who asks; `None` where nobody signs in, and where nobody has to.
    pub caller: Option<Arc<Caller>>,
    pub language: Language,
    /// What became of the client's wish to wait.
    pub waited: Waited,
    peer: Option<Peer>,
    client: Option<Client>,
    reach: ReachableFrom,
    /// Its connection is one more than there may be.
    pub is_over_limit: bool,
    /// The edge of another process passed it on.
    pub is_passed_on: bool,
    /// It is one of several streams over one connection, which counts as one.
    pub is_watch: bool,
    /// The key that an edge gave it, in case it is sent again.
    pub key: Option<String>,
    /// How long it took to know who asks: the provider of identities may have been asked.
    pub known_after: Duration,
    /// When the client stops waiting; `None`: its time has not begun.
    pub deadline: Option<Instant>,
}

impl HttpRequest {
    /// The request, and its body that is not read yet.
    pub fn receive(request: Request, reach: ReachableFrom) -> (HttpRequest, Body) {
        let (parts, body) = request.into_parts();
        let is_passed_on = parts.extensions.get::<PassedOn>().is_some();
        let hop = if is_passed_on { Hop::read(&parts.headers) } else { Hop::default() };
        let request = HttpRequest {
            meta: Meta { who: hop.caller.clone(), ..trace::read(&parts.headers) },
            caller: hop.caller,
            language: Language::preferred_by(&parts.headers),
            peer: parts.extensions.get::<Peer>().copied(),
            client: parts.extensions.get::<Client>().cloned(),
            reach,
            method: parts.method,
            waited: Waited::default(),
            is_over_limit: parts.extensions.get::<OverLimit>().is_some(),
            uri: parts.uri,
            headers: parts.headers,
            bytes: Bytes::new(),
            is_passed_on,
            is_watch: hop.is_watch || parts.extensions.get::<Watch>().is_some(),
            key: hop.key,
            known_after: Duration::ZERO,
            deadline: hop.time_left.and_then(|left| Instant::now().checked_add(left)),
        };
        (request, body)
    }

    /// A request of the same caller for the live stream of another path, behind what it has seen of it.
    pub fn watch(&self, path: PathAndQuery, after: Option<HeaderValue>) -> Request {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = Uri::from(path);
        *request.headers_mut() = self.headers.clone();
        let headers = request.headers_mut();
        for of_this_one in [&IF_NONE_MATCH, &LAST_EVENT_ID, &PREFER] {
            headers.remove(of_this_one);
        }
        headers.insert(ACCEPT, HeaderValue::from_static(EVENTS));
        headers.extend(after.map(|after| (LAST_EVENT_ID, after)));
        let extensions = request.extensions_mut();
        extensions.insert(Watch);
        self.peer.map(|peer| extensions.insert(peer));
        self.client.clone().map(|client| extensions.insert(client));
        self.is_over_limit.then(|| extensions.insert(OverLimit));
        request
    }

    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A segment of the path, counted from 1.
    pub fn segment(&self, at: usize) -> &str {
        self.uri.path().split('/').nth(at).unwrap_or_default()
    }

    /// The id at this segment of the path.
    pub fn id(&self, at: usize) -> HttpResult<Id> {
        parse_id(self.segment(at)).ok_or_else(|| Problem::new(&reasons::UNKNOWN_ID))
    }

    pub fn wants_stream(&self) -> bool {
        media_type::wants_events(&self.headers)
    }

    /// The client's end, where it is known.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer.map(|peer| peer.0)
    }

    /// The host name that the client asked for.
    pub fn host(&self) -> Option<&str> {
        self.forwarded_host().or_else(|| self.header(&HOST))
    }

    /// The same, where a trusted proxy tells of it.
    pub fn forwarded_host(&self) -> Option<&str> {
        self.client.as_ref()?.host.as_deref()
    }

    /// Whose requests it is counted with. `None`: nobody is signed in, and its client is not known.
    pub fn caller_key(&self) -> Option<CallerKey> {
        let person = self.caller.as_ref();
        let person = person.map(|caller| CallerKey::Person(caller.issuer.clone(), caller.subject.clone()));
        person.or_else(|| self.network().map(CallerKey::Address))
    }

    /// Where its client is, as far as it is told apart from others.
    pub fn network(&self) -> Option<IpAddr> {
        self.client.as_ref().map(Client::network)
    }

    /// Of our own pages, as a browser that asks us under this name writes it.
    pub fn origin(&self, settings: &HttpSettings) -> Option<String> {
        let forwarded = self.client.as_ref().and_then(|client| client.scheme.as_deref());
        let scheme = forwarded.unwrap_or(if settings.has_tls() { "https" } else { "http" });
        Some(format!("{scheme}://{}", self.host()?))
    }

    /// Refuses a client of another machine, also one whose request a proxy on this machine passed on, where nobody has to prove who they are.
    pub fn check_local(&self) -> HttpResult<()> {
        let is_local = self.peer.is_some_and(Peer::is_local) && !peer::is_passed_on(&self.headers);
        if is_local || self.reach == ReachableFrom::Anywhere { Ok(()) } else { Err(Problem::new(&reasons::LOCAL_ONLY)) }
    }
}

fn parse_id(text: &str) -> Option<Id> {
    let digits = !text.is_empty() && text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits && !text.starts_with('0');
    text.parse().ok().filter(|id| plain && *id <= ID_MAX).map(Id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_client_who_is_known_to_be_on_this_machine_is_local() {
        let is_local = |peer: Option<&str>, reach: ReachableFrom| {
            let mut request = Request::new(Body::empty());
            if let Some(peer) = peer {
                request.extensions_mut().insert(Peer(peer.parse().expect("an address")));
            }
            HttpRequest::receive(request, reach).0.check_local().is_ok()
        };
        let peers = [Some("127.0.0.1:1"), Some("10.0.0.7:1"), None];
        for reach in [ReachableFrom::Open, ReachableFrom::Local] {
            assert_eq!(peers.map(|peer| is_local(peer, reach)), [true, false, false]);
        }
        assert_eq!(peers.map(|peer| is_local(peer, ReachableFrom::Anywhere)), [true; 3]);
    }

    #[test]
    fn ids_are_positive_whole_numbers() {
        assert_eq!(parse_id("1"), Some(Id(1)));
        assert_eq!(parse_id("9007199254740991"), Some(Id(9_007_199_254_740_991)));
        for text in ["", "0", "01", "-1", "+1", "1.0", "1e3", "x", "9007199254740992", "99999999999999999999", "١"] {
            assert_eq!(parse_id(text), None, "{text}");
        }
    }
}
