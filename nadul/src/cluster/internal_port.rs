//! The internal port: bound before anything is made, served when the host is there.
use super::settings::ClusterSettings;
use crate::command_error::{CommandError, CommandResult};
use axum::Router;
use remote::OwnCertificate;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub struct InternalPort {
    listener: TcpListener,
    /// As other processes reach it.
    pub url: String,
    certificate: Option<OwnCertificate>,
}

impl InternalPort {
    pub async fn bind(set: &ClusterSettings, certificate: Option<OwnCertificate>) -> CommandResult<InternalPort> {
        let address = SocketAddr::new(set.address, set.port);
        let failed = |error: std::io::Error| {
            CommandError::unreadable(format!(
                "the internal port {address} can't be opened: {error}; choose another one with --set cluster.port=PORT, or any free one with =0"
            ))
        };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        let url = match set.url.trim_end_matches('/') {
            "" => format!("{}://{bound}", set.scheme()),
            url => url.to_string(),
        };
        Ok(InternalPort { listener, url, certificate })
    }

    /// Until it is ended.
    pub fn serve(self, router: Router, end: CancellationToken) {
        match self.certificate {
            Some(certificate) => tokio::spawn(remote::serve_tls(self.listener, router, certificate, end)),
            None => tokio::spawn(remote::serve(self.listener, router, end)),
        };
    }
}
