//! Asking other processes: one pool of connections, a token with every request, and what it means when no answer comes.
pub(crate) mod ask;
mod plain;

use crate::tokens::Signer;
use bytes::Bytes;
use http_body_util::Full;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;

/// How long a connection may take to be made.
const CONNECT_TIME: Duration = Duration::from_secs(1);
/// A connection that was idle for so long is not used again: much less than the server keeps it.
const IDLE_TIME: Duration = Duration::from_secs(5);
const IDLE_CONNECTIONS_MAX: usize = 16;

/// Why a question got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// Nothing was done: nobody was there, or the process that was asked said so.
    Untouched(String),
    /// It was asked, and may have been done.
    Unknown(String),
}

type Http = hyper_util::client::legacy::Client<HttpConnector, Full<Bytes>>;

/// Asks in the name of one context, or of the gateway. Copies share their connections.
#[derive(Clone)]
pub struct Client {
    handle: Handle,
    http: Http,
    signer: Arc<Signer>,
}

impl Client {
    pub fn new(handle: Handle, signer: Arc<Signer>) -> Client {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIME));
        let http = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIME)
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .retry_canceled_requests(false) // whether a request has left is decided here
            .build(connector);
        Client { handle, http, signer }
    }

    /// The same connections, in another name.
    #[must_use]
    pub fn signed_by(&self, signer: Arc<Signer>) -> Client {
        Client { signer, ..self.clone() }
    }

    /// Where the tasks run that ask.
    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}
