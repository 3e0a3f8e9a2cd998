//! `nadul status`: who owns what, who stands by, and how far everybody has come.
use crate::cluster::addresses;
use crate::cluster::credentials::Credentials;
use crate::cluster::directory::{BELIEVED_FIRST, PolledDirectory};
use crate::cluster::elsewhere::Clients;
use crate::cluster::settings::ClusterSettings;
use crate::command_error::{CommandError, CommandResult};
use crate::known_name::KnownName;
use crate::{catalogue, global::Global, out, stores};
use clap::Args;
use kernel::{Context, Head, Name, System};
use runtime::port::directory::Directory;
use runtime::port::replica::{Ownership, ReplicaState};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

const EXAMPLES: &str = "Asks the processes at cluster.seeds, and those that they name.

Examples:
  nadul status taxi --set cluster.seeds=http://127.0.0.1:9071
  nadul status --json | jq '.[] | select(.owner == null)'";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which systems; all where none is named
    #[arg(value_parser = KnownName::system())]
    systems: Vec<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// What is known of one context.
struct Known<'a> {
    context: &'a Context,
    ownership: Option<Ownership>,
    head: Option<Head>,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let settings = global.settings()?;
    let set = addresses::read(&settings)?;
    if set.seeds.is_empty() {
        return Err(CommandError::unreadable(
            "cluster.seeds is not set: name the internal address of a process, such as http://127.0.0.1:9088",
        ));
    }
    let credentials = Credentials::to_ask(&set)?;
    let systems = catalogue::chosen(&arguments.systems).into_iter().map(|entry| stores::build(entry, &settings));
    let systems = systems.collect::<CommandResult<Vec<System>>>()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CommandError::new(format!("this machine gives no threads: {error}")))?;
    let known = runtime.block_on(ask(&systems, &set, &credentials));
    let lines =
        systems.iter().zip(&known).flat_map(|(system, known)| known.iter().map(move |one| (system, known, one)));
    let lines: Vec<_> = lines.collect();
    if arguments.json {
        return out::json(&lines.iter().map(|(system, all, one)| value(system, all, one)).collect::<Vec<_>>());
    }
    let titles = ["CONTEXT", "OWNER", "EPOCH", "RELEASE", "READY", "EVENTS", "BEHIND"].map(str::to_string).to_vec();
    let rows = lines.iter().map(|(system, all, one)| row(system, all, one));
    out::print(&out::table(&std::iter::once(titles).chain(rows).collect::<Vec<_>>()))?;
    if known.iter().flatten().any(|one| one.ownership.is_some()) {
        return Ok(());
    }
    Err(CommandError::new(
        "no process has answered; is one of them at cluster.seeds, and are the keys and certificates theirs?",
    ))
}

async fn ask<'a>(systems: &'a [System], set: &ClusterSettings, credentials: &Credentials) -> Vec<Vec<Known<'a>>> {
    let mut all = vec![];
    for system in systems {
        let clients = Clients::new(credentials, system);
        let names: Vec<Name> = system.contexts.iter().map(|context| context.name).collect();
        let every = Duration::from_millis(set.find_ms);
        let directory = PolledDirectory::watch(&names, clients.gateway(), &set.seeds, every);
        directory.wait(BELIEVED_FIRST).await;
        let mut known = vec![];
        for context in &system.contexts {
            let ownership = directory.ownership(context.name);
            let base = directory.owner(context.name).or_else(|| directory.readers(context.name).into_iter().next());
            let head = match base {
                Some(base) => clients.gateway().head(&base, context.name).await.ok(),
                None => None,
            };
            known.push(Known { context, ownership, head });
        }
        all.push(known);
    }
    all
}

fn row(system: &System, all: &[Known<'_>], one: &Known<'_>) -> Vec<String> {
    let nothing = || "-".to_string();
    let ownership = one.ownership.clone().unwrap_or_default();
    let owner = ownership.owner.filter(|_| !ownership.is_free);
    let ready = ownership.replicas.iter().filter(|replica| replica.state == ReplicaState::Ready).count();
    vec![
        format!("{}/{}", system.name, one.context.name),
        owner.as_ref().map_or_else(nothing, |owner| owner.url.clone()),
        ownership.epoch.to_string(),
        owner.as_ref().map_or_else(nothing, |owner| owner.release.to_string()),
        format!("{ready} of {}", ownership.replicas.len()),
        one.head.as_ref().map_or_else(nothing, |head| head.position.to_string()),
        behind(all, one).values().max().map_or_else(nothing, u64::to_string),
    ]
}

fn value(system: &System, all: &[Known<'_>], one: &Known<'_>) -> Value {
    let ownership = one.ownership.clone().unwrap_or_default();
    json!({
        "system": system.name,
        "context": one.context.name,
        "owner": ownership.owner.filter(|_| !ownership.is_free),
        "heir": ownership.heir,
        "epoch": ownership.epoch,
        "replicas": ownership.replicas,
        "position": one.head.as_ref().map(|head| head.position),
        "group": one.head.as_ref().map(|head| head.group),
        "life": one.head.as_ref().map(|head| head.life),
        "behind": behind(all, one),
    })
}

/// How many positions of each source this context has still to read, at most.
fn behind(all: &[Known<'_>], one: &Known<'_>) -> BTreeMap<String, u64> {
    let Some(head) = &one.head else { return BTreeMap::new() };
    let mut behind = BTreeMap::new();
    for subscription in one.context.subscriptions() {
        let source = all.iter().find(|other| other.context.name == subscription.source);
        let Some(source) = source.and_then(|source| source.head.as_ref()) else { continue };
        let is_own = subscription.source == one.context.name;
        let end = if is_own { source.position } else { source.published() };
        let late = end.saturating_sub(head.positions.get(&subscription).copied().unwrap_or(0));
        let most: &mut u64 = behind.entry(subscription.source.to_string()).or_default();
        *most = late.max(*most);
    }
    behind
}
