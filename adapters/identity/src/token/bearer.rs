//! The token of a request: in its one `Authorization`, under the scheme Bearer.
use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;

pub enum Bearer<'a> {
    /// None, or another scheme.
    None,
    /// Two headers, or what can't be a token.
    Unreadable,
    Token(&'a str),
}

pub fn read(headers: &HeaderMap) -> Bearer<'_> {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    let Some(first) = given.next() else { return Bearer::None };
    if given.next().is_some() {
        return Bearer::Unreadable;
    }
    let (scheme, token) = split(first.as_bytes());
    if !scheme.eq_ignore_ascii_case(b"bearer") {
        return Bearer::None;
    }
    std::str::from_utf8(token.trim_ascii()).map_or(Bearer::Unreadable, Bearer::Token)
}

fn split(value: &[u8]) -> (&[u8], &[u8]) {
    let at = value.iter().position(|byte| *byte == b' ').unwrap_or(value.len());
    value.split_at(at)
}
