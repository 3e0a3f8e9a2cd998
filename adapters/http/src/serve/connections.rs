//! The connections of one port: each of them accepted, served as far as there is room, closed where the client is too slow, and finished in order at the end.
use crate::serve::connection::Connection;
use crate::serve::reserve::ReservedConnections;
use crate::serve::spare_handle::{SpareHandle, is_out_of_handles};
use crate::server::Server;
use axum::Router;
use rustls::ServerConfig;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::task::TaskTracker;

/// A pause after the machine could not accept a connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// How long a client may take that has the last file handle.
const LAST_HANDLE_TIME: Duration = Duration::from_secs(1);

/// One port, and what serves its connections.
pub(super) struct Port {
    pub listener: TcpListener,
    pub router: Router,
    pub server: Arc<Server>,
    /// `None`: without TLS.
    pub tls: Option<watch::Receiver<Arc<ServerConfig>>>,
}

impl Port {
    /// Until the server shuts down.
    pub async fn serve(self) {
        let (open, mut reserve, mut spare) = (TaskTracker::new(), ReservedConnections::default(), SpareHandle::new());
        while let Some(accepted) = self.accept().await {
            spare.take_back(); // something else may have had it, and let it go since
            match accepted {
                Ok(client) if spare.is_lost() => self.turn_away(client).await,
                Ok(client) => match self.server.bounds.connections.clone().try_acquire_owned() {
                    Ok(slot) => {
                        let connection = self.connection(client, false);
                        open.spawn(async move {
                            connection.await;
                            drop(slot);
                        });
                    }
                    Err(_) => reserve.spawn(open.track_future(self.connection(client, true))),
                },
                Err(error) if is_out_of_handles(&error) => {
                    tracing::warn!(%error, "no file handle is left for another connection");
                    spare.release();
                    match timeout(ACCEPT_PAUSE, self.listener.accept()).await {
                        Ok(Ok(client)) => self.turn_away(client).await,
                        Ok(Err(_)) => tokio::time::sleep(ACCEPT_PAUSE).await,
                        Err(_) => {}
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
            spare.take_back();
        }
        drop(self.listener);
        let drain = Duration::from_millis(self.server.settings.drain_ms);
        open.close();
        if timeout(drain, open.wait()).await.is_err() {
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

    /// Serves one client with the last handle, which the next one needs.
    async fn turn_away(&self, client: (TcpStream, SocketAddr)) {
        drop(timeout(LAST_HANDLE_TIME, self.connection(client, true)).await);
    }

    fn connection(
        &self,
        (stream, peer): (TcpStream, SocketAddr),
        is_over_limit: bool,
    ) -> impl Future<Output = ()> + Send + use<> {
        let (router, server) = (self.router.clone(), self.server.clone());
        let tls = self.tls.as_ref().map(|shown| shown.borrow().clone());
        Connection { peer, router, server, is_over_limit }.serve(stream, tls)
    }
}
