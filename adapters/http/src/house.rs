//! What all doors of an edge share: its limits, its systems, and how many may be inside at once.
use crate::hub::Hub;
use crate::reads::Reads;
use crate::render_metrics::RenderMetrics;
use crate::settings::Bounds;
use kernel::{Collection, Context, Name, System};
use runtime::host::Host;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

pub(crate) struct House {
    pub bounds: Bounds,
    pub sites: Vec<Arc<Site>>,
    /// Contexts with a port of their own, and where it is open.
    pub ports: Vec<(Name, SocketAddr)>,
    pub requests: Semaphore,
    pub streams: Arc<Semaphore>,
    pub reads: Reads,
    pub render_metrics: Option<RenderMetrics>,
    pub shutdown: CancellationToken,
    asked: AtomicU64,
}

/// One system at work behind the edge.
pub(crate) struct Site {
    pub host: Arc<Host>,
    pub hub: Arc<Hub>,
}

/// A system under one spelling of its paths.
#[derive(Clone)]
pub(crate) struct Place {
    pub house: Arc<House>,
    pub site: Arc<Site>,
    /// Empty, or the system's name: `/taxi`.
    pub prefix: Arc<str>,
}

impl House {
    pub fn new(
        bounds: Bounds,
        sites: Vec<Arc<Site>>,
        ports: Vec<(Name, SocketAddr)>,
        render_metrics: Option<RenderMetrics>,
        shutdown: CancellationToken,
    ) -> House {
        House {
            sites,
            ports,
            requests: Semaphore::new(bounds.requests_max),
            streams: Arc::new(Semaphore::new(bounds.streams_max)),
            reads: Reads::new(bounds.reads_max, bounds.retry_after_ms),
            render_metrics,
            shutdown,
            asked: AtomicU64::new(0),
            bounds,
        }
    }

    /// The port a context has for itself, if it has one.
    pub fn port(&self, context: Name) -> Option<u16> {
        self.ports.iter().find(|(name, _)| *name == context).map(|(_, at)| at.port())
    }

    /// Whether this request is one of those that are logged.
    pub fn sampled(&self) -> bool {
        let every = self.bounds.access_log_every;
        every > 0 && self.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(every)
    }
}

impl Site {
    pub fn system(&self) -> &Arc<System> {
        self.host.system()
    }

    pub fn context(&self, context: usize) -> &Context {
        &self.system().contexts[context]
    }
}

impl Place {
    pub fn system(&self) -> &System {
        self.site.system()
    }

    /// How deep the system's own paths begin: 1 without a prefix.
    pub fn depth(&self) -> usize {
        self.prefix.split('/').count()
    }

    /// A collection by its name, in the context that shows it.
    pub fn collection(&self, context: usize, name: Name) -> Option<&Collection> {
        self.site.context(context).readable().find(|collection| collection.name == name)
    }
}
