//! Opening the edge: which systems, on which ports, until when.
use crate::house::{House, Site};
use crate::hub::Hub;
use crate::render_metrics::RenderMetrics;
use crate::settings::{Bounds, ContextPorts};
use crate::{cors, listen, site};
use kernel::{Name, Settings};
use runtime::host::Host;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Everything an edge is opened with.
pub struct Edge {
    pub hosts: Vec<Hosted>,
    /// The `[http]` settings.
    pub settings: Settings,
    /// `None`: there is no `/metrics`. The recorder must be installed before the edge opens.
    pub render_metrics: Option<RenderMetrics>,
    /// Cancelled, the edge takes nothing new, ends its streams and finishes what is under way.
    pub shutdown: CancellationToken,
}

/// A system at work, and the hub its commits go to.
pub struct Hosted {
    pub host: Arc<Host>,
    pub hub: Arc<Hub>,
}

/// An open edge: where it listens.
#[derive(Debug)]
pub struct Serving {
    pub gateway: SocketAddr,
    /// Contexts with a port of their own.
    pub contexts: Vec<(Name, SocketAddr)>,
    ports: JoinSet<()>,
}

/// Why an edge was not opened.
#[derive(Debug)]
pub enum EdgeError {
    Address(String),
    NotLoopback(IpAddr),
    Port { of: String, address: SocketAddr, error: io::Error },
    NoSystem,
}

impl fmt::Display for EdgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EdgeError::Address(text) => write!(f, "[http] address is no IP address: {text}"),
            EdgeError::NotLoopback(address) => write!(
                f,
                "[http] address {address} can be reached from other machines, and nobody has to log in: use a loopback address such as 127.0.0.1"
            ),
            EdgeError::Port { of, address, error } => {
                write!(f, "the port of {of} ({address}) can't be opened: {error}")
            }
            EdgeError::NoSystem => f.write_str("there is no system to serve"),
        }
    }
}

impl std::error::Error for EdgeError {}

type OwnPorts = (Vec<TcpListener>, Vec<(Name, SocketAddr)>);

/// Opens every port, or none.
pub async fn serve(edge: Edge) -> Result<Serving, EdgeError> {
    let Edge { hosts, settings, render_metrics, shutdown } = edge;
    let bounds = Bounds::read(&settings);
    let address = bounds.address.ok_or_else(|| EdgeError::Address(settings.text("address").unwrap_or("").into()))?;
    if !address.is_loopback() {
        return Err(EdgeError::NotLoopback(address));
    }
    let sites: Vec<_> = hosts.into_iter().map(|Hosted { host, hub }| Arc::new(Site { host, hub })).collect();
    let alone = match sites.as_slice() {
        [] => return Err(EdgeError::NoSystem),
        [alone] => Some(alone.clone()),
        _ => None,
    };
    let (gateway, gateway_at) = bind("the gateway", address, bounds.gateway_port).await?;
    let (own, contexts) = own_ports(alone.as_deref(), address, bounds.context_ports).await?;
    let house = Arc::new(House::new(bounds.clone(), sites, contexts.clone(), render_metrics, shutdown));
    let own = own.into_iter().enumerate().map(|(index, listener)| (listener, site::own(&house, index)));
    let mut ports = JoinSet::new();
    for (listener, router) in [(gateway, site::gateway(&house))].into_iter().chain(own) {
        ports.spawn(listen::serve(listener, cors::layer(router, &bounds), bounds.clone(), house.shutdown.clone()));
    }
    Ok(Serving { gateway: gateway_at, contexts, ports })
}

/// One for each context, in their order, where a system is alone and its contexts have any.
async fn own_ports(alone: Option<&Site>, address: IpAddr, which: ContextPorts) -> Result<OwnPorts, EdgeError> {
    let (mut listeners, mut at) = (vec![], vec![]);
    for context in alone.into_iter().flat_map(|site| &site.system().contexts) {
        let port = match which {
            ContextPorts::Declared => context.port,
            ContextPorts::Any => 0,
            ContextPorts::Off => break,
        };
        let (listener, open_at) = bind(context.name, address, port).await?;
        listeners.push(listener);
        at.push((context.name, open_at));
    }
    Ok((listeners, at))
}

impl Serving {
    /// Waits until every port has finished; they begin to when `shutdown` is cancelled.
    pub async fn finished(mut self) {
        while self.ports.join_next().await.is_some() {}
    }
}

async fn bind(of: &str, address: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr), EdgeError> {
    let address = SocketAddr::new(address, port);
    let failed = |error| EdgeError::Port { of: of.to_string(), address, error };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let at = listener.local_addr().map_err(failed)?;
    Ok((listener, at))
}
