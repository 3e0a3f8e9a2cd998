//! Many clients that send something and then do nothing.
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::net::SocketAddr;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// Each client has a file open here, too.
pub fn raise_limit() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let _fewer_clients_then = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
}

/// Those that could be opened. A client that is let go meanwhile has been answered.
pub async fn open(address: SocketAddr, clients: usize, request: &str) -> Vec<TcpStream> {
    let mut opened = vec![];
    for _ in 0..clients {
        let Ok(mut stream) = TcpStream::connect(address).await else { continue };
        if stream.write_all(request.as_bytes()).await.is_ok() {
            opened.push(stream);
        }
    }
    opened
}
