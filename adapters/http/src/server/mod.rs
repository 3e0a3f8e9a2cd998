//! What all endpoints of one server share: its limits, its systems, and how much may be under way at once.
pub(crate) mod bounds;
pub(crate) mod farewell;
pub(crate) mod figures;
pub(crate) mod hosted_system;
pub(crate) mod hub;
pub(crate) mod mount;
pub(crate) mod read_pool;
pub(crate) mod render_metrics;

use crate::callers::{CallerLimits, Callers, ReachableFrom};
use crate::endpoint::unavailable::UnavailableLog;
use crate::pages::files::PageFiles;
use crate::pass_on::{PassOn, Passing};
use crate::server::bounds::{EdgeBounds, OPERATOR_READS_MAX};
use crate::server::figures::Figures;
use crate::server::hosted_system::HostedSystem;
use crate::server::read_pool::ReadPool;
use crate::server::render_metrics::RenderMetrics;
use crate::settings::HttpSettings;
use identity::Identity;
use kernel::Name;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_util::sync::CancellationToken;

pub(crate) struct Server {
    pub settings: HttpSettings,
    pub identity: Arc<Identity>,
    pub systems: Vec<Arc<HostedSystem>>,
    /// Of each system.
    pub figures: Vec<Arc<Figures>>,
    /// Contexts with a port of their own, and where it is open.
    pub ports: Vec<(Name, SocketAddr)>,
    pub bounds: EdgeBounds,
    pub reach: ReachableFrom,
    /// `None`: callers have none.
    pub limits: Option<CallerLimits>,
    pub unavailable: UnavailableLog,
    pub reads: ReadPool,
    /// An operator's reads do not wait for those of clients.
    pub operator_reads: ReadPool,
    pub render_metrics: Option<RenderMetrics>,
    /// `None`: this binary was built without them.
    pub pages: Option<PageFiles>,
    pub shutdown: CancellationToken,
    /// `None`: every context is in this process.
    pub passing: Option<Passing>,
    requests_seen: AtomicU64,
}

impl Server {
    pub fn new(
        (settings, callers, identity): (HttpSettings, Callers, Arc<Identity>),
        systems: Vec<Arc<HostedSystem>>,
        ports: Vec<(Name, SocketAddr)>,
        (render_metrics, pages): (Option<RenderMetrics>, Option<PageFiles>),
        shutdown: CancellationToken,
        pass_on: Option<PassOn>,
    ) -> Server {
        Server {
            identity,
            figures: systems.iter().map(|_| Arc::default()).collect(),
            systems,
            ports,
            bounds: EdgeBounds::new(&settings),
            reach: callers.reach,
            limits: CallerLimits::new(&callers),
            unavailable: UnavailableLog::default(),
            operator_reads: ReadPool::new(OPERATOR_READS_MAX, settings.retry_after_ms),
            reads: ReadPool::new(settings.reads_max, settings.retry_after_ms),
            render_metrics,
            pages,
            shutdown,
            passing: pass_on.map(|pass_on| Passing::new(pass_on, settings.held_max)),
            requests_seen: AtomicU64::new(0),
            settings,
        }
    }

    /// Whether this server has one system only, which then answers without its name before its paths, too.
    pub fn has_one_system(&self) -> bool {
        self.systems.len() == 1
    }

    /// `None`: there is no such system.
    pub fn figures_of(&self, system: &str) -> Option<Arc<Figures>> {
        let at = self.systems.iter().position(|hosted| hosted.name() == system)?;
        self.figures.get(at).cloned()
    }

    /// The port a context has for itself, if it has one.
    pub fn port(&self, context: Name) -> Option<u16> {
        self.ports.iter().find(|(name, _)| *name == context).map(|(_, address)| address.port())
    }

    /// Whether this request is one of those that are logged.
    pub fn is_sampled(&self) -> bool {
        let every = self.settings.access_log_every;
        every > 0 && self.requests_seen.fetch_add(1, Ordering::Relaxed).is_multiple_of(every)
    }
}
