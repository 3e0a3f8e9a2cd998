//! `nadul backup`: a copy of all stores, while they are at work or at rest.
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::operator::backup::{Copied, part_from_reader, write};
use crate::operator::socket;
use crate::stores::StorePlaces;
use crate::{catalogue, global::Global, out, stores};
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str =
    "Of a running process the stores of each system are copied as they are at one moment; it goes on meanwhile.
To restore: run on the copy, or on a copy of it.

Examples:
  nadul backup /backups/nadul-monday
  nadul check --data /backups/nadul-monday
  nadul run --data /backups/nadul-monday";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// A new folder for the copy
    to: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let folder = Folder::named(global.data.as_deref())?;
    let to = std::path::absolute(&arguments.to)
        .map_err(|error| CommandError::new(format!("{}: {error}", arguments.to.display())))?;
    let copied = if folder.is_taken()? { socket::backup(&folder, &to)? } else { at_rest(global, &folder, &to)? };
    if arguments.json {
        return out::json(&copied);
    }
    let Copied { to, stores, bytes } = copied;
    out::print(&format!("{stores} stores, {bytes} bytes, in {}\n", to.display()))
}

fn at_rest(global: &Global, folder: &Folder, to: &Path) -> CommandResult<Copied> {
    let settings = global.settings()?;
    if !folder.exists()? {
        return Err(stores::none(folder, "any system"));
    }
    let _at_rest = folder.hold_at_rest()?;
    let places = StorePlaces::read(folder.clone(), &settings)?;
    let mut parts = vec![];
    for entry in catalogue::ALL {
        let system = stores::build(entry, &settings);
        if !places.has(&system)? {
            continue;
        }
        for (context, reader) in places.all(&system)? {
            let part = part_from_reader(system.name, context.name, reader.as_ref());
            parts.push(part.map_err(|error| CommandError::store(&system, context, &error))?);
        }
    }
    if parts.is_empty() {
        return Err(stores::none(folder, "any system"));
    }
    write(to, parts).map_err(CommandError::new)
}
