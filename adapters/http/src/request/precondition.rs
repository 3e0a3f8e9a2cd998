//! Versions as entity tags: `If-Match` on changes, `If-None-Match` on reads.
use crate::request::list_header;
use axum::http::{HeaderMap, HeaderValue, header};

pub(crate) fn entity_tag(version: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"0\""))
}

/// The versions one of which the row must have; `None`: any. A weak tag never matches, nor does a tag that this server did not give.
pub(crate) fn if_match(headers: &HeaderMap) -> Option<Vec<u64>> {
    headers.get(header::IF_MATCH)?;
    let mut versions = vec![];
    for tag in list_header::items(headers, header::IF_MATCH) {
        if tag == "*" {
            return None;
        }
        versions.extend(version(tag));
    }
    Some(versions)
}

/// Whether the client has this version already.
pub(crate) fn client_has(headers: &HeaderMap, current: u64) -> bool {
    list_header::items(headers, header::IF_NONE_MATCH)
        .any(|tag| tag == "*" || version(tag.strip_prefix("W/").unwrap_or(tag)) == Some(current))
}

fn version(tag: &str) -> Option<u64> {
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    fn with(name: HeaderName, text: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, text.parse().expect("a header"))])
    }

    #[test]
    fn a_change_names_the_versions_it_was_made_for() {
        assert_eq!(if_match(&HeaderMap::new()), None);
        assert_eq!(if_match(&with(header::IF_MATCH, "*")), None);
        assert_eq!(if_match(&with(header::IF_MATCH, "\"3\", \"5\"")), Some(vec![3, 5]));
        assert_eq!(if_match(&with(header::IF_MATCH, "W/\"3\"")), Some(vec![]));
        assert_eq!(if_match(&with(header::IF_MATCH, "nonsense")), Some(vec![]));
        let bytes = HeaderValue::from_bytes(b"\xff").expect("bytes a header may have");
        assert_eq!(if_match(&HeaderMap::from_iter([(header::IF_MATCH, bytes)])), Some(vec![]));
    }

    #[test]
    fn a_reader_who_has_the_version_is_not_sent_it_again() {
        assert!(client_has(&with(header::IF_NONE_MATCH, "W/\"3\", \"4\""), 3));
        assert!(client_has(&with(header::IF_NONE_MATCH, "*"), 9));
        assert!(!client_has(&with(header::IF_NONE_MATCH, "\"3\""), 4));
        assert!(!client_has(&HeaderMap::new(), 4));
    }
}
