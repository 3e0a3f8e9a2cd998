//! Query strings, read strictly: each parameter once, as UTF-8, without U+0000.
use crate::problem::invalid_input::{InputPart, InvalidInput};
use crate::problem::{HttpResult, Problem, reasons};
use kernel::Invalid;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b',');

pub(crate) type Pairs = Vec<(String, String)>;

/// All parameters in order.
pub(crate) fn parse(query: Option<&str>) -> HttpResult<Pairs> {
    let mut found: Pairs = vec![];
    let mut invalid = vec![];
    for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (decode(name), decode(value)) {
            (Some(name), _) if found.iter().any(|(known, _)| *known == name) => {
                invalid.push(InvalidInput::repeated(InputPart::Parameter, &name))
            }
            (Some(name), Some(value)) => found.push((name, value)),
            (name, _) => invalid.push(InvalidInput::parameter(&name.unwrap_or_default(), &Invalid::Character)),
        }
    }
    if invalid.is_empty() { Ok(found) } else { Err(Problem::with_invalid(&reasons::INVALID_QUERY, invalid)) }
}

fn decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode(spaced.as_bytes()).decode_utf8().ok()?;
    (!decoded.contains('\0')).then(|| decoded.into_owned())
}

pub(crate) fn encode(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, PLAIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Pairs {
        parse(Some(text)).expect("a sound query")
    }

    #[test]
    fn texts_are_decoded() {
        assert_eq!(
            read("customer=%ED%99%8D+%EA%B8%B8%EB%8F%99&page=1"),
            [("customer".to_string(), "홍 길동".to_string()), ("page".to_string(), "1".to_string())]
        );
        assert_eq!(read("&&a=&b"), [("a".to_string(), String::new()), ("b".to_string(), String::new())]);
        assert_eq!(parse(None).expect("none"), []);
    }

    #[test]
    fn a_decoded_text_can_be_encoded_again() {
        for text in ["홍 길동", "a+b&c=d%", "price,desc"] {
            assert_eq!(read(&format!("q={}", encode(text)))[0].1, text);
        }
    }

    #[test]
    fn doubled_and_broken_parameters_are_refused() {
        assert!(parse(Some("page=1&page=2")).is_err());
        assert!(parse(Some("customer=%ff")).is_err());
        assert!(parse(Some("customer=%00")).is_err());
    }
}
