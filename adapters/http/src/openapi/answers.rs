//! Answers: every status an operation can have, with its headers and its shape.
use super::schema;
use crate::cause;
use crate::status::status;
use kernel::{Action, Context, Method, Reason, Route, Success, System};
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

/// Problems by status, each naming its causes.
pub(super) fn problems(reasons: impl IntoIterator<Item = &'static Reason>) -> BTreeMap<String, Value> {
    let mut by_status: BTreeMap<u16, Vec<&Reason>> = BTreeMap::new();
    for reason in reasons {
        let causes = by_status.entry(status(reason).as_u16()).or_default();
        if !causes.iter().any(|known| known.code == reason.code) {
            causes.push(reason);
        }
    }
    let told = |(status, causes): (u16, Vec<&Reason>)| {
        let lines = causes.iter().map(|cause| format!("`{}`: {}", cause.code, cause.en.happened));
        let about = lines.collect::<Vec<_>>().join(" ");
        let names: &[(&str, &str)] = if status == 503 { &[("Retry-After", "RetryAfter")] } else { &[] };
        let mut answer = with_headers(&about, names);
        let shown = causes
            .iter()
            .map(|cause| (cause.code.to_string(), json!({"$ref": format!("#/components/examples/{}", cause.code)})));
        let shown = Value::Object(shown.collect());
        answer["content"] =
            json!({crate::accept::PROBLEM: {"schema": schema::reference("Problem"), "examples": shown}});
        (status.to_string(), answer)
    };
    by_status.into_iter().map(told).collect()
}

/// What each cause is told with, by its code.
pub(super) fn examples(reasons: impl IntoIterator<Item = &'static Reason>) -> Map<String, Value> {
    let told = |reason: &'static Reason| {
        let words = reason.en;
        let problem = json!({
            "type": format!("/problems/{}", reason.code),
            "title": words.happened,
            "status": status(reason).as_u16(),
            "detail": format!("{} {}", words.happened, words.advice),
            "instance": "/the/path/that/was/asked",
        });
        (reason.code.to_string(), json!({"summary": words.happened, "value": problem}))
    };
    reasons.into_iter().map(told).collect()
}

/// Causes for which a reader may be told no.
pub(super) const READING: [&Reason; 5] =
    [&cause::UNKNOWN_ID, &cause::INVALID_QUERY, &cause::UNAVAILABLE, &cause::TOO_SLOW, &cause::OVERLOADED];

/// Every cause for which a route may be told no.
pub(super) fn causes(system: &System, context: &Context, route: &Route) -> Vec<&'static Reason> {
    let mut all: Vec<&'static Reason> = vec![&cause::UNAVAILABLE, &cause::TOO_SLOW, &cause::OVERLOADED];
    if route.method != Method::Get {
        all.extend([&cause::BODY_TOO_LARGE, &cause::BODY_TOO_SLOW]);
    }
    all.extend(route.reasons);
    if route.parameter().is_some() {
        all.push(&cause::UNKNOWN_ID);
    }
    match route.method {
        Method::Get => all.push(&cause::INVALID_QUERY),
        Method::Delete if route.form.empty => {}
        Method::Post => {
            all.extend([&cause::MALFORMED_JSON, &cause::INVALID_FIELDS, &cause::INVALID_IDEMPOTENCY_KEY]);
            all.push(&runtime::machine::KEY_REUSED);
        }
        _ => all.extend([&cause::MALFORMED_JSON, &cause::INVALID_FIELDS]),
    }
    match &route.action {
        Action::Reads(_) => return all,
        Action::Commands(_) => {}
        Action::Starts { plan, .. } if plan.has_fallback() => {}
        Action::Starts { plan, .. } => {
            let asked = plan.steps().into_iter().filter_map(|step| system.get(step.to));
            all.extend(asked.flat_map(Context::reasons));
        }
    }
    if route.success != Success::Created {
        all.push(&runtime::machine::STALE);
    }
    all.extend(context.kinds.iter().flat_map(|kind| kind.reasons));
    all
}
