//! `/board`: the event-storming board of a system, drawn from its value.
use crate::accept::{self, HTML, JSON, MERMAID, TEXT};
use crate::answer;
use crate::call::Call;
use crate::door::Handle;
use crate::language::Language;
use crate::problem::Outcome;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::System;

pub(crate) struct Board {
    text: String,
    mermaid: String,
    json: String,
    page: String,
}

#[derive(Template)]
#[template(path = "board.html")]
struct Page<'a> {
    title: String,
    language: &'static str,
    text: &'a str,
    mermaid: &'a str,
}

impl Board {
    pub fn of(system: &System) -> Board {
        let board = ::board::draw(system);
        let (text, mermaid) = (board.text(), board.mermaid());
        let title = format!("{}: {}", system.name, system.about);
        let page = Page { title, language: Language::En.tag(), text: &text, mermaid: &mermaid };
        let page = page.render().unwrap_or_default();
        Board { json: serde_json::to_string(&board).unwrap_or_default(), text, mermaid, page }
    }
}

impl Handle for Board {
    async fn handle(&self, call: Call) -> Outcome<Response> {
        let kind = accept::best(&call.headers, &[TEXT, JSON, HTML, MERMAID]);
        let body = match kind {
            JSON => &self.json,
            HTML => &self.page,
            MERMAID => &self.mermaid,
            _ => &self.text,
        };
        Ok(answer::of(StatusCode::OK, answer::utf8(kind), body.clone()))
    }
}
