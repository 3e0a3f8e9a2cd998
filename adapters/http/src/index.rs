//! `/`: everything there is behind this port, for programs and for people.
use crate::accept::{self, HTML, JSON};
use crate::answer;
use crate::call::Call;
use crate::door::Handle;
use crate::house::{House, Site};
use crate::language::Language;
use crate::problem::Outcome;
use crate::problem_page::html;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct SystemHere {
    name: &'static str,
    about: &'static str,
    /// Before each of its paths.
    prefix: String,
    contexts: Vec<ContextHere>,
    links: Vec<(&'static str, String)>,
}

#[derive(Serialize)]
struct ContextHere {
    name: &'static str,
    /// Where it listens alone, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
    collections: Vec<String>,
    commands: Vec<String>,
}

#[derive(Template)]
#[template(path = "index.html")]
struct Page<'a> {
    title: &'static str,
    language: &'static str,
    systems: &'a [SystemHere],
}

pub(crate) struct Index {
    systems: Vec<SystemHere>,
    json: String,
}

impl Index {
    /// `only`: the one context of this port.
    pub fn of(house: &House, sites: Vec<Arc<Site>>, only: Option<usize>) -> Index {
        let systems: Vec<_> = sites.iter().map(|site| here(house, site, only)).collect();
        Index { json: serde_json::to_string(&serde_json::json!({ "systems": systems })).unwrap_or_default(), systems }
    }
}

fn here(house: &House, site: &Site, only: Option<usize>) -> SystemHere {
    let (system, alone) = (site.system(), house.sites.len() == 1);
    let prefix = if alone { String::new() } else { format!("/{}", system.name) };
    let contexts = system.contexts.iter().enumerate().filter(|(index, _)| only.is_none_or(|only| only == *index));
    let contexts = contexts.map(|(_, context)| ContextHere {
        name: context.name,
        port: house.port(context.name),
        collections: context.readable().map(|collection| format!("{prefix}/{}", collection.name)).collect(),
        commands: context.routes.iter().map(|route| format!("{} {prefix}{}", route.method, route.path)).collect(),
    });
    let mut paths = vec![("openapi", format!("{prefix}/openapi.json")), ("docs", "/docs/".to_string())];
    if only.is_none() {
        paths.push(("asyncapi", format!("{prefix}/asyncapi.json")));
        paths.push(("board", format!("{prefix}/board")));
    }
    paths.push(("problems", "/problems".to_string()));
    SystemHere { name: system.name, about: system.about, contexts: contexts.collect(), prefix, links: paths }
}

impl Handle for Index {
    async fn handle(&self, call: Call) -> Outcome<Response> {
        if accept::best(&call.headers, &[JSON, HTML]) == JSON {
            return Ok(answer::of(StatusCode::OK, JSON, self.json.clone()));
        }
        let page = Page { title: "Nadul", language: Language::En.tag(), systems: &self.systems };
        Ok(html(&page, Language::En))
    }
}
