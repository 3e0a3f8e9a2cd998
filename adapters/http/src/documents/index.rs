//! `/`: all paths of this port, for programs and for people.
use crate::documents::page;
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::language::Language;
use crate::negotiate::media_type::{HTML, JSON, preferred};
use crate::pages::shell;
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

#[derive(Clone, Serialize)]
struct SystemEntry {
    name: Name,
    about: Name,
    /// Goes before each of its paths.
    prefix: String,
    contexts: Vec<ContextEntry>,
    /// What somebody may be in it.
    roles: Vec<Name>,
    links: Vec<(Name, String)>,
}

#[derive(Clone, Serialize)]
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
    /// There are pages for people elsewhere, and this binary lacks them.
    lacks_pages: bool,
}

#[derive(Clone)]
pub(crate) struct Index {
    server: Arc<Server>,
    systems: Vec<SystemEntry>,
    json: String,
    /// It is that of a gateway, where the pages are.
    has_pages: bool,
}

impl Index {
    /// `only` is the one context of this port.
    pub fn new(server: &Arc<Server>, systems: &[Arc<HostedSystem>], only: Option<Name>) -> Index {
        let systems: Vec<_> = systems.iter().map(|hosted| SystemEntry::new(server, hosted, only)).collect();
        let json = serde_json::to_string(&serde_json::json!({ "systems": systems })).unwrap_or_default();
        Index { server: server.clone(), systems, json, has_pages: only.is_none() }
    }
}

impl SystemEntry {
    fn new(server: &Server, hosted: &HostedSystem, only: Option<Name>) -> SystemEntry {
        let system = hosted.system();
        let prefix = if server.has_one_system() { String::new() } else { format!("/{}", system.name) };
        let contexts = system.contexts.iter().filter(|context| only.is_none_or(|only| only == context.name));
        let contexts = contexts.map(|context| ContextEntry::new(server, &prefix, context)).collect();
        let links = links(&prefix, only.is_none());
        let roles = system.roles().iter().map(|role| role.name).collect();
        SystemEntry { name: system.name, about: system.about, contexts, prefix, roles, links }
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
        if let Some(shell) = shell::answer(&self.server, &request).filter(|_| self.has_pages) {
            return Ok(shell);
        }
        let lacks_pages = self.has_pages;
        let html = IndexHtml { title: "Nadul", language: Language::En.tag(), systems: &self.systems, lacks_pages };
        Ok(page::response(&html, Language::En))
    }
}
