//! The internal port: bound before anything is made, served when the host is there.
use super::settings::ClusterSettings;
use crate::command_error::{CommandError, CommandResult};
use axum::Router;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub struct InternalPort {
    listener: TcpListener,
    /// As other processes reach it.
    pub url: String,
}

impl InternalPort {
    pub async fn bind(set: &ClusterSettings) -> CommandResult<InternalPort> {
        let address = SocketAddr::new(set.address, set.port);
        let failed = |error: std::io::Error| {
            CommandError::unreadable(format!(
                "the internal port {address} can't be opened: {error}; choose another one with --set cluster.port=PORT, or any free one with =0"
            ))
        };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        let url =
            if set.url.is_empty() { format!("http://{bound}") } else { set.url.trim_end_matches('/').to_string() };
        Ok(InternalPort { listener, url })
    }

    /// Until it is ended.
    pub fn serve(self, router: Router, end: CancellationToken) {
        tokio::spawn(remote::serve(self.listener, router, end));
    }
}
