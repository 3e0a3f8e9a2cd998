//! The ports an edge binds: the gateway's, and one for each context where the settings want it.
use crate::serve::error::EdgeError;
use crate::settings::ContextPorts;
use kernel::{Name, System};
use std::net::{IpAddr, SocketAddr};
use tokio::net::TcpListener;

/// A port that is bound, and its address.
pub(super) struct BoundPort {
    pub listener: TcpListener,
    pub address: SocketAddr,
}

/// Binds one port for each context, in their order, where a system is alone and its contexts have any.
pub(super) async fn bind_contexts(
    alone: Option<&System>,
    address: IpAddr,
    which: ContextPorts,
) -> Result<Vec<(Name, BoundPort)>, EdgeError> {
    let mut bound = vec![];
    for context in alone.into_iter().flat_map(|system| &system.contexts) {
        let port = match which {
            ContextPorts::Declared => context.port,
            ContextPorts::Any => 0,
            ContextPorts::Off => break,
        };
        bound.push((context.name, bind(context.name, address, port).await?));
    }
    Ok(bound)
}

/// `of` names the port in an error. Port 0 is any free one.
pub(super) async fn bind(of: &str, address: IpAddr, port: u16) -> Result<BoundPort, EdgeError> {
    let address = SocketAddr::new(address, port);
    let failed = |error| EdgeError::Port { of: of.to_string(), address, error };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok(BoundPort { listener, address })
}
