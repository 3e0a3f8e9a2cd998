//! Which of several media types a client likes best, by `Accept`.
use crate::language::quality;
use axum::http::{HeaderMap, header::ACCEPT};

pub(crate) const HAL: &str = "application/hal+json";
pub(crate) const JSON: &str = "application/json";
pub(crate) const PROBLEM: &str = "application/problem+json";
pub(crate) const HTML: &str = "text/html";
pub(crate) const TEXT: &str = "text/plain";
pub(crate) const MERMAID: &str = "text/vnd.mermaid";
pub(crate) const EVENTS: &str = "text/event-stream";

/// The first of `offered` that is liked best; the very first where nothing is said or nothing fits.
pub(crate) fn best<'a>(headers: &HeaderMap, offered: &[&'a str]) -> &'a str {
    let Some(accepted) = headers.get(ACCEPT).and_then(|value| value.to_str().ok()) else { return offered[0] };
    let mut found = (offered[0], 0.0);
    for name in offered {
        let liked = accepted.split(',').map(quality).filter(|(range, _)| covers(range, name));
        let liked = liked.max_by_key(|(range, _)| specific(range)).map_or(0.0, |(_, quality)| quality);
        if liked > found.1 {
            found = (name, liked);
        }
    }
    found.0
}

/// Whether a client asks for a live stream: it must name one, `*/*` does not.
pub(crate) fn live(headers: &HeaderMap) -> bool {
    let Some(accepted) = headers.get(ACCEPT).and_then(|value| value.to_str().ok()) else { return false };
    accepted.contains(EVENTS) && best(headers, &[HAL, EVENTS]) == EVENTS
}

fn covers(range: &str, name: &str) -> bool {
    if range == "*/*" || range.eq_ignore_ascii_case(name) {
        return true;
    }
    range.strip_suffix("/*").is_some_and(|kind| name.split('/').next() == Some(kind))
}

fn specific(range: &str) -> u8 {
    match (range, range.ends_with("/*")) {
        ("*/*", _) => 0,
        (_, true) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(text: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, text.parse().expect("a header"));
        headers
    }

    #[test]
    fn the_best_liked_is_taken() {
        assert_eq!(best(&accepting("text/html,application/json;q=0.9,*/*;q=0.8"), &[JSON, HTML]), HTML);
        assert_eq!(best(&accepting("*/*"), &[JSON, HTML]), JSON);
        assert_eq!(best(&accepting("text/*, application/json;q=0.1"), &[JSON, HTML]), HTML);
        assert_eq!(best(&accepting("image/png"), &[JSON, HTML]), JSON);
        assert_eq!(best(&HeaderMap::new(), &[JSON, HTML]), JSON);
    }

    #[test]
    fn a_stream_is_sent_only_to_those_who_name_it() {
        assert!(live(&accepting("text/event-stream")));
        assert!(!live(&accepting("*/*")));
        assert!(!live(&accepting("text/event-stream;q=0.1, application/hal+json")));
    }
}
