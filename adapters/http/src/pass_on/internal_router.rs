//! The internal port's routes: what other processes pass on to this one. Whoever mounts them has checked who asks.
use crate::server::Server;
use axum::Router;
use std::sync::Arc;

/// What stands before the path of a request that is passed on.
pub(crate) const PREFIX: &str = "/internal/requests";

pub(crate) fn of_server(_server: &Arc<Server>) -> Router {
    Router::new()
}
