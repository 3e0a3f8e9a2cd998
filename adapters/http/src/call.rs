//! One request as the edge's own code sees it.
use crate::accept;
use crate::cause;
use crate::language::Language;
use crate::listen::Peer;
use crate::problem::{Outcome, Problem};
use crate::trace;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, Method, Uri};
use bytes::Bytes;
use kernel::{Id, Meta};

/// The largest id every JSON client reads exactly.
const ID_MAX: u64 = (1 << 53) - 1;

pub(crate) struct Call {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    /// Read before an endpoint that wants it is called.
    pub bytes: Bytes,
    pub meta: Meta,
    pub language: Language,
    peer: Option<Peer>,
}

impl Call {
    pub fn of(request: Request) -> (Call, Body) {
        let (parts, body) = request.into_parts();
        let call = Call {
            meta: trace::meta(&parts.headers),
            language: Language::of(&parts.headers),
            peer: parts.extensions.get::<Peer>().copied(),
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            bytes: Bytes::new(),
        };
        (call, body)
    }

    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The path's segment at this place, from 1.
    pub fn segment(&self, at: usize) -> &str {
        self.uri.path().split('/').nth(at).unwrap_or_default()
    }

    /// The id in the path, written as ids are.
    pub fn id(&self, at: usize) -> Outcome<Id> {
        id(self.segment(at)).ok_or_else(|| Problem::of(&cause::UNKNOWN_ID))
    }

    pub fn wants_stream(&self) -> bool {
        accept::live(&self.headers)
    }

    /// Only whoever sits at this machine.
    pub fn local(&self) -> Outcome<()> {
        match self.peer {
            Some(Peer(address)) if !address.ip().to_canonical().is_loopback() => Err(Problem::of(&cause::LOCAL_ONLY)),
            _ => Ok(()),
        }
    }
}

fn id(text: &str) -> Option<Id> {
    let digits = !text.is_empty() && text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits && !text.starts_with('0');
    text.parse().ok().filter(|id| plain && *id <= ID_MAX).map(Id)
}

#[cfg(test)]
mod tests {
    use super::id;
    use kernel::Id;

    #[test]
    fn ids_are_positive_whole_numbers() {
        assert_eq!(id("1"), Some(Id(1)));
        assert_eq!(id("9007199254740991"), Some(Id(9_007_199_254_740_991)));
        for text in ["", "0", "01", "-1", "+1", "1.0", "1e3", "x", "9007199254740992", "99999999999999999999", "١"] {
            assert_eq!(id(text), None, "{text}");
        }
    }
}
