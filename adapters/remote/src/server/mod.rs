//! The internal port.
use crate::inside::Inside;
use crate::tokens::{Guard, guarded};
use axum::Router;
use std::sync::Arc;

/// Everything below `/internal`, behind the guard.
pub fn router(_inside: Arc<dyn Inside>, guard: Arc<Guard>) -> Router {
    guarded(Router::new(), guard)
}
