//! `nadul run`: systems at work in this process, until it is told to stop.
pub(crate) mod guide;
mod running_systems;

use crate::command_error::{CommandError, CommandResult};
use crate::folder::{Folder, Lock};
use crate::kafka_brokers::KafkaBrokers;
use crate::known_name::KnownName;
use crate::process::announcements::Announcements;
use crate::process::{logging, signals};
use crate::settings::Resolved;
use crate::stores::{self, StorePlaces};
use crate::{catalogue, global::Global, identities, listen, listen::Listen};
use clap::Args;
use http_edge::BoundPorts;
use identity::Identity;
use running_systems::RunningSystems;
use std::sync::Arc;
use std::time::Duration;

const EXAMPLES: &str =
    "Ctrl-C or SIGTERM: takes nothing new, finishes what is under way within runtime.drain_ms, exits 0.
A second one: ends at once. Nothing that was answered is lost either way.

Examples:
  nadul run                                     all systems on http://127.0.0.1:8088
  nadul run taxi                                one system, every context on its own port too
  nadul run taxi stay --listen 127.0.0.1:9000 --data /srv/nadul
  nadul run --set http.gateway_port=0           any free port";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which systems; all where none is named
    #[arg(value_parser = KnownName::system())]
    systems: Vec<String>,
    /// Where to listen: the same as http.address and http.gateway_port
    #[arg(long, value_name = "ADDR[:PORT]", value_parser = listen::parse)]
    listen: Option<Listen>,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let mut global = global.clone();
    global.set.extend(arguments.listen.iter().flat_map(Listen::flags));
    let settings = global.settings()?;
    let systems = catalogue::chosen(&arguments.systems);
    let _flush = logging::start(&settings, &systems);
    for variable in global.sources().ignored() {
        tracing::warn!(variable, "the environment has a variable that is no setting; it is ignored");
    }
    let systems = systems.into_iter().map(|entry| stores::build(entry, &settings).map(Arc::new));
    let systems = systems.collect::<CommandResult<Vec<_>>>()?;
    let folder = Folder::named(global.data.as_deref())?;
    folder.expect_free()?;
    let places = StorePlaces::read(folder, &settings)?;
    if !places.memory.chosen.is_empty() {
        return Err(CommandError::unreadable(
            "memory.contexts: nadul run keeps every context; only nadul serve has some in memory",
        ));
    }
    let brokers = KafkaBrokers::read(&settings)?;
    brokers.expect_no_feed()?;
    let connections_max = running_systems::connections_max(&systems, &settings, &places.postgres, &brokers)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CommandError::new(format!("this machine gives no threads: {error}")))?;
    let ports = runtime.block_on(running_systems::bind(&systems, &settings))?;
    let lock = places.folder.take()?; // from here on something is made
    let identity = {
        let _within = runtime.enter();
        let systems: Vec<_> = systems.iter().map(Arc::as_ref).collect();
        identities::open(&settings, Some(places.folder.path()), &systems)?
    };
    let running = RunningSystems::open(&places, systems, &settings, &brokers, connections_max)?;
    let done = runtime.block_on(serve(running, (ports, identity), &lock, &settings));
    runtime.shutdown_background();
    done
}

async fn serve(
    running: RunningSystems,
    ports: (BoundPorts, Arc<Identity>),
    lock: &Lock,
    settings: &Resolved,
) -> CommandResult {
    let mut signals = signals::listen()?;
    let mut announcements = Announcements::start();
    let serving = running.serve(ports, settings);
    let url = serving.url();
    lock.announce(&url, &running.names())?;
    let _socket = running.socket(lock.folder());
    announcements.say(&guide::text(&running.systems(), &url, &serving.contexts, lock.folder()));
    signals.next().await;
    announcements.say("nadul: finishing what is under way; once more ends at once\n");
    let within = Duration::from_millis(settings.group("runtime").whole("drain_ms"));
    signals.again();
    if tokio::time::timeout(within, running.close(serving)).await.is_err() {
        tracing::warn!("not everything was finished in time; the next start goes on with it");
    }
    lock.withdraw();
    Ok(())
}
