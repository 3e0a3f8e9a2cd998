//! `nadul settings`: every setting with its value, where it came from, its unit and what it is for.
use crate::command_error::{CommandError, CommandResult};
use crate::settings::{SettingGroup, groups, json, table};
use crate::{global::Global, nearest, out};
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

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let groups = groups();
    let chosen: Vec<&SettingGroup> = match &arguments.group {
        Some(name) => vec![find_group(&groups, name)?],
        None => groups.iter().collect(),
    };
    let resolved = global.settings()?;
    if arguments.json { out::json(&json(&resolved, &chosen)) } else { out::print(&table(&resolved, &chosen)) }
}

fn find_group<'a>(groups: &'a [SettingGroup], name: &str) -> CommandResult<&'a SettingGroup> {
    groups.iter().find(|group| group.name == name).ok_or_else(|| {
        let names: Vec<&str> = groups.iter().map(|group| group.name).collect();
        let hint = nearest::hint(name, names.iter().copied());
        CommandError::unreadable(format!("there is no group {name}{hint}\nGroups: {}", names.join(", ")))
    })
}
