//! `nadul gateway`: one address for clients, before the processes of systems.
use crate::cluster::credentials::Credentials;
use crate::cluster::process::{ClusterSystem, EventWays};
use crate::cluster::{addresses, edge};
use crate::command_error::{CommandError, CommandResult};
use crate::known_name::KnownName;
use crate::listen::{self, Listen};
use crate::process::announcements::Announcements;
use crate::process::{logging, open_files, signals};
use crate::settings::Resolved;
use crate::{catalogue, global::Global, identities, stores};
use clap::Args;
use kernel::System;
use runtime::port::replica::Replica;
use std::path::Path;
use std::sync::Arc;

const EXAMPLES: &str =
    "It keeps nothing: start as many as you like. Where the processes are is asked of cluster.seeds. Ctrl-C or
SIGTERM: says that it is not ready, answers for cluster.linger_ms more, exits 0; once more ends at once.

Examples:
  nadul gateway taxi --set cluster.seeds=http://127.0.0.1:9071,http://127.0.0.1:9072
  nadul gateway --config docs/cluster/gateway.toml";

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
    let chosen = catalogue::chosen(&arguments.systems);
    let _flush = logging::start(&settings, &chosen);
    let set = addresses::read(&settings)?;
    if set.seeds.is_empty() {
        return Err(CommandError::unreadable(
            "cluster.seeds is not set: name the internal address of a process of each system, such as http://127.0.0.1:9088",
        ));
    }
    let credentials = Credentials::to_ask(&set)?;
    let systems = chosen.into_iter().map(|entry| stores::build(entry, &settings).map(Arc::new));
    let systems = systems.collect::<CommandResult<Vec<_>>>()?;
    let connections_max = open_files::connections(open_files::raise_limit(), 0)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CommandError::new(format!("this machine gives no threads: {error}")))?;
    let done = runtime.block_on(serve(&systems, (&settings, global.data.as_deref()), &credentials, connections_max));
    runtime.shutdown_background();
    done
}

async fn serve(
    systems: &[Arc<System>],
    (settings, data): (&Resolved, Option<&Path>),
    credentials: &Credentials,
    connections_max: usize,
) -> CommandResult {
    let all: Vec<&System> = systems.iter().map(Arc::as_ref).collect();
    let ports = edge::bind(&all, settings).await?;
    let identity = identities::open(settings, data, &all)?;
    let open = |system| {
        ClusterSystem::open(system, (Replica::default(), vec![]), EventWays::default(), settings, credentials, None)
    };
    let opened = systems.iter().map(open).collect::<CommandResult<Vec<_>>>()?;
    let mut signals = signals::listen()?;
    let mut said = Announcements::start();
    let process = edge::Process::open(opened, (ports, identity), settings, (connections_max, None));
    let names: Vec<&str> = systems.iter().map(|system| system.name).collect();
    said.say(&format!("nadul is the gateway of {} on {}\n", names.join(", "), process.url()));
    signals.next().await;
    said.say("nadul: finishing what is under way; once more ends at once\n");
    signals.again();
    process.leave(settings).await;
    Ok(())
}
