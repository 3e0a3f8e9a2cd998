//! The systems of this process: their stores, their hosts and the edge before them.
use crate::callers;
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::kafka_brokers::KafkaBrokers;
use crate::operator::socket::OperatorSocket;
use crate::page_files;
use crate::postgres_stores::PostgresStores;
use crate::process::{disk, logging, open_files};
use crate::settings::Resolved;
use crate::sqlite_settings::SqliteSettings;
use crate::stores::StorePlaces;
use embedded::{HasStore, Host, OpenStore, SystemOpening};
use http_edge::{BoundPorts, Edge, EdgeError, HostedSystem, Hub, Serving};
use identity::Identity;
use kernel::{Context, Name, System};
use runtime::limits::Limits;
use runtime::port::store::{Store, Table};
use runtime::port::work::SystemAtWork;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

pub struct RunningSystems {
    hosted: Vec<(Arc<Host>, Arc<Hub>)>,
    shutdown: CancellationToken,
    /// As many as there are file handles for.
    connections_max: usize,
}

impl RunningSystems {
    /// Opens every store and recovers every context, or says which one can't be.
    pub fn open(
        places: &StorePlaces,
        systems: Vec<Arc<System>>,
        settings: &Resolved,
        brokers: &KafkaBrokers,
        connections_max: usize,
    ) -> CommandResult<RunningSystems> {
        let mut running = RunningSystems { hosted: vec![], shutdown: CancellationToken::new(), connections_max };
        let options = SqliteSettings::read(&settings.group("sqlite")).options(count_files(&systems, &places.postgres));
        for system in systems {
            places.folder.narrow(&system);
            match host(places, brokers, system, settings, &options) {
                Ok(hosted) => running.hosted.push(hosted),
                Err(failure) => {
                    running.hosted.iter().for_each(|(host, _)| {
                        host.drain();
                    });
                    return Err(failure);
                }
            }
        }
        Ok(running)
    }

    pub fn serve(&self, (ports, identity): (BoundPorts, Arc<Identity>), settings: &Resolved) -> Serving {
        let hosted = |(host, hub): &(Arc<Host>, Arc<Hub>)| HostedSystem { work: host.clone(), hub: hub.clone() };
        let edge = Edge {
            systems: self.hosted.iter().map(hosted).collect(),
            settings: settings.group("http"),
            identity,
            callers: callers::read(settings),
            render_metrics: logging::recorder(),
            pages: page_files::of_binary(),
            shutdown: self.shutdown.clone(),
            connections_max: self.connections_max,
            pass_on: None,
        };
        http_edge::serve_on(ports, edge)
    }

    /// For the operator; without it the process runs all the same.
    pub fn socket(&self, folder: &Folder) -> Option<OperatorSocket> {
        let systems = self.hosted.iter().map(|(host, _)| host.clone() as Arc<dyn SystemAtWork>).collect();
        let warn = |error: &String| tracing::warn!(%error, "nadul backup can't reach this process");
        OperatorSocket::open(folder, systems).inspect_err(warn).ok()
    }

    pub fn systems(&self) -> Vec<&System> {
        self.hosted.iter().map(|(host, _)| host.system().as_ref()).collect()
    }

    pub fn names(&self) -> Vec<Name> {
        self.systems().iter().map(|system| system.name).collect()
    }

    /// Takes nothing new, lets clients have their answers, then finishes what is under way and closes the stores.
    pub async fn close(&self, serving: Serving) {
        self.hosted.iter().for_each(|(host, _)| host.stop_taking());
        self.shutdown.cancel();
        serving.finished().await;
        self.drain().await;
    }

    pub async fn drain(&self) {
        let drains = self.hosted.iter().map(|(host, _)| {
            let host = host.clone();
            tokio::task::spawn_blocking(move || host.drain())
        });
        for drain in drains.collect::<Vec<_>>() {
            if matches!(drain.await, Ok(false)) {
                tracing::warn!("not everything was finished in time; the next start goes on with it");
            }
        }
    }
}

fn host(
    places: &StorePlaces,
    brokers: &KafkaBrokers,
    system: Arc<System>,
    settings: &Resolved,
    options: &sqlite::Options,
) -> CommandResult<(Arc<Host>, Arc<Hub>)> {
    let hub = Hub::for_system(&system, &settings.group("http"));
    let StorePlaces { folder, postgres, .. } = places;
    let disk = folder.path().to_path_buf();
    let opening = SystemOpening {
        system: system.clone(),
        settings: settings.group(system.name),
        limits: Limits::read(&settings.group("runtime")),
        has_store: has_store(folder.clone(), system.name, postgres.clone()),
        open: open(folder.clone(), system.name, postgres.clone(), options.clone()),
        on_commit: hub.on_commit(),
        broker: brokers.of(&system)?,
        free_disk_mb: Arc::new(move || disk::free_mb(&disk)),
    };
    let not_open = |(name, error): (Name, _)| match system.get(name) {
        Some(context) => CommandError::store(&system, context, &error),
        None => CommandError::unreadable(error.to_string()),
    };
    Ok((Host::start(opening).map_err(not_open)?, hub))
}

/// A server that can't be asked may have one: opening it says what is wrong.
fn has_store(folder: Folder, system: Name, postgres: PostgresStores) -> HasStore {
    Box::new(move |context: &Context| match postgres.has(system, context.name) {
        Some(has) => has.unwrap_or(true),
        None => std::fs::metadata(folder.store(system, context.name)).is_ok_and(|file| file.len() > 0),
    })
}

fn open(folder: Folder, system: Name, postgres: PostgresStores, options: sqlite::Options) -> OpenStore {
    Box::new(move |context: &Context| {
        if let Some(opened) = postgres.open(system, context) {
            return opened.map(|store| Box::new(store) as Box<dyn Store>);
        }
        let path = folder.store(system, context.name);
        let store = sqlite::open(&path, context.name, system, &Table::all(context), options.clone())?;
        Ok(Box::new(store) as Box<dyn Store>)
    })
}

fn count_on_postgres(systems: &[Arc<System>], postgres: &PostgresStores) -> usize {
    systems.iter().map(|system| postgres.chosen.count(system)).sum()
}

fn count_files(systems: &[Arc<System>], postgres: &PostgresStores) -> usize {
    systems.iter().map(|system| system.contexts.len()).sum::<usize>() - count_on_postgres(systems, postgres)
}

/// How many connections there are file handles for, beside those of the stores and of the relays.
pub fn connections_max(
    systems: &[Arc<System>],
    settings: &Resolved,
    postgres: &PostgresStores,
    brokers: &KafkaBrokers,
) -> CommandResult<usize> {
    let sqlite = SqliteSettings::read(&settings.group("sqlite"));
    let of_files = sqlite.open_files(count_files(systems, postgres));
    let of_postgres = postgres.open_files(count_on_postgres(systems, postgres));
    let of_kafka = systems.iter().map(|system| brokers.open_files(system)).sum::<usize>();
    open_files::connections(open_files::raise_limit(), of_files + of_postgres + of_kafka)
}

/// Before anything is made for them.
pub async fn bind(systems: &[Arc<System>], settings: &Resolved) -> CommandResult<BoundPorts> {
    let systems: Vec<&System> = systems.iter().map(Arc::as_ref).collect();
    http_edge::bind(&systems, &settings.group("http"), callers::read(settings)).await.map_err(with_advice)
}

/// A port that is taken is the mistake people make; what helps depends on whose it is.
fn with_advice(error: EdgeError) -> CommandError {
    let advice = match &error {
        EdgeError::Port { of, .. } if of == "the gateway" => "; choose another one with --listen 127.0.0.1:PORT",
        EdgeError::Port { .. } => {
            "; leave such ports out with --set http.context_ports=off, or take any free ones with =any"
        }
        _ => "",
    };
    CommandError::unreadable(format!("{error}{advice}"))
}
