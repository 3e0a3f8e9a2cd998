//! The connections of one port: accepted up to a number, closed where the client is too slow, and finished in order at the end.
use crate::request::peer::Peer;
use crate::settings::HttpSettings;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower_service::Service;

/// A pause after the machine could not accept a connection: it has no file handle left, most likely.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

pub(super) async fn serve(listener: TcpListener, router: Router, settings: HttpSettings, shutdown: CancellationToken) {
    let (graceful, slots) = (GracefulShutdown::new(), Arc::new(Semaphore::new(settings.connections_max)));
    while let Some((stream, peer, slot)) = next(&listener, &slots, &shutdown).await {
        let router = router.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            router.clone().call(request)
        });
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new());
        builder.header_read_timeout(Duration::from_millis(settings.header_timeout_ms));
        builder.max_buf_size(settings.header_bytes_max);
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(slot);
        });
    }
    drop(listener);
    if tokio::time::timeout(Duration::from_millis(settings.drain_ms), graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not finish in time");
    }
}

type Slot = tokio::sync::OwnedSemaphorePermit;

/// The next connection, once there is room for it; `None` at the end.
async fn next(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
    shutdown: &CancellationToken,
) -> Option<(TcpStream, SocketAddr, Slot)> {
    let accept = async {
        let slot = slots.clone().acquire_owned().await.ok()?;
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let _ = stream.set_nodelay(true);
                    return Some((stream, peer, slot));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    };
    tokio::select! {
        () = shutdown.cancelled() => None,
        accepted = accept => accepted,
    }
}
