//! Requests whose context another process answers: passed on as they came, held while nobody is known to answer them, sent again where their
//! answer was lost.
//!
//! `needs.rs` says what a request needs, `passage.rs` leads one request to its answer, `asking.rs` asks one process once, and
//! `internal_router.rs` is the other end. What goes wrong is told apart by what may have been done: nothing, so that the request waits
//! (`held.rs`); or perhaps everything, so that it is sent again under its key (`request_key.rs`).
//!
//! **Invariant:** what came from another edge is never passed on again, and never held.
mod asking;
pub(crate) mod header;
mod held;
pub(crate) mod hop;
pub(crate) mod internal_router;
mod load;
pub(crate) mod needs;
pub(crate) mod passage;
mod request_key;
mod stream;

use crate::pass_on::load::Load;
use crate::pass_on::request_key::RequestKeys;
use axum::http::{Request, Response};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http_body_util::Full;
use hyper::body::Incoming;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The head of an answer, or why there is none.
pub type SentOn = BoxFuture<'static, Result<Response<Incoming>, NoAnswer>>;

/// Sends a request once to a process of this system's context, with whatever proves that it comes from one of the system.
pub type SendOn = Arc<dyn Fn(&str, &str, Request<Full<Bytes>>) -> SentOn + Send + Sync>;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// There was no connection, so nothing was sent.
    NotSent,
    /// The connection broke, and some of the request may have been sent.
    Broken,
}

/// With what requests are passed on to other processes.
#[derive(Clone)]
pub struct PassOn {
    pub send: SendOn,
}

/// What all requests that are passed on share.
pub(crate) struct Passing {
    send: SendOn,
    load: Load,
    keys: RequestKeys,
    /// Room for requests that wait until somebody is known who answers them.
    held: Arc<Semaphore>,
}

impl Passing {
    pub fn new(pass_on: PassOn, held_max: usize) -> Passing {
        Passing {
            send: pass_on.send,
            load: Load::default(),
            keys: RequestKeys::new(),
            held: Arc::new(Semaphore::new(held_max)),
        }
    }
}
