//! Requests whose context another process answers: passed on as they came, held while nobody is known to answer them, sent again where their
//! answer was lost.
//!
//! `needs.rs` says what a request needs, `passage.rs` leads one request to its answer, `asking.rs` asks one process once, and
//! `internal_router.rs` is the other end. What goes wrong is told apart by what may have been done: nothing, so that the request waits
//! (`held.rs`); or perhaps everything, so that it is sent again under its key (`request_key.rs`).
//!
//! **Invariant:** what came from another edge is never passed on again, and never held.
mod asking;
mod client;
pub(crate) mod header;
mod held;
pub(crate) mod hop;
pub(crate) mod internal_router;
mod load;
pub(crate) mod needs;
pub(crate) mod passage;
mod request_key;
mod stream;

use crate::pass_on::client::Client;
use crate::pass_on::load::Load;
use crate::pass_on::request_key::RequestKeys;
use axum::http::HeaderValue;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The `authorization` header of a hop to the process of this system's context; `None`: the hop carries none.
pub type Authorize = Arc<dyn Fn(&str, &str) -> Option<HeaderValue> + Send + Sync>;

/// With what requests are passed on to other processes.
#[derive(Clone)]
pub struct PassOn {
    pub authorize: Authorize,
}

/// What all requests that are passed on share.
pub(crate) struct Passing {
    authorize: Authorize,
    client: Client,
    load: Load,
    keys: RequestKeys,
    /// Room for requests that wait until somebody is known who answers them.
    held: Arc<Semaphore>,
}

impl Passing {
    pub fn new(pass_on: PassOn, held_max: usize) -> Passing {
        Passing {
            authorize: pass_on.authorize,
            client: Client::new(),
            load: Load::default(),
            keys: RequestKeys::new(),
            held: Arc::new(Semaphore::new(held_max)),
        }
    }
}
