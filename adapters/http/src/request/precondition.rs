//! Versions as entity tags: `If-Match` on changes, `If-None-Match` on reads. A tag belongs to one life of its store.
use crate::request::life_mark::LifeMark;
use crate::request::list_header;
use axum::http::{HeaderMap, HeaderValue, header};

pub(crate) fn entity_tag(life: &LifeMark, version: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{}\"", life.write(version))).unwrap_or_else(|_| HeaderValue::from_static("\"0\""))
}

/// The versions one of which the row must have; `None`: any. A weak tag never matches, nor does a tag that this server did not give.
pub(crate) fn if_match(headers: &HeaderMap, life: &LifeMark) -> Option<Vec<u64>> {
    headers.get(header::IF_MATCH)?;
    let mut versions = vec![];
    for tag in list_header::items(headers, header::IF_MATCH) {
        if tag == "*" {
            return None;
        }
        versions.extend(version(life, tag));
    }
    Some(versions)
}

/// Whether the client has this version already.
pub(crate) fn client_has(headers: &HeaderMap, life: &LifeMark, current: u64) -> bool {
    list_header::items(headers, header::IF_NONE_MATCH)
        .any(|tag| tag == "*" || version(life, tag.strip_prefix("W/").unwrap_or(tag)) == Some(current))
}

fn version(life: &LifeMark, tag: &str) -> Option<u64> {
    life.read(tag.strip_prefix('"')?.strip_suffix('"')?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;
    use kernel::Life;

    fn with(name: HeaderName, text: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, text.parse().expect("a header"))])
    }

    fn life(bits: u128) -> LifeMark {
        LifeMark::new(Life::random(bits << 90))
    }

    /// The tags of these versions, as this life gives them out.
    fn given(name: HeaderName, life: &LifeMark, versions: &[u64]) -> HeaderMap {
        let tags: Vec<_> = versions.iter().map(|version| (name.clone(), entity_tag(life, *version))).collect();
        HeaderMap::from_iter(tags)
    }

    #[test]
    fn a_change_names_the_versions_it_was_made_for() {
        let mine = life(1);
        assert_eq!(if_match(&HeaderMap::new(), &mine), None);
        assert_eq!(if_match(&with(header::IF_MATCH, "*"), &mine), None);
        assert_eq!(if_match(&given(header::IF_MATCH, &mine, &[3, 5]), &mine), Some(vec![3, 5]));
        for other in ["W/\"3\"", "\"3\"", "nonsense"] {
            assert_eq!(if_match(&with(header::IF_MATCH, other), &mine), Some(vec![]), "{other}");
        }
        let bytes = HeaderValue::from_bytes(b"\xff").expect("bytes a header may have");
        assert_eq!(if_match(&HeaderMap::from_iter([(header::IF_MATCH, bytes)]), &mine), Some(vec![]));
    }

    #[test]
    fn a_reader_who_has_the_version_is_not_sent_it_again() {
        let mine = life(1);
        let tag = entity_tag(&mine, 3);
        let weak = format!("W/{}, \"4\"", tag.to_str().expect("a text"));
        assert!(client_has(&with(header::IF_NONE_MATCH, &weak), &mine, 3));
        assert!(client_has(&with(header::IF_NONE_MATCH, "*"), &mine, 9));
        assert!(!client_has(&given(header::IF_NONE_MATCH, &mine, &[3]), &mine, 4));
        assert!(!client_has(&HeaderMap::new(), &mine, 4));
    }

    #[test]
    fn a_tag_of_another_life_matches_nothing() {
        let (lost, mine) = (life(1), life(2));
        assert_eq!(if_match(&given(header::IF_MATCH, &lost, &[3]), &mine), Some(vec![]));
        assert!(!client_has(&given(header::IF_NONE_MATCH, &lost, &[3]), &mine, 3));
    }
}
