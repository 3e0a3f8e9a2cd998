//! Asking a provider: one answer within a time and a size, over TLS that the machine's root certificates vouch for, and never led elsewhere by a redirect.
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, Response, Uri};
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long a provider may take for one answer.
const ANSWER_TIME: Duration = Duration::from_secs(5);
/// Well beyond any set of keys.
const ANSWER_BYTES_MAX: usize = 1 << 20;
const IDLE_TIME: Duration = Duration::from_secs(5);

/// Why there is no answer, for a log.
#[derive(Debug)]
pub struct Unreached(pub String);

impl std::fmt::Display for Unreached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreached {}

#[derive(Clone)]
pub struct ProviderClient(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl ProviderClient {
    /// # Errors
    /// There is no TLS at all.
    pub fn new() -> Result<ProviderClient, String> {
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls().map_err(|error| error.to_string())?);
        let connector = connector.https_or_http().enable_http1().build();
        let mut client = Client::builder(TokioExecutor::new());
        client.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_TIME);
        Ok(ProviderClient(client.build(connector)))
    }

    /// Sends only where nobody on the way can read or change it.
    pub async fn ask(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Unreached> {
        if !is_safe(request.uri()) {
            return Err(Unreached("its address is neither https nor on this machine".into()));
        }
        let asked = async {
            let response = self.0.request(request.map(|body| Full::new(body.into()))).await;
            let (head, body) = response.map_err(|error| Unreached(causes(&error)))?.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(|error| Unreached(error.to_string()))?.to_bytes();
            Ok(Response::from_parts(head, body.to_vec()))
        };
        timeout(ANSWER_TIME, asked).await.unwrap_or_else(|_| Err(Unreached("it takes too long".into())))
    }
}

/// A machine without root certificates reaches a provider on itself all the same.
fn tls() -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = match builder.clone().with_native_roots() {
        Ok(builder) => builder,
        Err(error) => {
            tracing::warn!(%error, "no root certificates: no issuer is believed over https");
            builder.with_root_certificates(RootCertStore::empty())
        }
    };
    Ok(builder.with_no_client_auth())
}

/// An error with what caused it: the outermost says little.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

/// `https`, or on this machine.
pub fn is_safe(uri: &Uri) -> bool {
    let is_loopback = |host: &str| {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    };
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => is_loopback(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_or_this_machine() {
        let safe = |text: &str| text.parse().is_ok_and(|uri| is_safe(&uri));
        for good in ["https://id.example/realms/a", "http://localhost:8080", "http://127.0.0.1/x", "http://[::1]:1/"] {
            assert!(safe(good), "{good}");
        }
        for bad in [
            "http://id.example",
            "http://localhost.example",
            "http://10.0.0.1",
            "ftp://localhost",
            "id.example",
            "/x",
            "",
        ] {
            assert!(!safe(bad), "{bad}");
        }
    }
}
