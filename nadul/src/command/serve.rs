//! `nadul serve`: contexts of a system in one process of several.
use crate::chosen_contexts::ChosenContexts;
use crate::cluster::credentials::Credentials;
use crate::cluster::internal_port::InternalPort;
use crate::cluster::process::{ClusterSystem, EventWays, Seats};
use crate::cluster::settings::ClusterSettings;
use crate::cluster::sole_standby::{OpenSole, SoleStandby};
use crate::cluster::{addresses, edge};
use crate::command_error::{CommandError, CommandResult};
use crate::context_path::{self, ContextPath};
use crate::folder::{Folder, Lock};
use crate::kafka_brokers::KafkaBrokers;
use crate::listen::{self, Listen};
use crate::memory_stores::MemoryStores;
use crate::process::announcements::Announcements;
use crate::process::{logging, open_files, signals};
use crate::settings::Resolved;
use crate::sqlite_settings::SqliteSettings;
use crate::stores::{self, StorePlaces};
use crate::{catalogue::CatalogueEntry, global::Global, identities};
use clap::Args;
use http_edge::BoundPorts;
use identity::AccessSettings;
use kernel::{Context, Name, System};
use runtime::port::replica::{Replica, ReplicaState, Standby};
use runtime::port::store::{Store, Table};
use std::sync::Arc;

const EXAMPLES: &str = "A context on Postgres (postgres.contexts) may have any number of processes: one owns it, the others read, pass
commands on and stand by. A context in a file or in memory (memory.contexts) has one. Ctrl-C or SIGTERM: gives its contexts to other processes, answers for
cluster.linger_ms more, exits 0.

Examples:
  nadul keys keys
  nadul serve taxi/catch taxi/pickup --listen 127.0.0.1:8071 --set cluster.port=9071
  nadul serve taxi/catch --config docs/cluster/system.toml
  nadul gateway taxi --set cluster.seeds=http://127.0.0.1:9071";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Contexts of one system: SYSTEM/CONTEXT, or SYSTEM for all of it
    #[arg(required = true, value_name = "SYSTEM/CONTEXT", value_parser = parse)]
    contexts: Vec<ContextPath>,
    /// Where clients are answered: the same as http.address and http.gateway_port
    #[arg(long, value_name = "ADDR[:PORT]", value_parser = listen::parse)]
    listen: Option<Listen>,
}

fn parse(text: &str) -> Result<ContextPath, String> {
    context_path::parse(text).map_err(|error| error.text)
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let mut global = global.clone();
    global.set.extend(arguments.listen.iter().flat_map(Listen::flags));
    let settings = global.settings()?;
    let entry = one_system(&arguments.contexts)?;
    let _flush = logging::start(&settings, &[entry]);
    let system = Arc::new(stores::build(entry, &settings)?);
    let names = chosen(&arguments.contexts, &system)?;
    let brokers = KafkaBrokers::read(&settings)?;
    brokers.expect_feed(&system, AccessSettings::read(&settings.group("access")).mode)?;
    let credentials = Credentials::to_serve(&addresses::read(&settings)?, &names, system.name)?;
    let places = StorePlaces::read(Folder::named(global.data.as_deref())?, &settings)?;
    let process = Process { settings: &settings, system, names, places, credentials, brokers };
    let connections_max = process.connections_max()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CommandError::new(format!("this machine gives no threads: {error}")))?;
    let done = runtime.block_on(process.serve(connections_max));
    runtime.shutdown_background();
    done
}

fn one_system(paths: &[ContextPath]) -> CommandResult<&'static CatalogueEntry> {
    let first = paths.first().ok_or_else(|| CommandError::unreadable("name a context, such as taxi/catch"))?;
    match paths.iter().find(|path| path.system.name != first.system.name) {
        None => Ok(first.system),
        Some(other) => Err(CommandError::unreadable(format!(
            "{} and {} are two systems: give each a process of its own",
            first.system.name, other.system.name
        ))),
    }
}

/// In the system's order, each once.
fn chosen(paths: &[ContextPath], system: &System) -> CommandResult<Vec<Name>> {
    let mut named = vec![];
    for path in paths {
        named.extend(path.contexts(system)?.into_iter().map(|context| context.name));
    }
    Ok(system.contexts.iter().map(|context| context.name).filter(|name| named.contains(name)).collect())
}

struct Process<'a> {
    settings: &'a Resolved,
    system: Arc<System>,
    names: Vec<Name>,
    places: StorePlaces,
    credentials: Credentials,
    brokers: KafkaBrokers,
}

impl Process<'_> {
    fn contexts(&self) -> impl Iterator<Item = &Context> {
        self.system.contexts.iter().filter(|context| self.names.contains(&context.name))
    }

    fn count(&self, chosen: &ChosenContexts) -> usize {
        self.names.iter().filter(|name| chosen.has(self.system.name, name)).count()
    }

    fn count_on_postgres(&self) -> usize {
        self.count(&self.places.postgres.chosen)
    }

    fn count_files(&self) -> usize {
        self.names.len() - self.count_on_postgres() - self.count(&self.places.memory.chosen)
    }

    fn connections_max(&self) -> CommandResult<usize> {
        let of_files = SqliteSettings::read(&self.settings.group("sqlite")).open_files(self.count_files());
        let of_kafka = self.brokers.open_files(&self.system);
        let of_postgres = self.places.postgres.open_files(self.count_on_postgres());
        open_files::connections(open_files::raise_limit(), of_files + of_postgres + of_kafka)
    }

    /// Of all stores here, where they are all on Postgres: one in a file or in memory takes any number.
    fn readers_max(&self) -> Option<usize> {
        let on_postgres = self.count_on_postgres();
        (on_postgres == self.names.len()).then(|| on_postgres * self.places.postgres.readers_max())
    }

    async fn serve(&self, connections_max: usize) -> CommandResult {
        let set = ClusterSettings::read(&self.settings.group("cluster"));
        let ports = edge::bind(&[&self.system], self.settings).await?;
        let internal = InternalPort::bind(&set, self.credentials.own.clone()).await?;
        let lock = if self.count_files() > 0 { Some(self.places.folder.take()?) } else { None };
        let me = Replica {
            id: format!("{:032x}", fastrand::u128(..)),
            url: internal.url.clone(),
            release: set.release(),
            state: ReplicaState::Starting,
        };
        let (seats, events) = (self.seats(&me)?, self.events()?);
        let folder = lock.as_ref().map(|_| self.places.folder.path().to_path_buf());
        let opened = ClusterSystem::open(&self.system, (me, seats), events, self.settings, &self.credentials, folder)?;
        self.at_work(opened, (ports, internal), connections_max, lock.as_ref()).await
    }

    async fn at_work(
        &self,
        opened: ClusterSystem,
        (ports, internal): (BoundPorts, InternalPort),
        connections_max: usize,
        lock: Option<&Lock>,
    ) -> CommandResult {
        let mut signals = signals::listen()?;
        let mut said = Announcements::start();
        let identity = identities::open(self.settings, Some(self.places.folder.path()), &[&self.system])?;
        let ports = (ports, identity);
        let process = edge::Process::open(vec![opened], ports, self.settings, (connections_max, self.readers_max()));
        let url = internal.url.clone();
        process.serve_internal(internal);
        if let Some(lock) = lock {
            lock.announce(&process.url(), &[self.system.name])?;
        }
        let names: Vec<String> = self.names.iter().map(|name| format!("{}/{name}", self.system.name)).collect();
        said.say(&format!("nadul serves {} on {} (other processes: {url})\n", names.join(", "), process.url()));
        signals.next().await;
        said.say("nadul: giving its contexts to other processes; once more ends at once\n");
        signals.again();
        process.leave(self.settings).await;
        if let Some(lock) = lock {
            lock.withdraw();
        }
        Ok(())
    }

    fn events(&self) -> CommandResult<EventWays> {
        Ok(EventWays { broker: self.brokers.of(&self.system)?, feeds: self.brokers.feeds(&self.system)? })
    }

    fn seats(&self, me: &Replica) -> CommandResult<Seats> {
        let options = SqliteSettings::read(&self.settings.group("sqlite")).options(self.count_files());
        let seat = |context: &Context| -> CommandResult<(Name, Box<dyn Standby>)> {
            if let Some(standby) = self.places.postgres.standby(self.system.name, context, me) {
                let standby = standby.map_err(|error| CommandError::store(&self.system, context, &error))?;
                return Ok((context.name, standby));
            }
            let open: OpenSole = match self.places.memory.chosen.has(self.system.name, context.name) {
                true => Box::new(MemoryStores::opener(context)),
                false => self.file(context, options.clone()),
            };
            Ok((context.name, Box::new(SoleStandby { me: me.clone(), open, epoch: 0, is_owned: false })))
        };
        self.contexts().map(seat).collect()
    }

    fn file(&self, context: &Context, options: sqlite::Options) -> OpenSole {
        let (path, system) = (self.places.folder.store(self.system.name, context.name), self.system.clone());
        self.places.folder.narrow(&system);
        let name = context.name;
        Box::new(move || {
            let tables = system.get(name).map(Table::all).unwrap_or_default();
            let store = sqlite::open(&path, name, system.name, &tables, options.clone())?;
            Ok(Box::new(store) as Box<dyn Store>)
        })
    }
}
