//! Opening the edge: which systems, on which ports, until when.
mod answer_headers;
mod certificate;
mod connection;
mod connections;
mod cors;
mod error;
mod exchanges;
mod flushed;
mod granted_body;
mod http2;
mod ports;
mod reserve;
pub(crate) mod routes;
mod spare_handle;
mod unread_body;
mod write_deadline;

pub use error::EdgeError;

use crate::callers::{Callers, ReachableFrom};
use crate::pages::files::PageFiles;
use crate::pass_on::{PassOn, internal_router};
use crate::serve::certificate::Certificate;
use crate::serve::connections::Port;
use crate::server::Server;
use crate::server::figures;
use crate::server::hosted_system::HostedSystem;
use crate::server::render_metrics::RenderMetrics;
use crate::settings::HttpSettings;
use crate::settings::host_name::HostNames;
use axum::Router;
use axum::middleware::{from_fn, map_response};
use identity::Identity;
use kernel::{Name, Settings, System};
use ports::BoundPort;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Between two looks at whether contexts run.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Everything an edge is opened with.
pub struct Edge {
    pub systems: Vec<HostedSystem>,
    /// The `[http]` settings.
    pub settings: Settings,
    /// Who asks; one for all ports of the process.
    pub identity: Arc<Identity>,
    pub callers: Callers,
    /// `None`: there is no `/metrics`. The recorder must be installed before the edge opens.
    pub render_metrics: Option<RenderMetrics>,
    /// The pages for people; `None`: the binary was built without them.
    pub pages: Option<PageFiles>,
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
    callers: Callers,
    certificate: Option<Certificate>,
    gateway: BoundPort,
    contexts: Vec<(Name, BoundPort)>,
}

/// Binds every port that an edge of these systems needs, or none: before their stores are made.
pub async fn bind(systems: &[&System], given: &Settings, callers: Callers) -> Result<BoundPorts, EdgeError> {
    let settings = read(given, callers.reach)?;
    let address = settings.address;
    let alone = match systems {
        [] => return Err(EdgeError::NoSystem),
        [alone] => Some(*alone),
        _ => None,
    };
    let certificate = Certificate::read(&settings)?;
    let gateway = ports::bind("the gateway", address, settings.gateway_port).await?;
    let contexts = ports::bind_contexts(alone, address, settings.context_ports).await?;
    Ok(BoundPorts { settings, callers, certificate, gateway, contexts })
}

/// Opens every port, or none.
pub async fn serve(edge: Edge) -> Result<Serving, EdgeError> {
    let systems: Vec<&System> = edge.systems.iter().map(HostedSystem::system).collect();
    let ports = bind(&systems, &edge.settings, edge.callers).await?;
    Ok(serve_on(ports, edge))
}

/// Serves on ports that are bound already.
pub fn serve_on(ports: BoundPorts, edge: Edge) -> Serving {
    let Edge { systems, identity, render_metrics, pages, shutdown, connections_max, pass_on, .. } = edge;
    let BoundPorts { mut settings, callers, certificate, gateway, contexts: own } = ports;
    settings.connections_max = settings.connections_max.min(connections_max);
    let contexts: Vec<_> = own.iter().map(|(context, port)| (*context, port.address)).collect();
    let systems = systems.into_iter().map(Arc::new).collect();
    let of = (settings.clone(), callers, identity);
    let server = Arc::new(Server::new(of, systems, contexts.clone(), (render_metrics, pages), shutdown, pass_on));
    let own = own.into_iter().map(|(context, port)| (port.listener, routes::of_context(&server, context)));
    let (mut ports, is_https) = (JoinSet::new(), settings.is_https());
    for (listener, router) in [(gateway.listener, routes::of_gateway(&server))].into_iter().chain(own) {
        let router = cors::layer(router, &server)
            .layer(map_response(move |response| std::future::ready(answer_headers::complete(response, is_https))));
        let router = router.layer(from_fn(unread_body::discard));
        let tls = certificate.as_ref().map(Certificate::shown);
        ports.spawn(Port { listener, router, server: server.clone(), tls }.serve());
    }
    ports.spawn(figures::follow(server.clone()));
    ports.spawn(look_at_contexts(server.clone()));
    let limited = server.clone();
    ports.spawn(async move {
        if let Some(limits) = &limited.limits {
            limits.forget_idle(limited.shutdown.clone()).await;
        }
    });
    if let Some(certificate) = certificate {
        ports.spawn(certificate.follow(server.shutdown.clone()));
    }
    Serving { gateway: gateway.address, contexts, server, ports }
}

/// Streams tell their clients when a context is stopped, whoever stopped it.
async fn look_at_contexts(server: Arc<Server>) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    while server.shutdown.run_until_cancelled(ticks.tick()).await.is_some() {
        for hosted in &server.systems {
            hosted.hub.look(|context| hosted.work.is_running(context));
        }
    }
}

fn read(given: &Settings, reach: ReachableFrom) -> Result<HttpSettings, EdgeError> {
    let faults = HttpSettings::faults(given);
    if !faults.is_empty() {
        return Err(EdgeError::Settings(faults));
    }
    let mut settings = HttpSettings::read(given);
    if reach == ReachableFrom::Local && settings.host_names == HostNames::Own {
        settings.host_names = HostNames::of_this_machine();
    }
    let address = settings.address;
    match reach {
        _ if address.is_loopback() => {}
        ReachableFrom::Open | ReachableFrom::Local => return Err(EdgeError::NotLoopback(address)),
        ReachableFrom::Anywhere if settings.has_tls() => {}
        ReachableFrom::Anywhere if settings.plain_http => {
            tracing::warn!(%address, "http.plain_http is set: other machines are answered without TLS, so a proxy or a mesh has to do it");
        }
        ReachableFrom::Anywhere => return Err(EdgeError::NotEncrypted(address)),
    }
    Ok(settings)
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
    /// The gateway's address, as a client on this machine writes it.
    pub fn url(&self) -> String {
        let scheme = if self.server.settings.has_tls() { "https" } else { "http" };
        let mut address = self.gateway;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("{scheme}://{address}")
    }

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
