//! A way between two processes that breaks: each connection is cut after so many bytes, in one direction or the other.
use std::net::{Ipv4Addr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

pub struct Proxy {
    pub url: String,
}

impl Proxy {
    /// `cut` says for each connection after how many bytes to and from the server it is cut.
    pub fn start(runtime: &Runtime, to: SocketAddr, mut cut: impl FnMut() -> (usize, usize) + Send + 'static) -> Proxy {
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        runtime.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(join(client, to, cut()));
            }
        });
        Proxy { url }
    }
}

async fn join(client: TcpStream, to: SocketAddr, (to_server, to_client): (usize, usize)) {
    let Ok(server) = TcpStream::connect(to).await else { return };
    let ((from_client, into_client), (from_server, into_server)) = (client.into_split(), server.into_split());
    // Whichever direction ends first ends both.
    tokio::select! {
        () = copy(from_client, into_server, to_server) => {}
        () = copy(from_server, into_client, to_client) => {}
    }
}

async fn copy(mut from: impl AsyncReadExt + Unpin, mut into: impl AsyncWriteExt + Unpin, mut left: usize) {
    let mut bytes = [0; 1024];
    while left > 0 {
        let most = left.min(bytes.len());
        let Ok(count @ 1..) = from.read(&mut bytes[..most]).await else { return };
        if into.write_all(&bytes[..count]).await.is_err() {
            return;
        }
        left -= count;
    }
}
