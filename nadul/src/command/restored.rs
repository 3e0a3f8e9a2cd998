//! `nadul restored`: says that stores were put back to an earlier moment where nothing of them shows it.
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::known_name::KnownName;
use crate::stores::StorePlaces;
use crate::{catalogue, global::Global, out, stores};
use clap::Args;

const EXAMPLES: &str = "A store that is restored into another place begins another life by itself: ETags and stream ids that were given out after the copy was
made are not valid any more. The image of a whole disk or machine comes back to the same place, so its stores have to be told. All stores
of a system must be of one moment. Nothing else is changed. Run it before the system runs again; where it fails, mend what it names and
run it again.

Examples:
  nadul restored taxi --data /srv/nadul
  nadul restored taxi fruit";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Whose stores were put back
    #[arg(required = true, value_parser = KnownName::system())]
    systems: Vec<String>,
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let settings = global.settings()?;
    let places = StorePlaces::read(Folder::named(global.data.as_deref())?, &settings)?;
    let _at_rest = places.folder.hold_at_rest()?;
    let systems = catalogue::chosen(&arguments.systems).into_iter().map(|entry| stores::build(entry, &settings));
    let mut said = String::new();
    for system in systems.collect::<CommandResult<Vec<_>>>()? {
        let told = places.restored(&system)?;
        if told == 0 {
            return Err(stores::none(&places.folder, system.name));
        }
        said += &format!("{}: {told} stores begin another life when they work again\n", system.name);
    }
    out::print(&said)
}

impl StorePlaces {
    /// Tells each store of a system that is there; how many.
    fn restored(&self, system: &kernel::System) -> CommandResult<usize> {
        let mut told = 0;
        for context in self.kept(system) {
            let why = |error| CommandError::store(system, context, &error);
            if !self.has_store(system, context)? {
                continue;
            }
            let on_postgres = self.postgres.restored(system.name, context.name);
            let in_a_file =
                || sqlite::restored(&self.folder.store(system.name, context.name), context.name, system.name);
            on_postgres.unwrap_or_else(in_a_file).map_err(why)?;
            told += 1;
        }
        Ok(told)
    }
}
