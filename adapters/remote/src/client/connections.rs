//! Connections that are kept: one pool, and under TLS one for each context, as each proves another name.
use crate::tls::{BelievedCertificates, server_name};
use axum::http::Request;
use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::{FixedServerNameResolver, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::{Connect, HttpConnector};
use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::ServerName;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A process on the same network accepts a connection at once, or is gone.
const CONNECT_TIME: Duration = Duration::from_millis(500);
/// A connection that was idle for so long is not used again: much less than the server keeps it.
const IDLE_TIME: Duration = Duration::from_secs(5);

type Pool<C> = Client<C, Full<Bytes>>;

#[derive(Clone)]
pub(super) enum Connections {
    Plain(Box<Pool<HttpConnector>>),
    Tls(Arc<TlsConnections>),
}

pub(super) struct TlsConnections {
    tls: BelievedCertificates,
    system: String,
    by_context: Mutex<HashMap<String, Pool<HttpsConnector<HttpConnector>>>>,
}

impl Connections {
    pub fn plain() -> Connections {
        Connections::Plain(Box::new(pool(connector())))
    }

    /// Nothing is sent but under TLS.
    pub fn tls(tls: BelievedCertificates, system: &str) -> Connections {
        Connections::Tls(Arc::new(TlsConnections { tls, system: system.into(), by_context: Mutex::default() }))
    }

    pub fn request(&self, context: &str, request: Request<Full<Bytes>>) -> Result<ResponseFuture, String> {
        match self {
            Connections::Plain(pool) => Ok(pool.request(request)),
            Connections::Tls(connections) => Ok(connections.to(context)?.request(request)),
        }
    }
}

impl TlsConnections {
    fn to(&self, context: &str) -> Result<Pool<HttpsConnector<HttpConnector>>, String> {
        let mut by_context = self.by_context.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = by_context.get(context) {
            return Ok(pool.clone());
        }
        let name = ServerName::try_from(server_name(context, &self.system)).map_err(|error| error.to_string())?;
        let mut connector = connector();
        connector.enforce_http(false); // it connects for the one that speaks TLS
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(self.tls.config.clone())
            .https_only()
            .with_server_name_resolver(FixedServerNameResolver::new(name))
            .enable_http1()
            .wrap_connector(connector);
        let made = pool(connector);
        by_context.insert(context.to_string(), made.clone());
        Ok(made)
    }
}

fn connector() -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(CONNECT_TIME));
    connector
}

fn pool<C: Connect + Clone>(connector: C) -> Pool<C> {
    Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE_TIME)
        .retry_canceled_requests(false) // whether a request has left is decided by who asks
        .build(connector)
}
