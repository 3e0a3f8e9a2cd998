//! A route's form, read from the request's body or from its query.
use crate::problem::invalid_input::InvalidInput;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::{body, query};
use crate::settings::HttpSettings;
use kernel::{Body, Caller, Erased, Field, FieldSchema, FormLimits, Invalid, Method, Name, Route};
use serde_json::value::RawValue;
use std::borrow::Cow;

pub(super) fn read_body(
    route: &Route,
    bytes: &[u8],
    settings: &HttpSettings,
    caller: Option<&Caller>,
) -> HttpResult<Erased> {
    let has_no_body = route.form.empty && route.method == Method::Delete;
    let mut body = if has_no_body { Body::empty(settings.form_limits()) } else { body::parse(bytes, settings)? };
    let sender = route.form.person.zip(caller);
    let named = sender.map(|(field, caller)| name_sender(&mut body, field, &caller.subject)).transpose()?;
    let form = (route.form.read)(&body).map_err(|invalid| Problem::invalid_fields(&invalid))?;
    if named == Some(Named::AnotherOne) { Err(Problem::new(&reasons::NOT_YOU)) } else { Ok(form) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Sender,
    AnotherOne,
}

/// Who sends a form stands in its field; left out or null, it is filled in.
fn name_sender(body: &mut Body<'_>, field: Name, subject: &str) -> HttpResult<Named> {
    let schema = FieldSchema { name: field, min: None, alias: None, person: true };
    let limits = FormLimits { text_chars_max: usize::MAX };
    let sent = body.fields.get(field).map(|raw| raw.get()).filter(|raw| *raw != "null");
    match sent.map(|raw| String::read(Some(raw), &schema, &limits)) {
        Some(Ok(name)) if name == subject => Ok(Named::Sender),
        Some(Ok(_)) => Ok(Named::AnotherOne),
        Some(Err(Invalid::Missing)) | None => {
            let text = serde_json::to_string(subject).ok().and_then(|text| RawValue::from_string(text).ok());
            let text = text.ok_or_else(|| Problem::new(&reasons::MALFORMED_JSON))?;
            body.fields.insert(Cow::Borrowed(field), Cow::Owned(text));
            Ok(Named::Sender)
        }
        Some(Err(_)) => Ok(Named::Sender), // the form says what is wrong with it
    }
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
