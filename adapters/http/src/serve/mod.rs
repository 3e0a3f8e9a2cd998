//! Opening the edge: which systems, on which ports, until when.
mod answer_headers;
mod connections;
mod cors;
mod error;
mod ports;
mod reserve;
pub(crate) mod routes;
mod spare_handle;
mod unread_body;
mod write_deadline;

pub use error::EdgeError;

use crate::pass_on::{PassOn, internal_router};
use crate::serve::connections::Port;
use crate::server::Server;
use crate::server::hosted_system::HostedSystem;
use crate::server::render_metrics::RenderMetrics;
use crate::settings::HttpSettings;
use axum::Router;
use axum::middleware::{from_fn, map_response};
use kernel::{Name, Settings, System};
use ports::BoundPort;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Everything an edge is opened with.
pub struct Edge {
    pub systems: Vec<HostedSystem>,
    /// The `[http]` settings.
    pub settings: Settings,
    /// `None`: there is no `/metrics`. The recorder must be installed before the edge opens.
    pub render_metrics: Option<RenderMetrics>,
    /// Cancelled, the edge takes nothing new, ends its streams and finishes what is under way.
    pub shutdown: CancellationToken,
    /// How many connections the process has file handles for.
    pub connections_max: usize,
    /// `None`: every context is in this process.
    pub pass_on: Option<PassOn>,
}

/// An open edge: where it listens.
pub struct Serving {
    pub gateway: SocketAddr,
    /// Contexts with a port of their own.
    pub contexts: Vec<(Name, SocketAddr)>,
    server: Arc<Server>,
    ports: JoinSet<()>,
}

/// Ports that are bound and not served yet; who connects meanwhile waits.
pub struct BoundPorts {
    settings: HttpSettings,
    gateway: BoundPort,
    contexts: Vec<(Name, BoundPort)>,
}

/// Binds every port that an edge of these systems needs, or none: before their stores are made.
pub async fn bind(systems: &[&System], given: &Settings) -> Result<BoundPorts, EdgeError> {
    let settings = read(given)?;
    let address = settings.address;
    let alone = match systems {
        [] => return Err(EdgeError::NoSystem),
        [alone] => Some(*alone),
        _ => None,
    };
    let gateway = ports::bind("the gateway", address, settings.gateway_port).await?;
    let contexts = ports::bind_contexts(alone, address, settings.context_ports).await?;
    Ok(BoundPorts { settings, gateway, contexts })
}

/// Opens every port, or none.
pub async fn serve(edge: Edge) -> Result<Serving, EdgeError> {
    let systems: Vec<&System> = edge.systems.iter().map(HostedSystem::system).collect();
    let ports = bind(&systems, &edge.settings).await?;
    Ok(serve_on(ports, edge))
}

/// Serves on ports that are bound already.
pub fn serve_on(ports: BoundPorts, edge: Edge) -> Serving {
    let Edge { systems, render_metrics, shutdown, connections_max, pass_on, .. } = edge;
    let BoundPorts { mut settings, gateway, contexts: own } = ports;
    settings.connections_max = settings.connections_max.min(connections_max);
    let contexts: Vec<_> = own.iter().map(|(context, port)| (*context, port.address)).collect();
    let systems = systems.into_iter().map(Arc::new).collect();
    let server = Arc::new(Server::new(settings.clone(), systems, contexts.clone(), render_metrics, shutdown, pass_on));
    let own = own.into_iter().map(|(context, port)| (port.listener, routes::of_context(&server, context)));
    let mut ports = JoinSet::new();
    for (listener, router) in [(gateway.listener, routes::of_gateway(&server))].into_iter().chain(own) {
        let router = cors::layer(router, &settings).layer(map_response(answer_headers::complete));
        let router = router.layer(from_fn(unread_body::discard));
        ports.spawn(Port { listener, router, server: server.clone() }.serve());
    }
    Serving { gateway: gateway.address, contexts, server, ports }
}

fn read(given: &Settings) -> Result<HttpSettings, EdgeError> {
    let faults = HttpSettings::faults(given);
    if !faults.is_empty() {
        return Err(EdgeError::Settings(faults));
    }
    let settings = HttpSettings::read(given);
    if settings.address.is_loopback() { Ok(settings) } else { Err(EdgeError::NotLoopback(settings.address)) }
}

impl fmt::Debug for Serving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serving")
            .field("gateway", &self.gateway)
            .field("contexts", &self.contexts)
            .finish_non_exhaustive()
    }
}

impl Serving {
    /// Answers what other processes pass on to this one, under `/internal/requests/`. The host merges it into the routes of its internal
    /// port, behind its check of who asks: what comes this way is trusted to have passed the edge of another process.
    pub fn internal_router(&self) -> Router {
        internal_router::of_server(&self.server)
    }

    /// Waits until every port has finished; they begin to when `shutdown` is cancelled.
    pub async fn finished(mut self) {
        while self.ports.join_next().await.is_some() {}
    }
}
