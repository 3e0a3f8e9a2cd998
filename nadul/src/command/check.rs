//! `nadul check`: proves what is stored, while nothing runs. It changes nothing.
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::known_name::KnownName;
use crate::settings::Resolved;
use crate::stores::StorePlaces;
use crate::{catalogue, global::Global, out, stores};
use clap::Args;
use kernel::System;
use runtime::proof::{Bounds, Report, prove_within};

const EXAMPLES: &str =
    "Every state and row is folded afresh from the logs, every account of every conservation rule summed.
Memory stays bounded: see --values.

Exit code: 0 everything holds, 1 something is broken, 2 something could not be read.

Examples:
  nadul check                        everything in the user's data folder
  nadul check taxi --data /srv/nadul
  nadul check --data backup --json | jq '.[].findings'";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Only these systems
    #[arg(value_parser = KnownName::system())]
    systems: Vec<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
    /// Values folded at once: fewer take less memory and more passes over the logs
    #[arg(long, value_name = "COUNT", default_value_t = Bounds::default().values_at_once)]
    values: usize,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let settings = global.settings()?;
    let folder = Folder::named(global.data.as_deref())?;
    let places = StorePlaces::read(folder.clone(), &settings)?;
    if places.postgres.chosen.is_empty() && !folder.exists()? {
        return Err(CommandError::unreadable(format!("there is no data folder {}", folder.path().display())));
    }
    let _at_rest = folder.hold_at_rest()?;
    let bounds = Bounds { values_at_once: arguments.values.max(1), ..Bounds::default() };
    let reports = reports(&places, &settings, &arguments.systems, bounds)?;
    if reports.is_empty() {
        return Err(stores::none(&places.folder, "any system"));
    }
    let printed = match arguments.json {
        true => out::json(&reports),
        false => out::print(&reports.iter().map(Report::to_string).collect::<String>()),
    };
    verdict(&reports).and(printed) // the exit code tells the verdict also where nobody read to the end
}

fn verdict(reports: &[Report]) -> CommandResult {
    match () {
        () if !reports.iter().all(Report::readable) => Err(CommandError::silent(2)),
        () if !reports.iter().all(Report::clean) => Err(CommandError::silent(1)),
        () => Ok(()),
    }
}

/// Of the named systems, or of those there are.
fn reports(places: &StorePlaces, settings: &Resolved, named: &[String], bounds: Bounds) -> CommandResult<Vec<Report>> {
    let mut reports = vec![];
    for entry in catalogue::chosen(named) {
        let system = stores::build(entry, settings)?;
        if !named.is_empty() || places.has(&system)? {
            reports.push(prove_system(places, &system, bounds));
        }
    }
    Ok(reports)
}

fn prove_system(places: &StorePlaces, system: &System, bounds: Bounds) -> Report {
    let (mut readers, mut failed) = (vec![], vec![]);
    for (context, reader) in places.still(system) {
        match reader {
            Ok(reader) => readers.push((context, reader)),
            Err(error) => failed.push((context.name, error)),
        }
    }
    let mut report = prove_within(system, &readers, bounds);
    failed.iter().for_each(|(context, error)| report.unreadable(context, error));
    report
}
