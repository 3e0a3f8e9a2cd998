//! A route's form, read from the request's body or from its query.
use crate::problem::invalid_input::InvalidInput;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::{body, query};
use crate::settings::HttpSettings;
use kernel::{Body, Erased, Method, Route};
use serde_json::value::RawValue;
use std::borrow::Cow;

pub(super) fn read_body(route: &Route, bytes: &[u8], settings: &HttpSettings) -> HttpResult<Erased> {
    let has_no_body = route.form.empty && route.method == Method::Delete;
    let body = if has_no_body { Body::empty(settings.form_limits()) } else { body::parse(bytes, settings)? };
    (route.form.read)(&body).map_err(|invalid| Problem::invalid_fields(&invalid))
}

/// `fields` are those of the form; a query may have no other.
pub(super) fn read_query(
    route: &Route,
    query: Option<&str>,
    fields: &[String],
    settings: &HttpSettings,
) -> HttpResult<Erased> {
    let mut body = Body::empty(settings.form_limits());
    let mut invalid = vec![];
    for (name, value) in query::parse(query)? {
        if !fields.contains(&name) {
            invalid.push(InvalidInput::unknown(&name));
            continue;
        }
        let text = serde_json::to_string(&value).ok().and_then(|text| RawValue::from_string(text).ok());
        body.fields.extend(text.map(|text| (Cow::Owned(name), Cow::Owned(text))));
    }
    let form = (route.form.read)(&body);
    invalid.extend(
        form.as_ref().err().into_iter().flatten().map(|wrong| InvalidInput::parameter(wrong.field, &wrong.why)),
    );
    match form {
        Ok(form) if invalid.is_empty() => Ok(form),
        _ => Err(Problem::with_invalid(&reasons::INVALID_QUERY, invalid)),
    }
}
