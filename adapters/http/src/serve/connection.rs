//! One connection of a client: TLS where it is set, then HTTP/1.1 or HTTP/2, until the client ends it, is too slow, or the edge stops.
use crate::callers::Client;
use crate::endpoint::unsent::Unsent;
use crate::request::peer::{OverLimit, Peer};
use crate::serve::certificate::HTTP_2;
use crate::serve::flushed::Flushed;
use crate::serve::write_deadline::WriteDeadline;
use crate::server::Server;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use rustls::ServerConfig;
use std::error::Error;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower_service::Service;

/// How long a client beyond the limit may take to send its headers.
const OVER_LIMIT_HEADER_TIME: Duration = Duration::from_secs(1);

pub(super) type Ended = Result<(), Box<dyn Error + Send + Sync>>;

/// What is known of a connection before anything was said on it.
pub(super) struct Connection {
    pub peer: SocketAddr,
    pub router: Router,
    pub server: Arc<Server>,
    /// It is one more than there may be.
    pub is_over_limit: bool,
}

impl Connection {
    /// Until it ends. `tls`: `None` where TLS is not set.
    pub async fn serve(self, stream: TcpStream, tls: Option<Arc<ServerConfig>>) {
        if let Err(error) = self.speak(stream, tls).await {
            tracing::debug!(error, "a connection ended early");
        }
    }

    async fn speak(self, stream: TcpStream, tls: Option<Arc<ServerConfig>>) -> Ended {
        let _ = stream.set_nodelay(true);
        let stream = WriteDeadline::new(stream, self.write_time());
        let Some(tls) = tls else { return self.http1(stream).await };
        let handshake = timeout(self.header_time(), TlsAcceptor::from(tls).accept(stream));
        let Some(agreed) = self.server.shutdown.run_until_cancelled(handshake).await else { return Ok(()) };
        let stream = agreed??;
        match stream.get_ref().1.alpn_protocol() {
            Some(HTTP_2) => self.http2(stream).await,
            _ => self.http1(stream).await,
        }
    }

    async fn http1<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(self, stream: S) -> Ended {
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new());
        builder.header_read_timeout(self.header_time());
        builder.max_buf_size(self.server.settings.header_bytes_max);
        builder.keep_alive(!self.is_over_limit);
        let (router, shutdown, unsent) = (self.router.clone(), self.server.shutdown.clone(), Unsent::default());
        let stream = Flushed { stream, unsent: unsent.clone() };
        let service = service_fn(move |request| router.clone().call(self.received(request, &unsent)));
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        Ok(until_told(connection, shutdown.cancelled()).await?)
    }

    /// A request, with what is known of its connection.
    pub fn received(&self, request: hyper::Request<Incoming>, unsent: &Unsent) -> Request {
        let mut request = request.map(Body::new);
        let client = Client::of(self.peer.ip(), request.headers(), &self.server.settings.trusted_proxies);
        request.extensions_mut().insert(client);
        request.extensions_mut().insert(Peer(self.peer));
        request.extensions_mut().insert(unsent.clone());
        if self.is_over_limit {
            request.extensions_mut().insert(OverLimit);
        }
        request
    }

    /// How long a client may take to agree on TLS, to send its headers, or stay silent.
    pub fn header_time(&self) -> Duration {
        let time = Duration::from_millis(self.server.settings.header_timeout_ms);
        if self.is_over_limit { time.min(OVER_LIMIT_HEADER_TIME) } else { time }
    }

    /// How long a client may take nothing of its answer.
    pub fn write_time(&self) -> Duration {
        Duration::from_millis(self.server.settings.write_timeout_ms)
    }
}

/// Serves until the client is done, or `told` to end: then what is under way is finished.
pub(super) async fn until_told<C: GracefulConnection>(connection: C, told: impl Future<Output = ()>) -> C::Output {
    let graceful = GracefulShutdown::new();
    let mut connection = pin!(graceful.watch(connection));
    tokio::select! {
        ended = &mut connection => return ended,
        () = told => {}
    }
    tokio::join!(connection, graceful.shutdown()).0
}
