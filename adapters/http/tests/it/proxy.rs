//! A connection that breaks where the test wants it: between two edges, by the byte.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// Never.
const NEVER: i64 = -1;

#[derive(Clone)]
pub struct Proxy {
    pub url: String,
    /// Bytes of requests, and of answers, that still pass; then the connection breaks once.
    requests: Arc<AtomicI64>,
    answers: Arc<AtomicI64>,
    broken: Arc<AtomicU64>,
    breaks_always: Arc<AtomicBool>,
}

impl Proxy {
    /// To the base of an internal port.
    pub async fn open(to: &str) -> Proxy {
        let to = to.strip_prefix("http://").expect("a base").to_string();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let never = || Arc::new(AtomicI64::new(NEVER));
        let proxy =
            Proxy { url, requests: never(), answers: never(), broken: Arc::default(), breaks_always: Arc::default() };
        let kept = proxy.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (to, proxy) = (to.clone(), proxy.clone());
                tokio::spawn(async move { proxy.pass(client, &to).await });
            }
        });
        kept
    }

    /// After so many bytes of an answer.
    pub fn break_answer_after(&self, bytes: usize) {
        self.answers.store(bytes as i64, Ordering::SeqCst);
    }

    /// After so many bytes of a request.
    pub fn break_request_after(&self, bytes: usize) {
        self.requests.store(bytes as i64, Ordering::SeqCst);
    }

    pub fn pass_all(&self) {
        self.requests.store(NEVER, Ordering::SeqCst);
        self.answers.store(NEVER, Ordering::SeqCst);
    }

    /// Every answer is lost from now on, whatever was done.
    pub fn lose_answers(&self, all: bool) {
        self.breaks_always.store(all, Ordering::SeqCst);
        self.answers.store(if all { 0 } else { NEVER }, Ordering::SeqCst);
    }

    /// How often a connection broke.
    pub fn broken(&self) -> u64 {
        self.broken.load(Ordering::SeqCst)
    }

    /// Waits until a connection broke.
    pub async fn has_broken(&self) {
        let breaking = async {
            while self.broken() == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), breaking).await.expect("a connection breaks");
    }

    async fn pass(&self, client: TcpStream, to: &str) {
        let Ok(server) = TcpStream::connect(to).await else { return };
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        tokio::select! {
            () = self.copy(from_client, to_server, &self.requests) => {}
            () = self.copy(from_server, to_client, &self.answers) => {}
        }
    }

    async fn copy(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, left: &AtomicI64) {
        let mut bytes = vec![0; 65_536];
        loop {
            let read = from.read(&mut bytes).await.unwrap_or(0);
            if read == 0 {
                return;
            }
            let may_pass = left.load(Ordering::SeqCst);
            let passed = if may_pass == NEVER { read } else { read.min(may_pass as usize) };
            if to.write_all(&bytes[..passed]).await.is_err() {
                return;
            }
            if may_pass != NEVER && may_pass as usize <= read {
                left.store(if self.breaks_always.load(Ordering::SeqCst) { 0 } else { NEVER }, Ordering::SeqCst);
                self.broken.fetch_add(1, Ordering::SeqCst);
                return;
            }
            if may_pass != NEVER {
                left.fetch_sub(passed as i64, Ordering::SeqCst);
            }
        }
    }
}
