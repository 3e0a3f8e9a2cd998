//! HTTP/2 on a connection, with the limits that HTTP/1.1 has: heads, silence, answers that are not taken, one request beyond the limit.
use crate::endpoint::unsent::Unsent;
use crate::serve::connection::{Connection, Ended, until_told};
use crate::serve::exchanges::Exchanges;
use crate::serve::flushed::Flushed;
use crate::serve::granted_body::{GrantedBody, PIECE_BYTES};
use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::convert::Infallible;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::sync::CancellationToken;
use tower_service::Service;

/// Requests of one connection at once.
const STREAMS_MAX: u32 = 100;
/// Bytes of bodies that a client may send before they are read, on one connection: as many as every client may send at first.
const WINDOW_BYTES: u32 = 65_535;
/// How long a client that was told that its connection ends may go on without a request.
const FAREWELL_TIME: Duration = Duration::from_secs(1);

impl Connection {
    pub async fn http2<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(self, stream: S) -> Ended {
        let (exchanges, unsent) = (Exchanges::default(), Unsent::default());
        let builder = self.http2_builder();
        let (shutdown, header_time, write_time) = (self.server.shutdown.clone(), self.header_time(), self.write_time());
        let is_over_limit = self.is_over_limit;
        let stream = Flushed { stream, unsent: unsent.clone() };
        let begun = exchanges.clone();
        let service = service_fn(move |request| {
            let exchange = begun.begin();
            let answering = self.router.clone().call(with_host(self.received(request, &unsent)));
            async move {
                let answer = answering.await?;
                Ok::<_, Infallible>(answer.map(|body| Body::new(GrantedBody::new(body, exchange))))
            }
        });
        let told = CancellationToken::new();
        let is_over = async {
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = exchanges.are_none_for(header_time) => {}
                () = exchanges.had_one(), if is_over_limit => {}
            }
            told.cancel();
        };
        let connection = until_told(builder.serve_connection(TokioIo::new(stream), service), is_over);
        let has_nothing_more = async {
            told.cancelled().await;
            exchanges.are_none_for(FAREWELL_TIME).await;
        };
        tokio::select! {
            ended = connection => Ok(ended?),
            () = has_nothing_more => Ok(()),
            () = exchanges.are_not_taken_for(write_time) => Err("its client takes nothing of an answer".into()),
        }
    }

    fn http2_builder(&self) -> http2::Builder<TokioExecutor> {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder.timer(TokioTimer::new());
        builder.max_header_list_size(self.server.settings.header_bytes_max.try_into().unwrap_or(u32::MAX));
        builder.max_concurrent_streams(if self.is_over_limit { 1 } else { STREAMS_MAX });
        builder.initial_stream_window_size(WINDOW_BYTES);
        builder.initial_connection_window_size(WINDOW_BYTES);
        builder.max_send_buf_size(PIECE_BYTES);
        builder
    }
}

/// With the host of its `:authority` as HTTP/1.1 has it. A `Host` that names another one is a second host, and refused as such.
fn with_host(mut request: Request) -> Request {
    let authority = request.uri().authority().map(Authority::as_str).and_then(|name| HeaderValue::from_str(name).ok());
    let named: Vec<&HeaderValue> = request.headers().get_all(HOST).iter().collect();
    if let Some(authority) = authority.filter(|authority| named != [authority]) {
        request.headers_mut().append(HOST, authority);
    }
    request
}
