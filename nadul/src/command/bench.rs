//! `nadul bench`: what a system does under load on this machine, beside what the machine can do.
use crate::command_error::{CommandError, CommandResult};
use crate::known_name::KnownName;
use crate::{catalogue, context_path, folder::Folder, global::Global, identities, out, stores};
use clap::Args;
use clap::builder::PossibleValuesParser;
use identity::Bearing;
use kernel::OPERATOR;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longer than any run.
const TOKEN_LIFE_S: u64 = 365 * 24 * 3_600;

const EXAMPLES: &str =
    "Starts this program once more on a free port of this machine, with its data in a folder that goes
with the run, and ends it when it is done.

Examples:
  nadul bench taxi                                100 users for 10 seconds
  nadul bench all                                 the five systems in one process, their requests in turn
  nadul bench taxi --users 16 --seconds 60 --json
  nadul bench taxi --signed-in                    the same, where everybody has to sign in
  nadul bench taxi --trial idle-readers --trial slow-bodies --trial streams
  nadul bench taxi --cluster .cluster --hand-overs 50
  nadul bench taxi --growth 10000 --growth 100000 --growth 1000000";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which system, or all
    #[arg(value_parser = system_or_all())]
    system: String,
    /// Users at once; each sends its next request when it has its answer
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=500))]
    users: u64,
    /// Seconds each figure is measured for
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// Seconds before the first one that are not measured
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(0..=600))]
    warm_up: u64,
    /// Measure so many requests instead, if they are answered sooner
    #[arg(long)]
    count: Option<u64>,
    /// Measure again with so many requests stored; may be repeated, in rising order
    #[arg(long, value_name = "REQUESTS", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    growth: Vec<u64>,
    /// Instead: clients who take up what they can, and whether health is answered meanwhile; may be repeated
    #[arg(long, value_name = "TRIAL", value_parser = PossibleValuesParser::new(bench::OverloadTrial::ALL.map(bench::OverloadTrial::name)))]
    trial: Vec<String>,
    /// Instead: what `./cluster up` runs in this folder, through its gateway
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["growth", "trial"])]
    cluster: Option<PathBuf>,
    /// There: the context that gets another owner; the system's first where none is named
    #[arg(long, requires = "cluster")]
    context: Option<String>,
    /// There: how often the context is given to another process
    #[arg(long, default_value_t = 5, requires = "cluster", value_parser = clap::value_parser!(u64).range(0..=1000))]
    hand_overs: u64,
    /// There: how often the process that owns the context is killed
    #[arg(long, default_value_t = 2, requires = "cluster", value_parser = clap::value_parser!(u64).range(0..=1000))]
    kills: u64,
    /// Every user signs in, with a token of their own (mode local), and sends requests in their own name
    #[arg(long, conflicts_with_all = ["cluster", "trial"])]
    signed_in: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

fn system_or_all() -> KnownName {
    let KnownName { what, mut known } = KnownName::system();
    known.push(bench::ALL);
    KnownName { what, known }
}

/// The settings the process is started with; a mistake in them is told before anything is measured.
fn settings(global: &Global) -> CommandResult<Vec<String>> {
    global.settings()?;
    let file = global.config.iter().flat_map(|file| ["--config".to_string(), file.display().to_string()]);
    let set = global.set.iter().flat_map(|set| ["--set".to_string(), set.clone()]);
    Ok(file.chain(set).collect())
}

fn cluster(global: &Global, arguments: &Arguments) -> CommandResult<Option<bench::ClusterOptions>> {
    let Some(folder) = &arguments.cluster else { return Ok(None) };
    let entry = catalogue::find(&arguments.system)?;
    let system = stores::build(entry, &global.settings()?)?;
    let named = arguments.context.as_ref().map_or(String::new(), |context| format!("/{context}"));
    let path = context_path::parse(&format!("{}{named}", arguments.system))?;
    let context = path.contexts(&system)?.first().map(|context| context.name.to_string()).unwrap_or_default();
    let Arguments { hand_overs, kills, .. } = *arguments;
    Ok(Some(bench::ClusterOptions { folder: folder.clone(), context, hand_overs, kills }))
}

/// As `nadul token` does, with every role that a load needs.
fn sign(data: &Path, name: &str) -> Result<String, String> {
    let folder = Folder::named(Some(data)).map_err(|error| error.text)?;
    let roles: &[&str] = if name == bench::OPERATOR { &[OPERATOR.name] } else { &["customer", "host", "seller"] };
    let roles: Vec<String> = roles.iter().map(|role| role.to_string()).collect();
    identities::sign(&folder, &Bearing { subject: name, roles: &roles, life_s: TOKEN_LIFE_S })
        .map_err(|error| error.text)
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let settings = settings(global)?;
    let program =
        std::env::current_exe().map_err(|error| CommandError::new(format!("can't find this program: {error}")))?;
    let options = bench::BenchOptions {
        users: arguments.users as usize,
        time: Duration::from_secs(arguments.seconds),
        warm_up: Duration::from_secs(arguments.warm_up),
        count: arguments.count,
        growth: arguments.growth.clone(),
        trials: arguments.trial.iter().filter_map(|name| bench::OverloadTrial::named(name)).collect(),
        cluster: cluster(global, arguments)?,
        signed_in: arguments.signed_in.then_some(sign as bench::Sign),
        settings,
        ..bench::BenchOptions::new(program, &arguments.system)
    };
    let report = bench::run(&options, &|what| out::note(&format!("{what} …")));
    let report = report.map_err(|error| CommandError::new(format!("can't measure {}: {error}", arguments.system)))?;
    if arguments.json { out::print_as_it_is(&format!("{}\n", report.json())) } else { out::print(&report.to_string()) }
}
