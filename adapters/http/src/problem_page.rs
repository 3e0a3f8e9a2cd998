//! `/problems/{code}`: what a problem's `type` points at, for people: what happened, what to do.
use crate::accept::{self, HTML, JSON};
use crate::answer;
use crate::call::Call;
use crate::cause;
use crate::door::Handle;
use crate::house::House;
use crate::language::Language;
use crate::problem::{Outcome, Problem};
use crate::status::status;
use askama::Template;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LANGUAGE, VARY};
use axum::response::Response;
use kernel::{Reason, Texts};
use serde_json::{Value, json};
use std::sync::Arc;

/// A code with everything it means: two systems may use one word for their own things.
struct Cause {
    reason: &'static Reason,
    /// Empty for the edge's own.
    system: &'static str,
}

/// Those of the edge, of the machine and of every system here, each once.
fn causes(house: &House) -> Vec<Cause> {
    let own = cause::ALL.iter().chain(cause::MACHINE).map(|reason| Cause { reason, system: "" });
    let mut all: Vec<Cause> = own.collect();
    for site in &house.sites {
        let system = site.system();
        all.extend(system.reasons().into_iter().map(|reason| Cause { reason, system: system.name }));
    }
    all.sort_by_key(|cause| (cause.reason.code, cause.reason.en.happened, cause.system));
    all.dedup_by(|later, first| later.reason == first.reason);
    all
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Page<'a> {
    title: &'a str,
    language: &'static str,
    code: &'a str,
    status: u16,
    meanings: Vec<(&'a str, Texts)>,
}

#[derive(Template)]
#[template(path = "problems.html")]
struct ListPage<'a> {
    title: &'a str,
    language: &'static str,
    problems: Vec<(&'a str, u16, Texts)>,
}

pub(crate) struct One(Vec<Cause>);

impl One {
    pub fn of(house: &Arc<House>) -> One {
        One(causes(house))
    }

    fn page(&self, call: &Call, meant: &[&Cause]) -> Response {
        let language = asked(call);
        let first = meant[0].reason;
        let meanings: Vec<(&str, Texts)> =
            meant.iter().map(|cause| (cause.system, language.words(cause.reason))).collect();
        let meanings = if let [(_, words)] = meanings[..] { vec![("", words)] } else { meanings };
        let title = meanings[0].1.happened;
        let page = Page { title, language: language.tag(), code: first.code, status: status(first).as_u16(), meanings };
        html(&page, language)
    }
}

impl Handle for One {
    async fn handle(&self, call: Call) -> Outcome<Response> {
        let code = call.uri.path().rsplit('/').next().unwrap_or_default();
        let meant: Vec<&Cause> = self.0.iter().filter(|cause| cause.reason.code == code).collect();
        if meant.is_empty() {
            return Err(Problem::of(&cause::UNKNOWN_PATH));
        }
        if accept::best(&call.headers, &[HTML, JSON]) == JSON {
            let all: Vec<Value> = meant.iter().map(|cause| told(cause.reason)).collect();
            return Ok(answer::of(StatusCode::OK, JSON, Value::from(all).to_string()));
        }
        Ok(self.page(&call, &meant))
    }
}

/// Every problem there is.
pub(crate) struct All(Vec<Cause>);

impl All {
    pub fn of(house: &Arc<House>) -> All {
        All(causes(house))
    }
}

impl Handle for All {
    async fn handle(&self, call: Call) -> Outcome<Response> {
        if accept::best(&call.headers, &[HTML, JSON]) == JSON {
            let all: Vec<Value> = self.0.iter().map(|cause| told(cause.reason)).collect();
            return Ok(answer::of(StatusCode::OK, JSON, Value::from(all).to_string()));
        }
        let language = asked(&call);
        let title = if language == Language::Ko { "문제 안내" } else { "Problems" };
        let problems =
            self.0.iter().map(|c| (c.reason.code, status(c.reason).as_u16(), language.words(c.reason))).collect();
        Ok(html(&ListPage { title, language: language.tag(), problems }, language))
    }
}

fn told(reason: &Reason) -> Value {
    let words = |words: Texts| json!({"happened": words.happened, "advice": words.advice});
    let (code, status) = (reason.code, status(reason).as_u16());
    json!({"type": format!("/problems/{code}"), "status": status, "en": words(reason.en), "ko": words(reason.ko)})
}

/// `?lang=ko` for whoever wants the other language than the browser's.
fn asked(call: &Call) -> Language {
    match call.uri.query() {
        Some("lang=ko") => Language::Ko,
        Some("lang=en") => Language::En,
        _ => call.language,
    }
}

pub(crate) fn html(page: &impl Template, language: Language) -> Response {
    let mut response = answer::of(StatusCode::OK, answer::utf8(HTML), page.render().unwrap_or_default());
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept, accept-language"));
    response
}
