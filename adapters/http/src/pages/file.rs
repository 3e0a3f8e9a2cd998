//! A file as an answer: compressed where the client takes that, and not again where it has it.
use crate::negotiate::preference;
use crate::pages::files::PageFile;
use crate::request::HttpRequest;
use crate::request::list_header;
use crate::response;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

const BROTLI: &str = "br";

pub(super) fn answer(file: &PageFile, request: &HttpRequest, cache: HeaderValue) -> Response {
    let compressed = file.brotli.as_ref().filter(|_| takes_brotli(&request.headers));
    // other bytes, so another tag
    let tag = format!("\"{}{}\"", file.digest, if compressed.is_some() { "-br" } else { "" });
    let has_it = list_header::items(&request.headers, IF_NONE_MATCH).any(|known| known.trim_start_matches("W/") == tag);
    let mut response = match (has_it, compressed) {
        (true, _) => response::without_body(StatusCode::NOT_MODIFIED),
        (false, Some(brotli)) => Response::new(brotli.clone().into()),
        (false, None) => Response::new(file.bytes.clone().into()),
    };
    let headers = response.headers_mut();
    if !has_it && compressed.is_some() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(BROTLI));
    }
    headers.extend(HeaderValue::try_from(&file.media_type).map(|media_type| (CONTENT_TYPE, media_type)));
    headers.extend(HeaderValue::try_from(tag).map(|tag| (ETAG, tag)));
    headers.insert(CACHE_CONTROL, cache);
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let named = list_header::items(headers, ACCEPT_ENCODING).filter_map(|item| {
        let (name, quality) = preference::read(item);
        name.eq_ignore_ascii_case(BROTLI).then_some(quality)
    });
    named.last().is_some_and(|quality| quality > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_to_those_who_name_it() {
        let takes = |text: &str| {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, text.parse().expect("a header"))]);
            takes_brotli(&headers)
        };
        assert!(takes("gzip, deflate, br, zstd") && takes("BR;q=0.5"));
        assert!(!takes("gzip") && !takes("br;q=0") && !takes("*"));
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
