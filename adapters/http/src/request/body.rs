//! Bodies of requests: read up to a limit and in time, then as one JSON object whose fields stay as they were written.
use crate::problem::invalid_input::{InputPart, InvalidInput};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::encoding;
use crate::settings::HttpSettings;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, EXPECT};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use kernel::{Field, FieldSchema, Name};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

/// A body that is too large is still read up to here and thrown away, so that the client gets the answer instead of a closed connection.
const DISCARDED_BYTES_MAX: usize = 1 << 20;

/// Reads the whole body, up to a limit and in time.
pub(crate) async fn read(headers: &HeaderMap, body: Body, settings: &HttpSettings) -> HttpResult<Bytes> {
    encoding::check(headers)?;
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let asks_first = headers.contains_key(EXPECT);
    let is_refused = |length| length > settings.body_bytes_max && (asks_first || length > DISCARDED_BYTES_MAX);
    if announced.is_some_and(is_refused) {
        return Err(Problem::new(&reasons::BODY_TOO_LARGE));
    }
    let reading = collect(body, settings.body_bytes_max);
    match tokio::time::timeout(Duration::from_millis(settings.body_timeout_ms), reading).await {
        Ok(read) => read,
        Err(_) => Err(Problem::new(&reasons::BODY_TOO_SLOW)),
    }
}

async fn collect(mut body: Body, bytes_max: usize) -> HttpResult<Bytes> {
    let (mut first, mut rest, mut length) = (Bytes::new(), BytesMut::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::new(&reasons::MALFORMED_JSON))?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length > DISCARDED_BYTES_MAX.max(bytes_max) {
            break;
        }
        if length <= bytes_max && first.is_empty() {
            first = data;
        } else if length <= bytes_max {
            rest.extend_from_slice(if rest.is_empty() { &first } else { &[] });
            rest.extend_from_slice(&data);
        }
    }
    if length > bytes_max {
        return Err(Problem::new(&reasons::BODY_TOO_LARGE));
    }
    Ok(if rest.is_empty() { first } else { rest.freeze() })
}

/// The fields of a JSON object. No body counts as an object without fields.
pub(crate) fn parse<'a>(bytes: &'a [u8], settings: &HttpSettings) -> HttpResult<kernel::Body<'a>> {
    let malformed = || Problem::new(&reasons::MALFORMED_JSON);
    let text = std::str::from_utf8(bytes).map_err(|_| malformed())?;
    if text.trim_ascii().is_empty() {
        return Ok(kernel::Body::empty(settings.form_limits()));
    }
    if is_deeper(bytes, settings.json_depth_max) {
        return Err(malformed());
    }
    let read: Fields<'a> = serde_json::from_str(text).map_err(|_| malformed())?;
    match read.repeated {
        Some(name) => {
            Err(Problem::with_invalid(&reasons::INVALID_FIELDS, vec![InvalidInput::repeated(InputPart::Field, &name)]))
        }
        None => Ok(kernel::Body { fields: read.fields, limits: settings.form_limits() }),
    }
}

/// The one field of an operator's body.
pub(crate) fn field<F: Field>(body: &kernel::Body<'_>, name: Name) -> HttpResult<F> {
    let mut invalid = vec![];
    let value = body.field(&FieldSchema { name, min: None, alias: None, person: false }, &mut invalid);
    value.ok_or_else(|| Problem::invalid_fields(&invalid))
}

/// The fields of an object, each as it was written, and the first name that came twice.
#[derive(Default)]
struct Fields<'a> {
    fields: BTreeMap<Cow<'a, str>, Cow<'a, RawValue>>,
    repeated: Option<String>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields::default())
    }
}

impl<'de: 'a, 'a> Visitor<'de> for Fields<'a> {
    type Value = Self;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut entries: M) -> Result<Self, M::Error> {
        while let Some((name, value)) = entries.next_entry::<Cow<'de, str>, &'de RawValue>()? {
            if self.repeated.is_none() && self.fields.contains_key(&name) {
                self.repeated = Some(name.clone().into_owned());
            }
            self.fields.insert(name, Cow::Borrowed(value));
        }
        Ok(self)
    }
}

/// Whether brackets outside of texts are nested deeper than `most`.
fn is_deeper(bytes: &[u8], most: usize) -> bool {
    let (mut depth, mut text, mut escaped) = (0usize, false, false);
    for byte in bytes {
        match (byte, text) {
            _ if escaped => escaped = false,
            (b'\\', true) => escaped = true,
            (b'"', _) => text = !text,
            (b'{' | b'[', false) => depth += 1,
            (b'}' | b']', false) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > most {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Vec<(String, String)>, &'static str> {
        let body = parse(text, &HttpSettings::default()).map_err(|problem| problem.reason.code)?;
        Ok(body.fields.iter().map(|(name, raw)| (name.to_string(), raw.get().to_string())).collect())
    }

    #[test]
    fn fields_stay_as_they_were_written() {
        let fields = read(b" { \"a\" : 1.10 , \"\\u0062\":\"x\", \"c\":{\"d\":[1]} } ").expect("an object");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, raw)| (name.as_str(), raw.as_str())).collect();
        assert_eq!(fields, [("a", "1.10"), ("b", "\"x\""), ("c", "{\"d\":[1]}")]);
        assert_eq!(read(b"").expect("nothing"), []);
    }

    #[test]
    fn a_body_that_is_no_object_is_malformed() {
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(200), "]".repeat(200));
        for text in ["[]", "1", "null", "{", "{\"a\":1,}", "{'a':1}", "{\"a\":1} x", "{\"a\":\u{1}}", &deep] {
            assert_eq!(read(text.as_bytes()), Err("malformed-json"), "{text}");
        }
        assert_eq!(read(b"{\"a\":\"\xff\"}"), Err("malformed-json"));
    }

    #[test]
    fn a_field_that_came_twice_is_refused() {
        assert_eq!(read(b"{\"a\":1,\"b\":2,\"\\u0061\":1}"), Err("invalid-fields"));
        assert!(read(b"{\"a\":{\"a\":1},\"b\":2}").is_ok());
    }

    #[test]
    fn brackets_in_texts_are_not_depth() {
        assert!(!is_deeper(format!("{{\"a\":\"{}\\\"[\"}}", "[".repeat(99)).as_bytes(), 2));
        assert!(is_deeper(b"[[[", 2));
    }

    #[tokio::test]
    async fn a_body_is_read_up_to_its_limit() {
        let settings = HttpSettings { body_bytes_max: 4, ..HttpSettings::default() };
        let read = async |text: &'static str| super::read(&HeaderMap::new(), Body::from(text), &settings).await;
        assert_eq!(read("1234").await.expect("short").as_ref(), b"1234");
        assert_eq!(read("12345").await.expect_err("long").reason, &reasons::BODY_TOO_LARGE);
    }
}
