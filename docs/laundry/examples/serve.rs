//! Serves the laundry by itself, with the pages that are made from what it declares: a binary that holds one system of one's own.
//! `cargo run -p nadul-laundry --example serve -- --set http.gateway_port=8089`; it keeps everything in memory, and begins anew each time.
use embedded::{Host, SystemOpening};
use http_edge::settings::HttpSettings;
use http_edge::{Callers, Edge, HostedSystem, Hub, PageFile, PageFiles, serve};
use kernel::{Name, Settings};
use memory::Disk;
use runtime::limits::Limits;
use runtime::port::store::{Store, Table};
use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

const CONNECTIONS_MAX: usize = 1024;

/// The `[http]` settings, as `nadul run` takes them.
fn http_settings() -> Settings {
    let mut settings = Settings::defaults(HttpSettings::SETTINGS);
    for argument in std::env::args() {
        let Some((name, value)) = argument.strip_prefix("http.").and_then(|given| given.split_once('=')) else {
            continue;
        };
        let known = HttpSettings::SETTINGS.iter().find(|setting| setting.name == name);
        settings.set(known.expect("a setting of [http]").name, value);
    }
    settings
}

fn host(http: &Settings) -> HostedSystem {
    let settings = Settings::defaults(laundry::SETTINGS);
    let system = Arc::new(laundry::system(&settings));
    let hub = Hub::for_system(&system, http);
    let disks: HashMap<Name, Disk> = system.contexts.iter().map(|context| (context.name, Disk::new())).collect();
    let opening = SystemOpening {
        system,
        settings,
        limits: Limits::default(),
        has_store: Box::new(|_| true),
        open: Box::new(move |context| Ok(Box::new(disks[context.name].open(&Table::all(context))) as Box<dyn Store>)),
        broker: None,
        on_commit: hub.on_commit(),
        free_disk_mb: Arc::new(|| u64::MAX),
    };
    let work = Host::start(opening).map_err(|(context, error)| format!("{context}: {error}")).expect("it starts");
    HostedSystem { work, hub }
}

fn page(path: &str) -> Option<PageFile> {
    let pages::File { bytes, brotli, media_type, digest } = pages::file(path)?;
    Some(PageFile { bytes, brotli, media_type, digest })
}

#[tokio::main]
async fn main() {
    let settings = http_settings();
    let edge = Edge {
        systems: vec![host(&settings)],
        settings,
        identity: Arc::default(),
        callers: Callers::default(),
        render_metrics: None,
        pages: pages::are_there().then(|| Arc::new(page) as PageFiles),
        shutdown: CancellationToken::new(),
        connections_max: CONNECTIONS_MAX,
        pass_on: None,
    };
    let serving = serve(edge).await.expect("its ports are free");
    writeln!(std::io::stdout(), "nadul serves laundry on {}", serving.url()).expect("somebody reads its address");
    std::future::pending::<()>().await;
}
