//! The edge of a process of several, and its orderly end.
use super::internal_port::InternalPort;
use super::process::ClusterSystem;
use super::settings::ClusterSettings;
use crate::callers;
use crate::command_error::{CommandError, CommandResult};
use crate::page_files;
use crate::process::logging;
use crate::settings::Resolved;
use embedded::replicated::ReplicatedHost;
use http_edge::{BoundPorts, Edge, EdgeError, NoAnswer, PassOn, SendOn, Serving};
use identity::Identity;
use kernel::{Name, Settings, System};
use remote::{ProcessClient, Unanswered};
use runtime::port::work::SystemAtWork;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Contexts have no port of their own here: any process answers for all of them.
fn settings(settings: &Resolved) -> Settings {
    let mut http = settings.group("http");
    http.set("context_ports", "off".to_string());
    http
}

/// Before anything is made.
pub async fn bind(systems: &[&System], given: &Resolved) -> CommandResult<BoundPorts> {
    http_edge::bind(systems, &settings(given), callers::read(given)).await.map_err(|error| {
        let advice = match &error {
            EdgeError::Port { .. } => "; choose another one with --listen 127.0.0.1:PORT",
            _ => "",
        };
        CommandError::unreadable(format!("{error}{advice}"))
    })
}

pub struct Process {
    systems: Vec<ClusterSystem>,
    serving: Serving,
    /// Ends the edge.
    shutdown: CancellationToken,
    /// Ends the internal port, after the edge.
    end: CancellationToken,
}

impl Process {
    /// `stores_readers`: how many readers the stores here take at once, where they take less than the edge sends.
    pub fn open(
        systems: Vec<ClusterSystem>,
        (ports, identity): (BoundPorts, Arc<Identity>),
        given: &Resolved,
        (connections_max, stores_readers): (usize, Option<usize>),
    ) -> Process {
        let mut settings = settings(given);
        if let Some(readers) = stores_readers {
            // a thread that only waits for a connection takes memory for nothing
            settings.set("reads_max", readers.min(settings.whole("reads_max") as usize).max(1).to_string());
        }
        let shutdown = CancellationToken::new();
        let clients = systems.iter().map(|system| (system.system().name, system.clients.gateway().clone())).collect();
        let edge = Edge {
            systems: systems.iter().map(ClusterSystem::hosted).collect(),
            settings,
            identity,
            callers: callers::read(given),
            render_metrics: logging::recorder(),
            pages: page_files::of_binary(),
            shutdown: shutdown.clone(),
            connections_max,
            pass_on: Some(PassOn { send: send_on(clients) }),
        };
        let serving = http_edge::serve_on(ports, edge);
        Process { systems, serving, shutdown, end: CancellationToken::new() }
    }

    pub fn url(&self) -> String {
        self.serving.url()
    }

    /// Of a process with one system.
    pub fn serve_internal(&self, port: InternalPort) {
        if let [system] = self.systems.as_slice() {
            port.serve(system.internal_router(self.serving.internal_router()), self.end.clone());
        }
    }

    /// Contexts go to other processes; requests are passed on to them for a while, as not everybody knows yet; then the edge ends.
    pub async fn leave(self, given: &Resolved) {
        let hosts: Vec<Arc<ReplicatedHost>> = self.systems.iter().map(|system| system.host.clone()).collect();
        on_each(&hosts, ReplicatedHost::hand_over).await;
        let is_alone = self.systems.iter().all(|system| system.host.is_alone());
        if !is_alone {
            let set = ClusterSettings::read(&given.group("cluster"));
            tokio::time::sleep(Duration::from_millis(set.linger_ms)).await;
        }
        self.shutdown.cancel();
        let within = Duration::from_millis(given.group("runtime").whole("drain_ms"));
        if tokio::time::timeout(within, self.serving.finished()).await.is_err() {
            tracing::warn!("not everybody had an answer in time");
        }
        on_each(&hosts, |host| host.drain()).await;
        self.end.cancel();
    }
}

/// Requests leave in the name of no context.
fn send_on(clients: BTreeMap<Name, ProcessClient>) -> SendOn {
    Arc::new(move |system, context, request| {
        let (client, context) = (clients.get(system).cloned(), context.to_string());
        Box::pin(async move {
            let sent = client.ok_or(NoAnswer::NotSent)?.send(&context, request).await;
            sent.map_err(|unanswered| match unanswered {
                Unanswered::Untouched(reason) => {
                    tracing::debug!(context, reason, "a request could not be passed on");
                    NoAnswer::NotSent
                }
                Unanswered::Unknown(_) => NoAnswer::Broken,
            })
        })
    })
}

async fn on_each(hosts: &[Arc<ReplicatedHost>], act: fn(&ReplicatedHost) -> bool) {
    let done = hosts.iter().map(|host| {
        let host = host.clone();
        tokio::task::spawn_blocking(move || act(&host))
    });
    for done in done.collect::<Vec<_>>() {
        if matches!(done.await, Ok(false)) {
            tracing::warn!("not everything was finished in time; whoever owns the contexts next goes on with it");
        }
    }
}
