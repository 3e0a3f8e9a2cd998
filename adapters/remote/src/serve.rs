//! The connections of the internal port: bounded in number, and finished in order at the end.
use crate::tls::OwnCertificate;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// Connections at one time; the processes of a system hold a few each.
const CONNECTIONS_MAX: usize = 4_096;
/// How long a connection may be idle, or a request's headers may take: longer than any client here keeps a connection.
const IDLE_TIME: Duration = Duration::from_secs(65);
/// How long a client may take to agree on TLS.
const HANDSHAKE_TIME: Duration = Duration::from_secs(5);
/// A pause after the machine could not accept a connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// How long requests under way may take at the end; a question for news is cut off.
const END_TIME: Duration = Duration::from_secs(3);

/// Serves a router of this crate, until `shutdown` is cancelled and what is under way is answered.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken) {
    serve_any(listener, router, None, shutdown).await;
}

/// The same under TLS.
pub async fn serve_tls(listener: TcpListener, router: Router, tls: OwnCertificate, shutdown: CancellationToken) {
    serve_any(listener, router, Some(TlsAcceptor::from(tls.config)), shutdown).await;
}

async fn serve_any(listener: TcpListener, router: Router, tls: Option<TlsAcceptor>, shutdown: CancellationToken) {
    let (slots, graceful) = (Arc::new(Semaphore::new(CONNECTIONS_MAX)), GracefulShutdown::new());
    loop {
        let slot = tokio::select! {
            () = shutdown.cancelled() => break,
            Ok(slot) = slots.clone().acquire_owned() => slot,
        };
        let accepted = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = connection(stream, tls.clone(), router.clone(), graceful.watcher());
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(error, "a connection ended early");
                    }
                    drop(slot);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    let _cut_off_after_that = timeout(END_TIME, graceful.shutdown()).await;
}

async fn connection(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    router: Router,
    watcher: Watcher,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    stream.set_nodelay(true)?;
    match tls {
        None => watcher.watch(http(stream, router)).await?,
        Some(tls) => {
            let stream = timeout(HANDSHAKE_TIME, tls.accept(stream)).await??;
            watcher.watch(http(stream, router)).await?;
        }
    }
    Ok(())
}

fn http<S>(stream: S, router: Router) -> http1::Connection<TokioIo<S>, TowerToHyperService<Router>>
where
    S: AsyncRead + AsyncWrite + Unpin + 'static,
{
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(IDLE_TIME);
    builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
}
