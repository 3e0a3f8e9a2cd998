//! Requests for contexts that other processes answer: passed on as they came, held while nobody is known to answer, asked again where an answer was lost.
pub(crate) mod internal_router;

use axum::http::HeaderValue;
use std::sync::Arc;

/// The `authorization` header of a hop to this context's process; `None`: the hop carries none.
pub type Authorize = Arc<dyn Fn(&str) -> Option<HeaderValue> + Send + Sync>;

/// With what requests are passed on to other processes.
#[derive(Clone)]
pub struct PassOn {
    pub authorize: Authorize,
}
