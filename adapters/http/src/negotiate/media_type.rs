//! Media types, and which of several a client likes best, by `Accept`.
use crate::negotiate::preference;
use crate::request::list_header;
use axum::http::{HeaderMap, header::ACCEPT};

pub(crate) const HAL: &str = "application/hal+json";
pub(crate) const JSON: &str = "application/json";
pub(crate) const PROBLEM: &str = "application/problem+json";
pub(crate) const HTML: &str = "text/html";
pub(crate) const TEXT: &str = "text/plain";
pub(crate) const MERMAID: &str = "text/vnd.mermaid";
pub(crate) const EVENTS: &str = "text/event-stream";

/// The media type of `offered` that the client likes best; the first one where the client names none or none fits.
pub(crate) fn preferred<'a>(headers: &HeaderMap, offered: &[&'a str]) -> &'a str {
    let mut best = (offered[0], 0.0);
    for name in offered {
        let accepted = list_header::items(headers, ACCEPT).map(preference::read);
        let liked = accepted.filter(|(range, _)| covers(range, name));
        let liked = liked.max_by_key(|(range, _)| specificity(range)).map_or(0.0, |(_, quality)| quality);
        if liked > best.1 {
            best = (name, liked);
        }
    }
    best.0
}

/// Whether the client wants a live stream. It must name the media type; `*/*` is not enough.
pub(crate) fn wants_events(headers: &HeaderMap) -> bool {
    let mut accepted = list_header::items(headers, ACCEPT).map(preference::read);
    accepted.any(|(name, _)| name.eq_ignore_ascii_case(EVENTS)) && preferred(headers, &[HAL, EVENTS]) == EVENTS
}

/// The media type with the encoding of its text.
pub(crate) fn with_charset(media_type: &str) -> &'static str {
    match media_type {
        HTML => "text/html; charset=utf-8",
        MERMAID => "text/vnd.mermaid; charset=utf-8",
        JSON => JSON,
        _ => "text/plain; charset=utf-8",
    }
}

fn covers(range: &str, name: &str) -> bool {
    if range == "*/*" || range.eq_ignore_ascii_case(name) {
        return true;
    }
    let kind_of = |name: &str| name.split('/').next().unwrap_or_default().to_ascii_lowercase();
    range.strip_suffix("/*").is_some_and(|kind| kind_of(name) == kind.to_ascii_lowercase())
}

fn specificity(range: &str) -> u8 {
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
    fn the_media_type_that_is_liked_best_is_taken() {
        assert_eq!(preferred(&accepting("text/html,application/json;q=0.9,*/*;q=0.8"), &[JSON, HTML]), HTML);
        assert_eq!(preferred(&accepting("*/*"), &[JSON, HTML]), JSON);
        assert_eq!(preferred(&accepting("text/*, application/json;q=0.1"), &[JSON, HTML]), HTML);
        assert_eq!(preferred(&accepting("image/png"), &[JSON, HTML]), JSON);
        assert_eq!(preferred(&HeaderMap::new(), &[JSON, HTML]), JSON);
    }

    #[test]
    fn media_types_ignore_case_and_several_lines_are_one_list() {
        assert_eq!(preferred(&accepting("TEXT/HTML"), &[JSON, HTML]), HTML);
        assert_eq!(preferred(&accepting("Text/*"), &[JSON, HTML]), HTML);
        assert!(wants_events(&accepting("Text/Event-Stream")));
        let mut lines = accepting("image/png");
        lines.append(ACCEPT, "text/event-stream".parse().expect("a header"));
        assert!(wants_events(&lines));
    }

    #[test]
    fn a_stream_is_sent_only_to_those_who_name_it() {
        assert!(wants_events(&accepting("text/event-stream")));
        assert!(!wants_events(&accepting("*/*")));
        assert!(!wants_events(&accepting("text/event-stream;q=0.1, application/hal+json")));
    }
}
