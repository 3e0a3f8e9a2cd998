//! OpenAPI 3.1 of a system, or of one of its contexts, made from the declarations that the edge itself reads.
mod digits;
mod form;
mod operations;
mod parameters;
mod reasons;
mod responses;
pub(crate) mod schema;
mod sign_in;

use crate::settings::HttpSettings;
use kernel::{Context, Name, Route, System};
use serde_json::{Map, Value, json};

const ABOUT: &str = "Commands answer when what they did is durable. \
    A command that moves a state, repeated when it has already happened, answers like the first time and does nothing. \
    Numbers are sent in digits, as numbers or as texts, without exponents, whole numbers without a point. Money is whole won. \
    Unknown fields are ignored; unknown query parameters are 400. \
    Errors are problems (RFC 9457) whose `type` is a page on this server.";

/// `prefix` goes before each path: empty, or `/taxi`. `only` is the one context that is described.
pub fn document(system: &System, prefix: &str, only: Option<Name>, settings: &HttpSettings) -> Value {
    let contexts = system.contexts.iter().filter(|context| only.is_none_or(|only| only == context.name));
    let contexts: Vec<&Context> = contexts.collect();
    let (mut paths, mut schemas) = (Map::new(), schema::fixed());
    for context in &contexts {
        for collection in context.readable() {
            let (one, page) = (schema::name(collection.singular), schema::page_name(collection.singular));
            schemas.insert(page, schema::page(collection, &one));
            schemas.insert(one, schema::row(context, collection));
        }
        operations::add(&mut paths, system, context, settings);
    }
    let routes = contexts.iter().flat_map(|context| context.routes.iter().map(move |route| (context, route)));
    let of_routes = routes.flat_map(|(context, route)| reasons::of_route(system, context, route));
    let all_reasons = of_routes.chain(reasons::OF_READERS);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": system.name,
            "summary": system.about,
            "description": ABOUT,
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": if prefix.is_empty() { "/" } else { prefix }}],
        "tags": contexts.iter().map(|context| json!({"name": context.name})).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": parameters::shared(settings),
            "headers": responses::headers(),
            "examples": responses::examples(all_reasons),
        },
    })
}

/// `signs_in`: as it is where people do.
pub(crate) fn text(
    system: &System,
    prefix: &str,
    only: Option<Name>,
    settings: &HttpSettings,
    signs_in: bool,
) -> String {
    let mut document = document(system, prefix, only, settings);
    if signs_in {
        let contexts = system.contexts.iter().filter(|context| only.is_none_or(|only| only == context.name));
        sign_in::add(&mut document, system, &contexts.collect::<Vec<_>>());
    }
    document.to_string()
}

/// The fields a route's form reads.
pub(crate) fn fields(route: &Route) -> Vec<String> {
    let form = form::form(&route.form, &HttpSettings::default());
    form["properties"].as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
}
