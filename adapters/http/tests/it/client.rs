//! A client that opens one connection a request.
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::HOST;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[derive(Clone, Copy, Debug)]
pub struct Client(pub SocketAddr);

/// A response, read to its end.
#[derive(Debug)]
pub struct TextResponse {
    pub status: u16,
    pub headers: hyper::HeaderMap,
    pub text: String,
}

impl TextResponse {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The code of the problem in this response.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        problem["type"].as_str().and_then(|kind| kind.strip_prefix("/problems/")).expect("a path").to_string()
    }
}

impl Client {
    pub async fn open(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response<Incoming> {
        let stream = TcpStream::connect(self.0).await.expect("the edge listens");
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("a connection");
        tokio::spawn(connection);
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).expect("a method")).uri(path);
        request = request.header(HOST, self.0.to_string());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(body.as_bytes()))).expect("a request");
        sender.send_request(request).await.expect("an answer")
    }

    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TextResponse {
        let response = self.open(method, path, headers, body).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the whole body").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        TextResponse { status: parts.status.as_u16(), headers: parts.headers, text }
    }

    /// Sends bytes as they are, and reads until the server closes the connection.
    pub async fn send(&self, text: &str) -> String {
        self.send_in_parts(&[text]).await
    }

    /// Sends each part once the answer to the one before has begun.
    pub async fn send_in_parts(&self, parts: &[&str]) -> String {
        let mut stream = TcpStream::connect(self.0).await.expect("the edge listens");
        let mut read = vec![];
        for part in parts {
            stream.write_all(part.as_bytes()).await.expect("sent");
            let before = read.len();
            while read.len() == before {
                let arrived = tokio::time::timeout(Duration::from_secs(10), stream.read_buf(&mut read));
                assert_ne!(arrived.await.expect("in time").expect("the connection goes on"), 0, "closed too soon");
            }
        }
        let rest = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut read));
        rest.await.expect("in time").expect("the connection ends in order");
        String::from_utf8_lossy(&read).into_owned()
    }

    pub async fn get(&self, path: &str) -> TextResponse {
        self.request("GET", path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &str) -> TextResponse {
        self.request("POST", path, &[], body).await
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
