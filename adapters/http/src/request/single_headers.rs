//! Headers that have one value: one that comes twice is refused, as a proxy may read the first value and this server the last.
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::idempotency::IDEMPOTENCY_KEY;
use crate::request::trace::{CORRELATION_ID, TRACEPARENT};
use axum::http::HeaderMap;

/// Every header with one value that the edge reads, or a proxy before it. `Host` is judged where its name is.
const SINGLE: [&str; 9] = [
    "authorization",
    "content-length",
    "content-type",
    "expect",
    IDEMPOTENCY_KEY,
    "last-event-id",
    "origin",
    TRACEPARENT,
    CORRELATION_ID,
];

pub(crate) fn check(headers: &HeaderMap) -> HttpResult<()> {
    match SINGLE.into_iter().find(|name| headers.get_all(*name).iter().nth(1).is_some()) {
        Some(name) => Err(Problem::with_note(&reasons::REPEATED_HEADER, name.to_string())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    fn twice(name: &'static str) -> HeaderMap {
        let (name, value) = (HeaderName::from_static(name), || "1".parse().expect("a value"));
        HeaderMap::from_iter([(name.clone(), value()), (name, value())])
    }

    #[test]
    fn a_header_with_one_value_comes_once() {
        for name in SINGLE {
            let problem = check(&twice(name)).expect_err("it came twice");
            assert_eq!((problem.reason.code, problem.note.as_deref()), ("repeated-header", Some(name)));
        }
    }

    #[test]
    fn a_list_may_come_in_several_lines() {
        for name in ["accept", "accept-language", "if-match", "if-none-match", "prefer", "nadul-position", "via"] {
            assert!(check(&twice(name)).is_ok(), "{name}");
        }
    }
}
