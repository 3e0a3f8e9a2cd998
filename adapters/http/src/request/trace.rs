//! What travels with a request: its correlation id and its W3C trace context.
use axum::http::HeaderMap;
use kernel::Meta;
use std::sync::Arc;

pub(crate) const CORRELATION_ID: &str = "x-correlation-id";
const TRACEPARENT: &str = "traceparent";
const CORRELATION_CHARS_MAX: usize = 128;

/// Taken from the client where it sent something sound, else given.
pub(crate) fn read(headers: &HeaderMap) -> Meta {
    let given = headers.get(CORRELATION_ID).and_then(|value| value.to_str().ok());
    let sound = given.filter(|id| {
        !id.is_empty() && id.len() <= CORRELATION_CHARS_MAX && id.bytes().all(|byte| byte.is_ascii_graphic())
    });
    let correlation_id = sound.map_or_else(|| format!("{:032x}", fastrand::u128(..)).into(), Arc::from);
    let parent = headers.get(TRACEPARENT).and_then(|value| value.to_str().ok());
    Meta { correlation_id, traceparent: parent.and_then(continued), who: None }
}

/// The same trace, with this edge as the newest parent. `None` for what is no trace context.
fn continued(parent: &str) -> Option<Arc<str>> {
    let mut parts = parent.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let given = |text: &str| text.bytes().any(|b| b != b'0');
    let last = version != "00" || parts.next().is_none();
    let sound = hex(version, 2) && version != "ff" && hex(trace, 32) && hex(span, 16) && hex(flags, 2) && last;
    (sound && given(trace) && given(span)).then(|| format!("00-{trace}-{:016x}-{flags}", fastrand::u64(1..)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_continued_with_a_new_parent() {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let next = continued(parent).expect("a trace");
        assert_eq!(&next[..36], &parent[..36]);
        assert_ne!(&next[36..52], &parent[36..52]);
        assert!(next.ends_with("-01"));
    }

    #[test]
    fn what_is_no_trace_is_dropped() {
        let broken = ["", "00", "00-0-0-0", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"];
        assert!(broken.iter().all(|parent| continued(parent).is_none()));
        assert!(continued("00-00000000000000000000000000000000-00f067aa0ba902b7-01").is_none());
        assert!(continued("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x").is_none());
    }
}
