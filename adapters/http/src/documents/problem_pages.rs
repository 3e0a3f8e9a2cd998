//! `/problems` and `/problems/{code}`: the pages that a problem's `type` points at. Each says what happened and what to do.
use crate::documents::page;
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::language::Language;
use crate::negotiate::media_type::{HTML, JSON, preferred};
use crate::problem::status::status;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::Server;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Name, RefusalReason, Texts};
use serde_json::{Value, json};

/// A reason and the system that declares it: two systems may use one code for reasons of their own.
struct DocumentedReason {
    reason: &'static RefusalReason,
    /// Empty for the edge's own.
    system: Name,
}

/// The reasons of the edge, of the machine and of every system of the server, each once.
fn documented(server: &Server) -> Vec<DocumentedReason> {
    let own = reasons::ALL.iter().chain(reasons::MACHINE).map(|reason| DocumentedReason { reason, system: "" });
    let mut all: Vec<_> = own.collect();
    for hosted in &server.systems {
        let reasons = hosted.system().reasons().into_iter();
        all.extend(reasons.map(|reason| DocumentedReason { reason, system: hosted.name() }));
    }
    all.sort_by_key(|documented| (documented.reason.code, documented.reason.en.happened, documented.system));
    all.dedup_by(|later, first| later.reason == first.reason);
    all
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemHtml<'a> {
    title: &'a str,
    language: &'static str,
    code: &'a str,
    status: u16,
    /// By system; the name is empty where there is one meaning only.
    meanings: Vec<(&'a str, Texts)>,
}

#[derive(Template)]
#[template(path = "problems.html")]
struct ProblemListHtml<'a> {
    title: &'a str,
    language: &'static str,
    problems: Vec<(&'a str, u16, Texts)>,
}

/// All meanings of one code.
pub(crate) struct ProblemPage(Vec<DocumentedReason>);

impl ProblemPage {
    pub fn new(server: &Server) -> ProblemPage {
        ProblemPage(documented(server))
    }
}

impl Handler for ProblemPage {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let code = request.uri.path().rsplit('/').next().unwrap_or_default();
        let found: Vec<_> = self.0.iter().filter(|documented| documented.reason.code == code).collect();
        let first = found.first().ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))?;
        if preferred(&request.headers, &[HTML, JSON]) == JSON {
            return Ok(json_response(found));
        }
        Ok(html_response(first.reason, &found, page_language(&request)))
    }
}

fn html_response(first: &RefusalReason, found: &[&DocumentedReason], language: Language) -> Response {
    let meanings = found.iter().map(|documented| (documented.system, language.texts(documented.reason)));
    let meanings = match found {
        [one] => vec![("", language.texts(one.reason))],
        _ => meanings.collect(),
    };
    let (title, status) = (language.texts(first).happened, status(first).as_u16());
    let html = ProblemHtml { title, language: language.tag(), code: first.code, status, meanings };
    page::response(&html, language)
}

/// Every problem there is.
pub(crate) struct ProblemList(Vec<DocumentedReason>);

impl ProblemList {
    pub fn new(server: &Server) -> ProblemList {
        ProblemList(documented(server))
    }
}

impl Handler for ProblemList {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        if preferred(&request.headers, &[HTML, JSON]) == JSON {
            return Ok(json_response(&self.0));
        }
        let language = page_language(&request);
        let title = if language == Language::Ko { "문제 안내" } else { "Problems" };
        let reasons = self.0.iter().map(|documented| documented.reason);
        let problems = reasons.map(|reason| (reason.code, status(reason).as_u16(), language.texts(reason))).collect();
        Ok(page::response(&ProblemListHtml { title, language: language.tag(), problems }, language))
    }
}

fn json_response<'a>(documented: impl IntoIterator<Item = &'a DocumentedReason>) -> Response {
    let all: Vec<Value> = documented.into_iter().map(|documented| reason_json(documented.reason)).collect();
    response::with_body(StatusCode::OK, JSON, Value::from(all).to_string())
}

fn reason_json(reason: &RefusalReason) -> Value {
    let texts = |texts: Texts| json!({"happened": texts.happened, "advice": texts.advice});
    let (code, status) = (reason.code, status(reason).as_u16());
    json!({"type": format!("/problems/{code}"), "status": status, "en": texts(reason.en), "ko": texts(reason.ko)})
}

/// `?lang=ko` is for a reader who wants another language than the browser's.
fn page_language(request: &HttpRequest) -> Language {
    match request.uri.query() {
        Some("lang=ko") => Language::Ko,
        Some("lang=en") => Language::En,
        _ => request.language,
    }
}
