//! `nadul settings`: every setting with its value, where it came from, its unit and what it is for.
use crate::failure::{Failure, Outcome};
use crate::settings::{Group, groups, json, table};
use crate::{cli::Given, nearest, out};
use clap::Args;

const EXAMPLES: &str = "Sources, each winning over those before it:
  the default · nadul.toml (or --config FILE) · a variable of the setting's own · NADUL_<GROUP>_<NAME> · --set

Examples:
  nadul settings                         everything
  nadul settings taxi                    one group
  NADUL_TAXI_PAYMENT_TIMEOUT_MS=900 nadul settings taxi --json";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Only this group
    group: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(given: &Given, arguments: &Arguments) -> Outcome {
    let groups = groups();
    let chosen: Vec<&Group> = match &arguments.group {
        Some(name) => vec![one(&groups, name)?],
        None => groups.iter().collect(),
    };
    let resolved = given.settings()?;
    if arguments.json { out::json(&json(&resolved, &chosen)) } else { out::say(&table(&resolved, &chosen)) }
}

fn one<'a>(groups: &'a [Group], name: &str) -> Outcome<&'a Group> {
    groups.iter().find(|group| group.name == name).ok_or_else(|| {
        let names: Vec<&str> = groups.iter().map(|group| group.name).collect();
        let hint = nearest::hint(name, names.iter().copied());
        Failure::unreadable(format!("there is no group {name}{hint}\nGroups: {}", names.join(", ")))
    })
}
