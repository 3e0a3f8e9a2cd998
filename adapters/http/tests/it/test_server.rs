//! Systems at work behind an edge on free ports.
use crate::client::Client;
use bytes::Bytes;
use embedded::{Host, SystemOpening};
use http_edge::{Callers, Edge, HostedSystem, Hub, PageFile, PageFiles, Serving, serve, settings::HttpSettings};
use identity::Identity;
use kernel::{Name, Settings, System};
use memory::Disk;
use runtime::limits::Limits;
use runtime::port::store::{Store, Table};
use runtime::port::work::SystemAtWork;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

pub struct TestServer {
    pub gateway: Client,
    pub serving: Serving,
    pub systems: Vec<Arc<dyn SystemAtWork>>,
    pub shutdown: CancellationToken,
}

pub fn settings(more: &[(&'static str, &str)]) -> Settings {
    let mut settings = Settings::defaults(HttpSettings::SETTINGS);
    for (name, value) in [("gateway_port", "0"), ("context_ports", "any")].iter().chain(more) {
        settings.set(name, *value);
    }
    settings
}

pub fn taxi() -> System {
    taxi::system(&Settings::defaults(taxi::SETTINGS))
}

pub fn fruit() -> System {
    fruit::system(&Settings::defaults(fruit::SETTINGS))
}

pub fn host(system: System) -> HostedSystem {
    host_that(system, |_| {})
}

/// Each context does this when a group of it that changes rows is durable, before anybody is told.
pub fn host_that(system: System, at_commit: impl Fn(Name) + Send + Sync + 'static) -> HostedSystem {
    let system = Arc::new(system);
    let hub = Hub::for_system(&system, &settings(&[]));
    let mut of_system = Settings::defaults(kernel::COMMON_SETTINGS);
    of_system.set("payment_timeout_ms", "5000"); // however busy the computer is
    let disks: HashMap<_, _> = system.contexts.iter().map(|context| (context.name, Disk::new())).collect();
    let announce = hub.on_commit();
    let opening = SystemOpening {
        system,
        settings: of_system,
        limits: Limits::default(),
        has_store: Box::new(|_| true),
        open: Box::new(move |context| Ok(Box::new(disks[context.name].open(&Table::all(context))) as Box<dyn Store>)),
        broker: None,
        on_commit: Arc::new(move |context, rows| {
            if rows.is_some_and(|rows| !rows.is_empty()) {
                at_commit(context);
            }
            announce(context, rows);
        }),
        free_disk_mb: Arc::new(|| 1_000_000),
    };
    HostedSystem {
        work: Host::start(opening).map_err(|(context, error)| format!("{context}: {error}")).expect("it starts"),
        hub,
    }
}

pub async fn open(systems: Vec<System>, more: &[(&'static str, &str)]) -> TestServer {
    open_hosted(systems.into_iter().map(host).collect(), more).await
}

pub async fn open_hosted(systems: Vec<HostedSystem>, more: &[(&'static str, &str)]) -> TestServer {
    open_to(Callers::default(), systems, more).await
}

pub async fn open_to(callers: Callers, systems: Vec<HostedSystem>, more: &[(&'static str, &str)]) -> TestServer {
    open_with(Arc::default(), callers, systems, more).await
}

/// With two files for pages.
pub async fn open_with_pages(systems: Vec<System>) -> TestServer {
    let file = |path: &str| {
        let (text, media_type) = match path {
            "index.html" => ("<!doctype html><title>Nadul</title>", "text/html; charset=utf-8"),
            "pages/assets/main-1f2e.js" => ("console.log(1)", "text/javascript; charset=utf-8"),
            _ => return None,
        };
        let brotli = Some(Bytes::from_static(b"compressed"));
        Some(PageFile { bytes: text.into(), brotli, media_type: media_type.into(), digest: format!("of-{path}") })
    };
    open_at((Arc::default(), Some(Arc::new(file))), Callers::default(), systems.into_iter().map(host).collect(), &[])
        .await
}

pub async fn open_with(
    identity: Arc<Identity>,
    callers: Callers,
    systems: Vec<HostedSystem>,
    more: &[(&'static str, &str)],
) -> TestServer {
    open_at((identity, None), callers, systems, more).await
}

async fn open_at(
    (identity, pages): (Arc<Identity>, Option<PageFiles>),
    callers: Callers,
    systems: Vec<HostedSystem>,
    more: &[(&'static str, &str)],
) -> TestServer {
    let shutdown = CancellationToken::new();
    let kept = systems.iter().map(|hosted| hosted.work.clone()).collect();
    let edge = Edge {
        systems,
        settings: settings(more),
        identity,
        callers,
        render_metrics: recorder(),
        pages,
        shutdown: shutdown.clone(),
        connections_max: 4096,
        pass_on: None,
    };
    let serving = serve(edge).await.expect("the edge opens");
    TestServer { gateway: Client(serving.gateway), serving, systems: kept, shutdown }
}

pub async fn taxi_alone() -> TestServer {
    open(vec![taxi()], &[]).await
}

/// One recorder a process.
pub fn recorder() -> Option<http_edge::RenderMetrics> {
    static RECORDER: std::sync::OnceLock<http_edge::RenderMetrics> = std::sync::OnceLock::new();
    Some(RECORDER.get_or_init(|| telemetry::install_recorder().expect("the only one")).clone())
}

pub const TRIP: &str = r#"{"price":"25000","startingPoint":"서울역","destination":"강남역","customer":"Kim"}"#;

impl TestServer {
    /// A paid request that drivers see, and its id.
    pub async fn listed(&self) -> u64 {
        let placed = self.gateway.post("/catches", TRIP).await;
        assert_eq!(placed.status, 201, "{placed:?}");
        let id = placed.json()["id"].as_u64().expect("an id");
        self.gateway.wait_for(&format!("/catchReqLists/{id}"), |response| response.status == 200).await;
        id
    }

    pub fn own(&self, context: &str) -> Client {
        let port = self.serving.contexts.iter().find(|(name, _)| *name == context);
        Client(port.expect("a context with a port").1)
    }
}
