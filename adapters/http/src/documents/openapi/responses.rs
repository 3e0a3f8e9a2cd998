//! Responses: every status an operation can have, with its headers and its schema.
use crate::documents::openapi::schema;
use crate::negotiate::media_type::PROBLEM;
use crate::problem::status::status;
use kernel::RefusalReason;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) fn headers() -> Value {
    let header = |about: &str| json!({"description": about, "schema": {"type": "string"}});
    json!({
        "ETag": header("The row's version, for If-Match and If-None-Match."),
        "Location": header("Where what was created is read."),
        "Position": header("How far this context's log has come: for Nadul-Position with Prefer: wait."),
        "RetryAfter": {"description": "Seconds to wait before the next try.", "schema": {"type": "integer", "minimum": 1}},
        "CorrelationId": header("Taken from the request, or given."),
        "PreferenceApplied": header("`wait`, where what was waited for has been heard of."),
    })
}

pub(super) fn with_headers(about: &str, names: &[(&str, &str)]) -> Value {
    let headers = names
        .iter()
        .map(|(name, component)| (name.to_string(), json!({"$ref": format!("#/components/headers/{component}")})));
    let all: Map<String, Value> =
        headers.chain([("X-Correlation-Id".into(), json!({"$ref": "#/components/headers/CorrelationId"}))]).collect();
    json!({"description": about, "headers": all})
}

/// Problems by status, each with its reasons.
pub(super) fn problems(reasons: impl IntoIterator<Item = &'static RefusalReason>) -> BTreeMap<String, Value> {
    let mut by_status: BTreeMap<u16, Vec<&RefusalReason>> = BTreeMap::new();
    for reason in reasons {
        let known = by_status.entry(status(reason).as_u16()).or_default();
        if !known.iter().any(|other| other.code == reason.code) {
            known.push(reason);
        }
    }
    by_status.into_iter().map(|(status, reasons)| (status.to_string(), problem(status, &reasons))).collect()
}

/// The problem with this status; its description names each reason.
fn problem(status: u16, reasons: &[&RefusalReason]) -> Value {
    let lines = reasons.iter().map(|reason| format!("`{}`: {}", reason.code, reason.en.happened));
    let headers: &[(&str, &str)] = if status == 503 { &[("Retry-After", "RetryAfter")] } else { &[] };
    let mut response = with_headers(&lines.collect::<Vec<_>>().join(" "), headers);
    let example = |code: &str| json!({"$ref": format!("#/components/examples/{code}")});
    let examples: Map<String, Value> =
        reasons.iter().map(|reason| (reason.code.to_string(), example(reason.code))).collect();
    response["content"] = json!({PROBLEM: {"schema": schema::reference("Problem"), "examples": examples}});
    response
}

/// An example of each problem, by its code.
pub(super) fn examples(reasons: impl IntoIterator<Item = &'static RefusalReason>) -> Map<String, Value> {
    let example = |reason: &'static RefusalReason| {
        let texts = reason.en;
        let problem = json!({
            "type": format!("/problems/{}", reason.code),
            "title": texts.happened,
            "status": status(reason).as_u16(),
            "detail": format!("{} {}", texts.happened, texts.advice),
            "instance": "/the/path/that/was/asked",
        });
        (reason.code.to_string(), json!({"summary": texts.happened, "value": problem}))
    };
    reasons.into_iter().map(example).collect()
}
