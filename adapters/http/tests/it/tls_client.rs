//! A certificate of a trial, and a client that believes it: HTTP/1.1 or HTTP/2 under TLS, one connection a request.
use crate::client::TextResponse;
use crate::test_server::{TestServer, open, taxi};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::{http1, http2};
use hyper::header::HOST;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion, crypto};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// A certificate for this machine, in files of their own.
pub struct TrialCertificate {
    folder: TempDir,
}

impl TrialCertificate {
    pub fn new() -> TrialCertificate {
        TrialCertificate { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a new one in place of the one before.
    pub fn renew(&self) -> CertificateDer<'static> {
        let names = vec!["localhost".to_string(), "127.0.0.1".to_string()];
        let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
        for (name, text) in [("cert.pem", made.cert.pem()), ("key.pem", made.signing_key.serialize_pem())] {
            std::fs::write(self.file(name), text).expect("written");
        }
        made.cert.der().clone()
    }

    pub fn settings(&self) -> [(&'static str, String); 2] {
        [("tls_cert", "cert.pem"), ("tls_key", "key.pem")]
            .map(|(name, file)| (name, self.file(file).display().to_string()))
    }
}

#[derive(Clone)]
pub struct TlsClient {
    address: SocketAddr,
    believed: CertificateDer<'static>,
    config: ClientConfig,
    /// Bytes that it lets a server send before it has read them.
    window: u32,
}

pub const HTTP_1: &[u8] = b"http/1.1";
pub const HTTP_2: &[u8] = b"h2";

impl TlsClient {
    pub fn new(address: SocketAddr, believed: &CertificateDer<'static>, protocols: &[&[u8]]) -> TlsClient {
        let config = config(believed, protocols, &[&TLS13, &TLS12]);
        TlsClient { address, believed: believed.clone(), config, window: 1 << 20 }
    }

    /// The same of one version.
    pub fn offering(&self, protocols: &[&[u8]], version: &'static SupportedProtocolVersion) -> TlsClient {
        TlsClient { config: config(&self.believed, protocols, &[version]), ..self.clone() }
    }

    pub fn with_window(&self, window: u32) -> TlsClient {
        TlsClient { window, ..self.clone() }
    }

    pub async fn connect(&self) -> std::io::Result<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(self.address).await?;
        let name = ServerName::try_from("localhost").expect("a name");
        TlsConnector::from(Arc::new(self.config.clone())).connect(name, stream).await
    }

    /// Over a connection of its own.
    pub async fn open(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> hyper::Result<Response<Incoming>> {
        let stream = self.connect().await.expect("both agree");
        let is_http2 = stream.get_ref().1.alpn_protocol() == Some(HTTP_2);
        let named = format!("{}:{}", "localhost", self.address.port());
        let mut request = Request::builder().method(method);
        request = match is_http2 {
            true => request.uri(format!("https://{named}{path}")),
            false => request.uri(path).header(HOST, named),
        };
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(body.as_bytes()))).expect("a request");
        if is_http2 {
            let mut sender = self.http2(stream).await;
            return sender.send_request(request).await;
        }
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("a connection");
        tokio::spawn(connection);
        sender.send_request(request).await
    }

    /// For several requests.
    pub async fn http2(&self, stream: TlsStream<TcpStream>) -> http2::SendRequest<Full<Bytes>> {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder.initial_stream_window_size(self.window).max_header_list_size(1 << 20);
        let (sender, connection) = builder.handshake(TokioIo::new(stream)).await.expect("a connection");
        tokio::spawn(connection);
        sender
    }

    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TextResponse {
        read(self.open(method, path, headers, body).await.expect("an answer")).await
    }

    pub async fn get(&self, path: &str) -> TextResponse {
        self.request("GET", path, &[], "").await
    }

    /// Repeats the GET until the response matches, for a bounded time.
    pub async fn wait_for(&self, path: &str, matches: impl Fn(&TextResponse) -> bool) -> TextResponse {
        for _ in 0..500 {
            let response = self.get(path).await;
            if matches(&response) {
                return response;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("{path} did not become what it should be: {:?}", self.get(path).await);
    }
}

fn config(
    believed: &CertificateDer<'static>,
    protocols: &[&[u8]],
    versions: &[&'static SupportedProtocolVersion],
) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(believed.clone()).expect("a root");
    let mut config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_protocol_versions(versions)
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    config
}

pub async fn read(response: Response<Incoming>) -> TextResponse {
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("the whole body").to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    TextResponse { status: parts.status.as_u16(), headers: parts.headers, text }
}

/// A system under TLS, and clients of it.
pub struct TlsServer {
    pub server: TestServer,
    pub certificate: TrialCertificate,
    pub http1: TlsClient,
    pub http2: TlsClient,
}

pub async fn open_under_tls(more: &[(&'static str, &str)]) -> TlsServer {
    let certificate = TrialCertificate::new();
    let believed = certificate.renew();
    let tls = certificate.settings();
    let tls = tls.iter().map(|(name, value)| (*name, value.as_str()));
    let server = open(vec![taxi()], &tls.chain(more.iter().copied()).collect::<Vec<_>>()).await;
    let client = |protocol| TlsClient::new(server.gateway.0, &believed, &[protocol]);
    TlsServer { http1: client(HTTP_1), http2: client(HTTP_2), server, certificate }
}
