//! What travels with a request: its correlation id and its W3C trace context.
use axum::http::HeaderMap;
use kernel::Meta;
use std::sync::Arc;

pub(crate) const CORRELATION_ID: &str = "x-correlation-id";
pub(crate) const TRACEPARENT: &str = "traceparent";
const CORRELATION_CHARS_MAX: usize = 128;
/// A later version of the header may be longer than version 00.
const TRACEPARENT_CHARS_MAX: usize = 128;

/// The correlation id is the client's where it sent a sound one, else a new one. The trace context is the client's, unchanged: the edge
/// reports no span of its own, so nothing may name the edge as a parent. A request without one gets none.
pub(crate) fn read(headers: &HeaderMap) -> Meta {
    let correlation_id = text(headers, CORRELATION_ID).filter(|id| is_correlation_id(id));
    let correlation_id = correlation_id.map_or_else(|| format!("{:032x}", fastrand::u128(..)).into(), Arc::from);
    let traceparent = text(headers, TRACEPARENT).filter(|parent| is_traceparent(parent)).map(Arc::from);
    Meta { correlation_id, traceparent, ..Meta::default() }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn is_correlation_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= CORRELATION_CHARS_MAX && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// `version-trace-span-flags` in lower-case hex digits. Only a version after 00 may have more parts.
fn is_traceparent(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [version, trace, span, flags, more @ ..] = parts.as_slice() else { return false };
    let has_more = !more.is_empty();
    let is_sound = is_hex(version, 2) && is_hex(trace, 32) && is_hex(span, 16) && is_hex(flags, 2);
    let is_known = *version != "ff" && (*version != "00" || !has_more);
    is_sound && is_known && !is_zero(trace) && !is_zero(span) && text.len() <= TRACEPARENT_CHARS_MAX
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn is_zero(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn traceparent(sent: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(TRACEPARENT.parse().expect("a name"), sent.parse().expect("a value"))]);
        read(&headers).traceparent.map(|parent| parent.to_string())
    }

    #[test]
    fn a_trace_is_passed_on_unchanged() {
        let later = "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x";
        for sent in [PARENT, later] {
            assert_eq!(traceparent(sent).as_deref(), Some(sent));
        }
        assert_eq!(read(&HeaderMap::new()).traceparent, None);
    }

    #[test]
    fn a_header_that_is_no_trace_is_dropped() {
        let zero_trace = "00-00000000000000000000000000000000-00f067aa0ba902b7-01";
        let zero_span = "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01";
        let with_more = format!("{PARENT}-x");
        let too_long = format!("01{}-{}", &PARENT[2..], "x".repeat(100));
        let no_version = "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        for sent in ["", "00", "00-0-0-0", "zz", no_version, zero_trace, zero_span, &with_more, &too_long] {
            assert_eq!(traceparent(sent), None, "{sent}");
        }
    }
}
