//! How a body is encoded: only as it is. A body that was compressed is told apart from one that is no JSON.
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::list_header;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, TRANSFER_ENCODING};

pub(crate) fn check(headers: &HeaderMap) -> HttpResult<()> {
    let is_plain = |item: &str| item.eq_ignore_ascii_case("identity");
    let is_content_plain = list_header::items(headers, CONTENT_ENCODING).all(is_plain);
    let is_transfer_plain = list_header::items(headers, TRANSFER_ENCODING)
        .all(|item| is_plain(item) || item.eq_ignore_ascii_case("chunked"));
    if is_content_plain && is_transfer_plain { Ok(()) } else { Err(Problem::new(&reasons::ENCODED_BODY)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().expect("a name"), value.parse().expect("a value"))])
    }

    #[test]
    fn a_body_is_taken_as_it_is() {
        assert!(check(&HeaderMap::new()).is_ok());
        assert!(check(&with("content-encoding", "Identity")).is_ok());
        assert!(check(&with("transfer-encoding", "Chunked")).is_ok());
        for encoded in ["gzip", "GZIP", "identity, br", "zstd"] {
            let problem = check(&with("content-encoding", encoded)).expect_err("encoded");
            assert_eq!(problem.reason.code, "encoded-body", "{encoded}");
        }
        assert!(check(&with("transfer-encoding", "gzip, chunked")).is_err());
    }
}
