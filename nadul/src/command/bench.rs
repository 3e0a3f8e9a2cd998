//! `nadul bench`: what a system does under load on this machine, beside what the machine can do.
use crate::failure::{Failure, Outcome};
use crate::word::Word;
use crate::{cli, cli::Given, out};
use clap::Args;
use std::time::Duration;

const EXAMPLES: &str =
    "Starts this program once more on a free port of this machine, with its data in a folder that goes
with the run, and ends it when it is done.

Examples:
  nadul bench taxi                                100 users for 10 seconds
  nadul bench all                                 the five systems in one process, their requests in turn
  nadul bench taxi --users 16 --seconds 60 --json
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
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

fn system_or_all() -> Word {
    let Word { what, mut known } = cli::system();
    known.push(bench::ALL);
    Word { what, known }
}

/// The settings the process is started with; a mistake in them is told before anything is measured.
fn settings(given: &Given) -> Outcome<Vec<String>> {
    given.settings()?;
    let file = given.config.iter().flat_map(|file| ["--config".to_string(), file.display().to_string()]);
    let set = given.set.iter().flat_map(|set| ["--set".to_string(), set.clone()]);
    Ok(file.chain(set).collect())
}

pub fn run(given: &Given, arguments: &Arguments) -> Outcome {
    let settings = settings(given)?;
    let program = std::env::current_exe().map_err(|error| Failure::new(format!("can't find this program: {error}")))?;
    let options = bench::Options {
        users: arguments.users as usize,
        time: Duration::from_secs(arguments.seconds),
        warm_up: Duration::from_secs(arguments.warm_up),
        count: arguments.count,
        growth: arguments.growth.clone(),
        settings,
        ..bench::Options::new(program, &arguments.system)
    };
    let report = bench::run(&options, &|what| eprintln!("{what} …"));
    let report = report.map_err(|error| Failure::new(format!("can't measure {}: {error}", arguments.system)))?;
    if arguments.json { out::say(&format!("{}\n", report.json())) } else { out::say(&report.to_string()) }
}
