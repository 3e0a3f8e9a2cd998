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
use crate::server::mount::Mount;
use askama::Template;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

/// The board in each of its media types.
pub(crate) struct BoardPages {
    mount: Mount,
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
    pub fn new(mount: &Mount) -> BoardPages {
        let (system, server) = (mount.system(), &mount.server);
        let board = if server.identity.asks() { ::board::draw_with_people(system) } else { ::board::draw(system) };
        let (text, mermaid) = (board.text(), board.mermaid());
        let title = format!("{}: {}", system.name, system.about);
        let html = BoardHtml { title, language: Language::En.tag(), text: &text, mermaid: &mermaid };
        // the page draws people in every mode
        let json = serde_json::to_string(&::board::draw_with_people(system)).unwrap_or_default();
        let html = html.render().unwrap_or_default();
        BoardPages { mount: mount.clone(), text, mermaid, json, html }
    }
}

impl BoardPages {
    fn under_its_name(&self) -> Response {
        let mut response = response::without_body(StatusCode::TEMPORARY_REDIRECT);
        let path = HeaderValue::try_from(format!("/{}/board", self.mount.system().name));
        response.headers_mut().extend(path.map(|path| (LOCATION, path)));
        response
    }
}

impl Handler for BoardPages {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let media_type = preferred(&request.headers, &[TEXT, JSON, HTML, MERMAID]);
        if media_type == HTML
            && let Some(page) = shell::answer(&self.mount.server, &request)
        {
            // a page finds its system by the path
            return Ok(if self.mount.prefix.is_empty() { self.under_its_name() } else { page });
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
