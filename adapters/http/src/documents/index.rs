//! `/`: all paths of this port, for programs and for people.
use crate::documents::page;
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::language::Language;
use crate::negotiate::media_type::{HTML, JSON, preferred};
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::Server;
use crate::server::hosted_system::HostedSystem;
use askama::Template;
use axum::http::StatusCode;
use kernel::{Context, Name};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct SystemEntry {
    name: Name,
    about: Name,
    /// Goes before each of its paths.
    prefix: String,
    contexts: Vec<ContextEntry>,
    links: Vec<(Name, String)>,
}

#[derive(Serialize)]
struct ContextEntry {
    name: Name,
    /// The context's own port, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
    collections: Vec<String>,
    commands: Vec<String>,
}

#[derive(Template)]
#[template(path = "index.html")]
struct IndexHtml<'a> {
    title: &'static str,
    language: &'static str,
    systems: &'a [SystemEntry],
}

pub(crate) struct Index {
    systems: Vec<SystemEntry>,
    json: String,
}

impl Index {
    /// `only` is the one context of this port.
    pub fn new(server: &Server, systems: &[Arc<HostedSystem>], only: Option<Name>) -> Index {
        let systems: Vec<_> = systems.iter().map(|hosted| SystemEntry::new(server, hosted, only)).collect();
        Index { json: serde_json::to_string(&serde_json::json!({ "systems": systems })).unwrap_or_default(), systems }
    }
}

impl SystemEntry {
    fn new(server: &Server, hosted: &HostedSystem, only: Option<Name>) -> SystemEntry {
        let system = hosted.system();
        let prefix = if server.has_one_system() { String::new() } else { format!("/{}", system.name) };
        let contexts = system.contexts.iter().filter(|context| only.is_none_or(|only| only == context.name));
        let contexts = contexts.map(|context| ContextEntry::new(server, &prefix, context)).collect();
        let links = links(&prefix, only.is_none());
        SystemEntry { name: system.name, about: system.about, contexts, prefix, links }
    }
}

impl ContextEntry {
    fn new(server: &Server, prefix: &str, context: &Context) -> ContextEntry {
        ContextEntry {
            name: context.name,
            port: server.port(context.name),
            collections: context.readable().map(|collection| format!("{prefix}/{}", collection.name)).collect(),
            commands: context.routes.iter().map(|route| format!("{} {prefix}{}", route.method, route.path)).collect(),
        }
    }
}

/// The documents; those of the whole system only where the port has the whole system.
fn links(prefix: &str, has_whole_system: bool) -> Vec<(Name, String)> {
    let mut links = vec![("openapi", format!("{prefix}/openapi.json")), ("docs", "/docs/".to_string())];
    if has_whole_system {
        links.push(("asyncapi", format!("{prefix}/asyncapi.json")));
        links.push(("board", format!("{prefix}/board")));
    }
    links.push(("problems", "/problems".to_string()));
    links
}

impl Handler for Index {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        if preferred(&request.headers, &[JSON, HTML]) == JSON {
            return Ok(response::with_body(StatusCode::OK, JSON, self.json.clone()));
        }
        let html = IndexHtml { title: "Nadul", language: Language::En.tag(), systems: &self.systems };
        Ok(page::response(&html, Language::En))
    }
}
