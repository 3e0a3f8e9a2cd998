//! `Idempotency-Key`: the client's key for a request it may repeat, and a digest that is equal for equal JSON.
use crate::problem::{HttpResult, Problem, reasons};
use axum::http::HeaderMap;
use kernel::Caller;
use runtime::request::{Idempotency, RepeatKey};
use serde_json::{Number, Value};
use xxhash_rust::xxh3::Xxh3;

pub(crate) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The key of a request that the client may repeat, with the digest of its body. It is the caller's own: two callers with the same key have two.
pub(crate) fn read(
    headers: &HeaderMap,
    body: &[u8],
    chars_max: usize,
    caller: Option<&Caller>,
) -> HttpResult<Option<Idempotency>> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = key.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > chars_max || !key.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
        return Err(Problem::new(&reasons::INVALID_IDEMPOTENCY_KEY));
    }
    let own = match caller {
        Some(caller) => format!("{} {key}", caller.person).into(),
        None => key.into(),
    };
    Ok(Some(Idempotency { key: RepeatKey::Client(own), digest: digest(body) }))
}

/// The key that an edge gave a request.
pub(crate) fn of_edge(key: &str, body: &[u8]) -> Idempotency {
    Idempotency { key: RepeatKey::Edge(key.into()), digest: digest(body) }
}

/// The digest of the parsed JSON: order of fields, spaces, escapes and the spelling of numbers make no difference.
fn digest(body: &[u8]) -> u64 {
    let mut hash = Xxh3::new();
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => feed(&mut hash, &value),
        Err(_) => hash.update(body), // no body, or a number that is too large to parse: the bytes themselves
    }
    hash.digest()
}

fn feed(hash: &mut Xxh3, value: &Value) {
    match value {
        Value::Null => hash.update(b"n"),
        Value::Bool(true) => hash.update(b"t"),
        Value::Bool(false) => hash.update(b"f"),
        Value::Number(number) => feed_number(hash, number),
        Value::String(text) => feed_text(hash, b"s", text),
        Value::Array(items) => {
            hash.update(b"[");
            items.iter().for_each(|item| feed(hash, item));
            hash.update(b"]");
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            hash.update(b"{");
            for (name, value) in fields {
                feed_text(hash, b"k", name);
                feed(hash, value);
            }
            hash.update(b"}");
        }
    }
}

fn feed_text(hash: &mut Xxh3, kind: &[u8], text: &str) {
    hash.update(kind);
    hash.update(&(text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}

fn feed_number(hash: &mut Xxh3, number: &Number) {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT);
    let whole = whole.map(|float| float as i128);
    let whole = whole.or(number.as_i64().map(i128::from)).or(number.as_u64().map(i128::from));
    match whole {
        Some(whole) => {
            hash.update(b"i");
            hash.update(&whole.to_le_bytes());
        }
        None => {
            hash.update(b"d");
            hash.update(&number.as_f64().unwrap_or_default().to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        digest(a.as_bytes()) == digest(b.as_bytes())
    }

    #[test]
    fn equal_json_has_an_equal_digest() {
        assert!(same(r#"{"a":1,"b":"가"}"#, "{ \"b\":\"\\uac00\",\n\"a\":1.0 }"));
        assert!(same(r#"{"a":[1,{"x":null}]}"#, r#"{"a":[1e0,{"x":null}]}"#));
    }

    #[test]
    fn other_json_has_another() {
        assert!(!same(r#"{"a":1}"#, r#"{"a":"1"}"#));
        assert!(!same(r#"{"a":1}"#, r#"{"a":2}"#));
        assert!(!same(r#"{"a":[1,2]}"#, r#"{"a":[[1],2]}"#));
        assert!(!same(r#"{"a":"b","c":"d"}"#, r#"{"a":"bc","d":""}"#));
        assert!(!same(r#"{"a":9007199254740993}"#, r#"{"a":9007199254740992}"#));
    }

    #[test]
    fn a_key_is_short_visible_text() {
        let with = |text: &str| {
            HeaderMap::from_iter([(IDEMPOTENCY_KEY.parse().expect("a name"), text.parse().expect("a value"))])
        };
        assert!(read(&with("abc-1"), b"{}", 5, None).expect("sound").is_some());
        assert!(read(&with("abc-12"), b"{}", 5, None).is_err());
        assert!(read(&with(" "), b"{}", 5, None).is_err());
        assert!(read(&HeaderMap::new(), b"{}", 5, None).expect("sound").is_none());
    }
}
