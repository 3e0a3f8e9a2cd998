//! What hangs where: the gateway's paths, and those of a context's own port.
use crate::call::Call;
use crate::collection::Listed;
use crate::collection_ref::CollectionRef;
use crate::command::Command;
use crate::door::{Handle, any, door, enter};
use crate::house::{House, Place, Site};
use crate::problem::{Outcome, Problem};
use crate::row::OneRow;
use crate::{
    answer, asyncapi, board, cause, docs, health, index, metrics_page, openapi, operator, problem_page, sandbox,
};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use kernel::Method::Get;
use std::sync::Arc;

/// Every system under its name; one alone also without.
pub(crate) fn gateway(house: &Arc<House>) -> Router {
    let mut router = everywhere(house, house.sites.clone(), None);
    let alone = house.sites.len() == 1;
    for site in &house.sites {
        let named =
            Place { house: house.clone(), site: site.clone(), prefix: format!("/{}", site.system().name).into() };
        router = router.merge(whole(&named));
        router = hang(router, &named, "", "/{system}", index::Index::of(house, vec![site.clone()], None));
        if alone {
            router = router.merge(whole(&Place { prefix: "".into(), ..named }));
        }
    }
    finish(house, router)
}

/// One context alone, on its own port.
pub(crate) fn own(house: &Arc<House>, context: usize) -> Router {
    let site = house.sites[0].clone();
    let place = Place { house: house.clone(), site: site.clone(), prefix: "".into() };
    let router = everywhere(house, vec![site], Some(context)).merge(contexts(&place, Some(context)));
    finish(house, document(router, &place, "/openapi.json", openapi::text(&place, Some(context))))
}

/// What every port answers.
fn everywhere(house: &Arc<House>, sites: Vec<Arc<Site>>, only: Option<usize>) -> Router {
    Router::new()
        .route("/", door(house, "", Get, "/", index::Index::of(house, sites.clone(), only)))
        .route("/problems", door(house, "", Get, "/problems", problem_page::All::of(house)))
        .route("/problems/{code}", door(house, "", Get, "/problems/{code}", problem_page::One::of(house)))
        .route("/health/live", door(house, "", Get, "/health/live", health::Live))
        .route("/health/ready", door(house, "", Get, "/health/ready", health::Ready::of(house)))
        .route("/metrics", door(house, "", Get, "/metrics", metrics_page::Metrics::of(house)))
        .route("/docs", door(house, "", Get, "/docs", docs::Front))
        .route("/docs/", door(house, "", Get, "/docs", docs::Files::of(&sites, house)))
        .route("/docs/{*file}", door(house, "", Get, "/docs", docs::Files::of(&sites, house)))
}

/// A whole system under one spelling.
fn whole(place: &Place) -> Router {
    let mut router = contexts(place, None);
    router = document(router, place, "/openapi.json", openapi::text(place, None));
    router = document(router, place, "/asyncapi.json", asyncapi::text(place.system()));
    router = hang(router, place, "/board", "/board", board::Board::of(place.system()));
    router = operator::hang(router, place);
    sandbox::hang(router, place)
}

/// Collections and routes of a system's contexts, or of one.
fn contexts(place: &Place, only: Option<usize>) -> Router {
    let mut router = Router::new();
    for (context, declared) in place.system().contexts.iter().enumerate() {
        if only.is_some_and(|only| only != context) {
            continue;
        }
        for collection in declared.readable() {
            let collection =
                CollectionRef { place: place.clone(), context, name: collection.name, singular: collection.singular };
            let (all, one) = (format!("/{}", collection.name), format!("/{}/{{id}}", collection.name));
            router = hang(router, place, &all, &all, Listed { collection: collection.clone() });
            router = hang(router, place, &one, &one, OneRow { collection, id_at: place.depth() + 1 });
        }
        for (route, told) in declared.routes.iter().enumerate() {
            let id_at = told.path.split('/').position(|part| part.starts_with('{')).map(|at| at + place.depth() - 1);
            let fields = openapi::fields(told);
            let command = Command { place: place.clone(), context, route, id_at, fields };
            let path = crate::site::path(told.path);
            let name = place.system().name;
            let at = format!("{}{path}", place.prefix);
            router = router.route(&at, door(&place.house, name, told.method, told.path, command));
        }
    }
    router
}

/// Parameters have one name in the tree, as they share its branches.
fn path(declared: &str) -> String {
    declared.split('/').map(|part| if part.starts_with('{') { "{id}" } else { part }).collect::<Vec<_>>().join("/")
}

pub(crate) fn hang<H: Handle>(router: Router, place: &Place, path: &str, called: &str, handle: H) -> Router {
    let at = format!("{}{path}", place.prefix);
    router.route(&at, door(&place.house, place.system().name, Get, called, handle))
}

fn document(router: Router, place: &Place, path: &'static str, text: String) -> Router {
    hang(router, place, path, path, Document(text.into()))
}

/// A JSON text made once.
struct Document(bytes::Bytes);

impl Handle for Document {
    async fn handle(&self, _: Call) -> Outcome<Response> {
        let mut response = answer::of(StatusCode::OK, crate::accept::JSON, String::new());
        *response.body_mut() = self.0.clone().into();
        Ok(response)
    }
}

/// Unknown paths and wrong methods; axum adds `Allow` to the latter.
fn finish(house: &Arc<House>, router: Router) -> Router {
    let (nowhere, not_so) = (any(house, "unknown path", Nowhere), any(house, "wrong method", NotSo));
    router
        .method_not_allowed_fallback(move |request: Request| enter(State(not_so.clone()), request))
        .fallback(move |request: Request| enter(State(nowhere.clone()), request))
}

struct Nowhere;
struct NotSo;

impl Handle for Nowhere {
    async fn handle(&self, _: Call) -> Outcome<Response> {
        Err(Problem::of(&cause::UNKNOWN_PATH))
    }
}

impl Handle for NotSo {
    async fn handle(&self, call: Call) -> Outcome<Response> {
        if call.method == Method::OPTIONS {
            return Ok(answer::empty(StatusCode::OK));
        }
        Err(Problem::of(&cause::WRONG_METHOD))
    }
}
