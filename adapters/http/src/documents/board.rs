//! `/board`: the event-storming board of a system, drawn from its declaration.
use crate::documents::page;
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::language::Language;
use crate::negotiate::media_type::{HTML, JSON, MERMAID, TEXT, preferred, with_charset};
use crate::pages::shell;
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::Server;
use askama::Template;
use axum::http::StatusCode;
use kernel::System;
use std::sync::Arc;

/// The board in each of its media types.
pub(crate) struct BoardPages {
    server: Arc<Server>,
    text: String,
    mermaid: String,
    json: String,
    html: String,
}

#[derive(Template)]
#[template(path = "board.html")]
struct BoardHtml<'a> {
    title: String,
    language: &'static str,
    text: &'a str,
    mermaid: &'a str,
}

impl BoardPages {
    pub fn new(system: &System, server: &Arc<Server>) -> BoardPages {
        let board = if server.identity.asks() { ::board::draw_with_people(system) } else { ::board::draw(system) };
        let (text, mermaid) = (board.text(), board.mermaid());
        let title = format!("{}: {}", system.name, system.about);
        let html = BoardHtml { title, language: Language::En.tag(), text: &text, mermaid: &mermaid };
        // the page draws people in every mode
        let json = serde_json::to_string(&::board::draw_with_people(system)).unwrap_or_default();
        let html = html.render().unwrap_or_default();
        BoardPages { server: server.clone(), text, mermaid, json, html }
    }
}

impl Handler for BoardPages {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let media_type = preferred(&request.headers, &[TEXT, JSON, HTML, MERMAID]);
        if media_type == HTML
            && let Some(shell) = shell::answer(&self.server, &request)
        {
            return Ok(shell);
        }
        let body = match media_type {
            JSON => &self.json,
            HTML => &self.html,
            MERMAID => &self.mermaid,
            _ => &self.text,
        };
        let mut response = response::with_body(StatusCode::OK, with_charset(media_type), body.clone());
        if media_type == HTML {
            page::allow(&mut response, page::PAGE);
        }
        Ok(response)
    }
}
