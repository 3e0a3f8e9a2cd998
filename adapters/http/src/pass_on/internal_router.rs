//! The internal port's routes: what the edges of other processes pass on to this one. Whoever mounts them has checked who asks.
use crate::pass_on::header::SYSTEM;
use crate::pass_on::hop::{self, PassedOn};
use crate::request::peer::Peer;
use crate::serve::routes;
use crate::server::Server;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::uri::{PathAndQuery, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use kernel::Name;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_service::Service;

/// What stands before the path of a request that is passed on.
pub(super) const PREFIX: &str = "/internal/requests";

/// Each system's routes, under both spellings of its paths: the client's is kept, as answers have links.
type Systems = Arc<BTreeMap<Name, Router>>;

pub(crate) fn of_server(server: &Arc<Server>) -> Router {
    let systems = server.systems.iter().map(|hosted| (hosted.name(), routes::of_hops(server, hosted)));
    let systems: Systems = Arc::new(systems.collect());
    Router::new().route(&format!("{PREFIX}/{{*path}}"), any(answer)).with_state(systems)
}

async fn answer(State(systems): State<Systems>, mut request: Request) -> Response {
    let named = request.headers().get(SYSTEM).and_then(|name| systems.get(name.to_str().ok()?));
    let (Some(router), Some(uri)) = (named, of_client(request.uri())) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    *request.uri_mut() = uri;
    request.extensions_mut().insert(PassedOn);
    request.extensions_mut().remove::<Peer>();
    if let Some(client) = hop::client(request.headers()) {
        request.extensions_mut().insert(Peer(client));
    }
    let answered = router.clone().call(request).await;
    answered.unwrap_or_else(|never| match never {})
}

/// The path and the query as the client sent them.
fn of_client(uri: &Uri) -> Option<Uri> {
    let path = uri.path_and_query()?.as_str().strip_prefix(PREFIX)?;
    path.parse::<PathAndQuery>().ok().map(Uri::from)
}
