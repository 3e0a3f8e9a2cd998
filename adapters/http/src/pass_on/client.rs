//! The client of a hop: connections to the internal ports of other processes, kept for a while.
use axum::http::Request;
use bytes::Bytes;
use http_body_util::Full;
use hyper::Response;
use hyper::body::Incoming;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::time::Duration;

/// A process on the same network accepts a connection at once, or is gone.
const CONNECT_TIME: Duration = Duration::from_millis(500);
/// Shorter than servers keep a silent connection, so that few requests meet one that is about to be closed.
const IDLE_TIME: Duration = Duration::from_secs(5);

pub(super) struct Client(legacy::Client<HttpConnector, Full<Bytes>>);

/// Why there is no answer.
pub(super) enum NoAnswer {
    /// There was no connection, so nothing was sent.
    NotSent,
    /// The connection broke, and some of the request may have been sent.
    Broken,
}

impl Client {
    pub fn new() -> Client {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIME));
        let mut client = legacy::Client::builder(TokioExecutor::new());
        client.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_TIME);
        client.retry_canceled_requests(false); // whether to send again is decided where it is known what is asked
        Client(client.build(connector))
    }

    /// The head of the answer.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, NoAnswer> {
        self.0
            .request(request)
            .await
            .map_err(|error| if error.is_connect() { NoAnswer::NotSent } else { NoAnswer::Broken })
    }
}
