//! `nadul backup`: a copy of stores, while they are at work or at rest.
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::known_name::KnownName;
use crate::operator::backup::{Copied, Part, part_from_dump, part_from_reader, write};
use crate::operator::socket;
use crate::stores::StorePlaces;
use crate::{catalogue, global::Global, out, stores};
use clap::Args;
use kernel::System;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "The stores of each system are copied as they are at one moment; whoever works with them goes on meanwhile. A system whose contexts are
partly in files and partly on Postgres, or in several databases, is copied while it is at rest.
To restore files: run on the copy, or on a copy of it. To restore a system on Postgres, end its processes, then pg_restore into a
database without its schemas (see docs/cluster).

Examples:
  nadul backup /backups/nadul-monday
  nadul check --data /backups/nadul-monday
  nadul run --data /backups/nadul-monday
  nadul backup /backups/taxi-monday taxi
  pg_restore --exit-on-error --no-owner --dbname=postgres://nadul@db.example/nadul /backups/taxi-monday/taxi/postgres.dump";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// A new folder for the copy
    to: PathBuf,
    /// Only these systems
    #[arg(value_parser = KnownName::system())]
    systems: Vec<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let folder = Folder::named(global.data.as_deref())?;
    let to = std::path::absolute(&arguments.to)
        .map_err(|error| CommandError::new(format!("{}: {error}", arguments.to.display())))?;
    let settings = global.settings()?;
    let places = StorePlaces::read(folder, &settings)?;
    let chosen = catalogue::chosen(&arguments.systems).into_iter().map(|entry| stores::build(entry, &settings));
    let copied = Chosen::find(&places, chosen.collect::<CommandResult<_>>()?)?.copy(&places, &to)?;
    if arguments.json {
        return out::json(&copied);
    }
    let Copied { to, stores, bytes } = copied;
    out::print(&format!("{stores} stores, {bytes} bytes, in {}\n", to.display()))
}

/// Those that have stores.
struct Chosen {
    /// Every store is in one database: copied whoever works with them.
    in_a_database: Vec<System>,
    /// Some are in files, or in several databases.
    others: Vec<System>,
}

impl Chosen {
    fn find(places: &StorePlaces, systems: Vec<System>) -> CommandResult<Chosen> {
        let mut found = Chosen { in_a_database: vec![], others: vec![] };
        for system in systems {
            if places.has(&system)? {
                let is_whole = places.are_on_postgres(&system) && places.postgres.are_in_one_database(&system);
                if is_whole { &mut found.in_a_database } else { &mut found.others }.push(system);
            }
        }
        Ok(found)
    }

    fn copy(self, places: &StorePlaces, to: &Path) -> CommandResult<Copied> {
        let folder = &places.folder;
        let mut parts: Vec<Part> =
            self.in_a_database.iter().flat_map(|system| places.postgres.dumps(system)).map(part_from_dump).collect();
        let names: Vec<String> = self.others.iter().map(|system| system.name.to_string()).collect();
        let _at_rest = match (self.others.is_empty(), folder.is_taken()?) {
            (true, _) => None,
            (false, true) if parts.is_empty() => return socket::backup(folder, to, names),
            (false, true) => {
                return Err(CommandError::unreadable(format!(
                    "a process works with the stores of {}, and those of other systems are in a database: name the systems of each backup, such as nadul backup DIR {}",
                    names.join(", "),
                    self.in_a_database[0].name
                )));
            }
            (false, false) => folder.hold_at_rest()?,
        };
        for system in &self.others {
            parts.extend(at_rest(places, system)?);
        }
        if parts.is_empty() {
            return Err(stores::none(folder, "any system"));
        }
        write(to, parts).map_err(CommandError::new)
    }
}

/// Whoever owns a context on Postgres is named.
fn at_rest(places: &StorePlaces, system: &System) -> CommandResult<Vec<Part>> {
    let mut parts: Vec<Part> = places.postgres.dumps(system).into_iter().map(part_from_dump).collect();
    for (context, reader) in places.all(system)? {
        if !places.postgres.chosen.has(system.name, context.name) {
            let part = part_from_reader(system.name, context.name, reader.as_ref());
            parts.push(part.map_err(|error| CommandError::store(system, context, &error))?);
        }
    }
    Ok(parts)
}
