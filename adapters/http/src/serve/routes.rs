//! Which path leads to which handler: the gateway's paths, and those of a context's own port.
use crate::collection::collection_ref::CollectionRef;
use crate::collection::list::ListRows;
use crate::collection::row::ReadRow;
use crate::command::RunCommand;
use crate::documents::{
    asyncapi, board::BoardPages, index::Index, json::JsonDocument, openapi, problem_pages, style::StyleSheet, swagger,
};
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::endpoint::{Endpoint, Handler, Location, on_method, respond};
use crate::operate::{contexts, events, figures, health, metrics::Metrics, parked, payment, rules, running};
use crate::pages::{
    assets::Assets,
    live::Live,
    me::WhoAmI,
    shell::{self, RolePage},
};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::Server;
use crate::server::hosted_system::HostedSystem;
use crate::server::mount::Mount;
use crate::sign_in;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use kernel::{Context, Name, PathTemplate};
use std::sync::Arc;

/// Every system under its name; one alone also without.
pub(super) fn of_gateway(server: &Arc<Server>) -> Router {
    let mut router = sign_in::add(of_every_port(server, &server.systems, None), server);
    for hosted in &server.systems {
        let named = mount(server, hosted, &format!("/{}", hosted.name()));
        let index = Index::new(server, std::slice::from_ref(hosted), None);
        let routes = with_pages(of_system(&named), &named);
        let routes = routes.add(kernel::Method::Get, "", "/{system}", index.clone());
        router = router.merge(routes.add(kernel::Method::Get, "/", "/{system}", index).into_router());
        if server.has_one_system() {
            router = router.merge(of_system(&mount(server, hosted, "")).into_router());
        }
    }
    let router = get(router, server, "/pages/assets/{*file}", "/pages/assets", Assets(server.clone()));
    let router = with_fallbacks(server, get(router, server, "/me", "/me", WhoAmI(server.clone())), HasPages::Yes);
    let live = Live { server: server.clone(), paths: router.clone() };
    get(router, server, "/live", "/live", live)
}

/// The pages of a system under its name, where they always are.
fn with_pages(routes: Routes, mount: &Mount) -> Routes {
    let path = PathTemplate::parse("/pages/{role}");
    let roles = mount.system().roles().iter().map(|role| role.name).collect();
    let role_at = mount.parameter_at(&path).unwrap_or_default();
    routes.get("/pages/{role}", RolePage { server: mount.server.clone(), roles, role_at })
}

/// A system as other processes pass requests on to it, under both spellings of its paths.
pub(crate) fn of_hops(server: &Arc<Server>, hosted: &Arc<HostedSystem>) -> Router {
    let prefixes = [String::new(), format!("/{}", hosted.name())];
    let router = prefixes.iter().fold(Router::new(), |router, prefix| {
        let mount = mount(server, hosted, prefix);
        router.merge(with_operation(of_contexts(&mount, None), &mount).into_router())
    });
    with_fallbacks(server, router, HasPages::No)
}

/// One context alone, on its own port.
pub(super) fn of_context(server: &Arc<Server>, context: Name) -> Router {
    let hosted = &server.systems[0];
    let mount = mount(server, hosted, "");
    let document = openapi::text(mount.system(), "", Some(context), &server.settings, server.identity.asks());
    let routes = of_contexts(&mount, Some(context)).get("/openapi.json", JsonDocument::new(document));
    let everywhere = of_every_port(server, std::slice::from_ref(hosted), Some(context));
    with_fallbacks(server, everywhere.merge(routes.into_router()), HasPages::No)
}

fn mount(server: &Arc<Server>, hosted: &Arc<HostedSystem>, prefix: &str) -> Mount {
    Mount { server: server.clone(), hosted: hosted.clone(), prefix: prefix.into() }
}

/// What every port answers. `only` is the one context of a port.
fn of_every_port(server: &Arc<Server>, systems: &[Arc<HostedSystem>], only: Option<Name>) -> Router {
    let swagger = swagger::SwaggerUi::new(systems, server);
    let router = Router::new();
    let router = get(router, server, "/", "/", Index::new(server, systems, only));
    let router = get(router, server, "/problems", "/problems", problem_pages::ProblemList::new(server));
    let router = get(router, server, "/problems/{code}", "/problems/{code}", problem_pages::ProblemPage::new(server));
    let router = get(router, server, "/style.css", "/style.css", StyleSheet);
    let router = get(router, server, "/health/live", "/health/live", health::Liveness);
    let router = get(router, server, "/health/ready", "/health/ready", health::Readiness::new(server));
    let router = get(router, server, "/metrics", "/metrics", Metrics::new(server));
    let router = get(router, server, "/docs", "/docs", swagger::ToSwaggerUi);
    let router = get(router, server, "/docs/", "/docs", swagger.clone());
    get(router, server, "/docs/{*file}", "/docs", swagger)
}

/// `label` is what measures call the path.
fn get<H: Handler>(router: Router, server: &Arc<Server>, path: &str, label: &str, handler: H) -> Router {
    let location = Location { system: "", method: Some(kernel::Method::Get), route: label };
    router.route(path, on_method(kernel::Method::Get, Endpoint::new(server, location, handler)))
}

/// A whole system under one spelling of its paths.
fn of_system(mount: &Mount) -> Routes {
    let (system, settings) = (mount.system(), &mount.server.settings);
    let document = openapi::text(system, &mount.prefix, None, settings, mount.server.identity.asks());
    let routes = of_contexts(mount, None)
        .get("/openapi.json", JsonDocument::new(document))
        .get("/asyncapi.json", JsonDocument::new(asyncapi::text(system)))
        .get("/board", BoardPages::new(mount));
    let routes =
        if settings.operator { rules::add(figures::add(contexts::add(routes, mount), mount), mount) } else { routes };
    with_operation(routes, mount)
}

/// What an operator asks of one context.
fn with_operation(routes: Routes, mount: &Mount) -> Routes {
    let settings = &mount.server.settings;
    let routes = if settings.operator { parked::add(events::add(routes, mount), mount) } else { routes };
    if settings.sandbox && mount.server.identity.has_sandbox() {
        running::add(payment::add(routes, mount), mount)
    } else {
        routes
    }
}

/// Collections and routes of a system's contexts, or of one.
fn of_contexts(mount: &Mount, only: Option<Name>) -> Routes {
    let contexts = mount.system().contexts.iter().filter(|context| only.is_none_or(|only| only == context.name));
    contexts.fold(Routes::new(mount), |routes, context| {
        with_commands(with_collections(routes, mount, context), mount, context)
    })
}

fn with_collections(mut routes: Routes, mount: &Mount, context: &Context) -> Routes {
    for declared in context.readable() {
        let (name, singular) = (declared.name, declared.singular);
        let (rows, row) = (PathTemplate::collection(name), PathTemplate::row(name));
        let collection = CollectionRef { mount: mount.clone(), context: context.name, name, singular };
        routes = routes.get(&rows.to_string(), ListRows { collection: collection.clone() });
        if let Some(id_at) = mount.parameter_at(&row) {
            routes = routes.get(&row.to_string(), ReadRow { collection, id_at });
        }
    }
    routes
}

/// Parameters have one name in the router's tree, as they share its branches.
fn with_commands(mut routes: Routes, mount: &Mount, context: &Context) -> Routes {
    for (index, route) in context.routes.iter().enumerate() {
        let (id_at, fields) = (mount.parameter_at(&route.template), openapi::fields(route));
        let command = RunCommand { mount: mount.clone(), context: context.name, route: index, id_at, fields };
        routes = routes.add(route.method, &route.template.shape().to_string(), route.path, command);
    }
    routes
}

/// Unknown paths and wrong methods; axum adds `Allow` to the latter.
fn with_fallbacks(server: &Arc<Server>, router: Router, pages: HasPages) -> Router {
    let location = |route| Location { system: "", method: None, route };
    let unknown_path = Endpoint::new(server, location("unknown path"), UnknownPath { server: server.clone(), pages });
    let wrong_method = Endpoint::new(server, location("wrong method"), WrongMethod);
    router
        .method_not_allowed_fallback(move |request: Request| respond(State(wrong_method.clone()), request))
        .fallback(move |request: Request| respond(State(unknown_path.clone()), request))
}

struct UnknownPath {
    server: Arc<Server>,
    pages: HasPages,
}

/// Whether a port has the pages for people: the gateway's alone does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HasPages {
    Yes,
    No,
}
struct WrongMethod;

impl Handler for UnknownPath {
    fn is_counted(&self) -> bool {
        false
    }

    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        match self.pages {
            HasPages::Yes => shell::of_nowhere(&self.server, &request),
            HasPages::No => Err(Problem::new(&reasons::UNKNOWN_PATH)),
        }
    }
}

impl Handler for WrongMethod {
    fn is_counted(&self) -> bool {
        false
    }

    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        if request.method == Method::OPTIONS {
            return Ok(response::without_body(StatusCode::OK));
        }
        Err(Problem::new(&reasons::WRONG_METHOD))
    }
}
