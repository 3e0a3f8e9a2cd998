//! The connections of one port: each of them accepted, served as far as there is room, closed where the client is too slow, and finished in order at the end.
use crate::endpoint::unsent::Unsent;
use crate::request::peer::{OverLimit, Peer};
use crate::serve::reserve::ReservedConnections;
use crate::serve::spare_handle::{SpareHandle, is_out_of_handles};
use crate::serve::write_deadline::WriteDeadline;
use crate::server::Server;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tower_service::Service;

/// A pause after the machine could not accept a connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// How long a client may take that has the last file handle.
const LAST_HANDLE_TIME: Duration = Duration::from_millis(200);
/// How long a client beyond the limit may take to send its headers.
const OVER_LIMIT_HEADER_TIME: Duration = Duration::from_secs(1);

/// One port, and what serves its connections.
pub(super) struct Port {
    pub listener: TcpListener,
    pub router: Router,
    pub server: Arc<Server>,
}

impl Port {
    /// Until the server shuts down.
    pub async fn serve(self) {
        let (graceful, mut reserve, mut spare) =
            (GracefulShutdown::new(), ReservedConnections::default(), SpareHandle::new());
        while let Some(accepted) = self.accept().await {
            match accepted {
                Ok(client) => match self.server.bounds.connections.clone().try_acquire_owned() {
                    Ok(slot) => {
                        let connection = self.connection(client, &graceful, false);
                        tokio::spawn(async move {
                            connection.await;
                            drop(slot);
                        });
                    }
                    Err(_) => reserve.spawn(self.connection(client, &graceful, true)),
                },
                Err(error) if is_out_of_handles(&error) => {
                    tracing::warn!(%error, "no file handle is left for another connection");
                    spare.release();
                    self.turn_away(&graceful).await;
                    spare.take_back();
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
        drop(self.listener);
        let drain = Duration::from_millis(self.server.settings.drain_ms);
        if timeout(drain, graceful.shutdown()).await.is_err() {
            tracing::warn!("some connections did not finish in time");
        }
    }

    /// `None` at the end.
    async fn accept(&self) -> Option<std::io::Result<(TcpStream, SocketAddr)>> {
        tokio::select! {
            () = self.server.shutdown.cancelled() => None,
            accepted = self.listener.accept() => Some(accepted),
        }
    }

    /// Serves one client with the handle that is left.
    async fn turn_away(&self, graceful: &GracefulShutdown) {
        match timeout(ACCEPT_PAUSE, self.listener.accept()).await {
            Ok(Ok(client)) => drop(timeout(LAST_HANDLE_TIME, self.connection(client, graceful, true)).await),
            Ok(Err(_)) => tokio::time::sleep(ACCEPT_PAUSE).await,
            Err(_) => {}
        }
    }

    fn connection(
        &self,
        (stream, peer): (TcpStream, SocketAddr),
        graceful: &GracefulShutdown,
        is_over_limit: bool,
    ) -> impl Future<Output = ()> + Send + use<> {
        let _ = stream.set_nodelay(true);
        let (router, unsent) = (self.router.clone(), Unsent::default());
        let settings = &self.server.settings;
        let io = WriteDeadline::new(stream, Duration::from_millis(settings.write_timeout_ms), unsent.clone());
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            request.extensions_mut().insert(unsent.clone());
            if is_over_limit {
                request.extensions_mut().insert(OverLimit);
            }
            router.clone().call(request)
        });
        let connection = self.builder(is_over_limit).serve_connection(TokioIo::new(io), service);
        let connection = graceful.watch(connection);
        async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        }
    }

    fn builder(&self, is_over_limit: bool) -> http1::Builder {
        let settings = &self.server.settings;
        let header_time = Duration::from_millis(settings.header_timeout_ms);
        let header_time = if is_over_limit { header_time.min(OVER_LIMIT_HEADER_TIME) } else { header_time };
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new());
        builder.header_read_timeout(header_time);
        builder.max_buf_size(settings.header_bytes_max);
        builder.keep_alive(!is_over_limit);
        builder
    }
}
