//! Stores as commands find them: only to be read.
use crate::catalogue::CatalogueEntry;
use crate::command_error::{CommandError, CommandResult};
use crate::folder::{Folder, Lock};
use crate::memory_stores::MemoryStores;
use crate::postgres_stores::PostgresStores;
use crate::settings::Resolved;
use kernel::{Context, System};
use runtime::port::store::{Reader, StoreError};
use std::sync::Arc;

/// A context's reader, or why there is none.
pub type OpenedStore<'a> = (&'a Context, Result<Arc<dyn Reader>, StoreError>);

/// A system as its settings make it; the same for whoever runs it and whoever reads what it kept. One that is declared wrongly does
/// nothing: where nobody has said who may use a route, everybody or nobody might.
pub fn build(entry: &CatalogueEntry, settings: &Resolved) -> CommandResult<System> {
    let system = (entry.build)(&settings.group(entry.name));
    let faults: Vec<String> = system.faults().iter().map(|fault| format!("\n  {fault}")).collect();
    if faults.is_empty() {
        return Ok(system);
    }
    Err(CommandError::unreadable(format!("{} is declared wrongly:{}", entry.name, faults.concat())))
}

/// Where every store of this process is: in the data folder, on Postgres, or only in the memory of the process that has it.
pub struct StorePlaces {
    pub folder: Folder,
    pub postgres: PostgresStores,
    pub memory: MemoryStores,
}

/// A store that a process may write meanwhile.
pub struct LiveStore {
    pub reader: Arc<dyn Reader>,
    /// Where this account may only read, a store at rest is read as it lies there, and nobody may run meanwhile: it is
    /// opened for each look.
    pub at_rest: Option<Lock>,
}

impl StorePlaces {
    pub fn read(folder: Folder, settings: &Resolved) -> CommandResult<StorePlaces> {
        let (postgres, memory) = (PostgresStores::read(settings, &folder)?, MemoryStores::read(settings)?);
        if let Some(both) = postgres.chosen.shared(&memory.chosen) {
            return Err(CommandError::unreadable(format!(
                "{both} is in postgres.contexts and in memory.contexts: leave it out of one of them"
            )));
        }
        Ok(StorePlaces { folder, postgres, memory })
    }

    /// Whether the store of a context outlives its process.
    pub fn keeps(&self, system: &System, context: &Context) -> bool {
        !self.memory.chosen.has(system.name, context.name)
    }

    /// The contexts whose stores outlive their process.
    pub fn kept<'a>(&self, system: &'a System) -> impl Iterator<Item = &'a Context> {
        system.contexts.iter().filter(|context| self.keeps(system, context))
    }

    /// Whether no store of the system is a file.
    pub fn are_on_postgres(&self, system: &System) -> bool {
        self.kept(system).all(|context| self.postgres.chosen.has(system.name, context.name))
    }

    /// In the system's order, while the caller keeps others from writing the folder; a process that owns one on Postgres is named.
    pub fn still<'a>(&self, system: &'a System) -> Vec<OpenedStore<'a>> {
        let read = |context: &Context| {
            self.postgres.still(system.name, context.name).unwrap_or_else(|| {
                sqlite::read_still(&self.folder.store(system.name, context.name), context.name, system.name)
            })
        };
        self.kept(system).map(|context| (context, read(context))).collect()
    }

    /// Perhaps while a process writes it.
    pub fn live(&self, system: &System, context: &Context) -> CommandResult<LiveStore> {
        let why = |error| CommandError::store(system, context, &error);
        if !self.keeps(system, context) {
            return Err(CommandError::unreadable(format!(
                "{}/{} is in the memory of its process (memory.contexts); ask that one",
                system.name, context.name
            )));
        }
        if let Some(read) = self.postgres.live(system.name, context.name) {
            return Ok(LiveStore { reader: read.map_err(why)?, at_rest: None });
        }
        let path = self.folder.store(system.name, context.name);
        match sqlite::read(&path, context.name, system.name) {
            Ok(reader) => Ok(LiveStore { reader, at_rest: None }),
            Err(error) if self.folder.is_taken()? => Err(why(error)),
            Err(_) => {
                let at_rest = self.folder.hold_at_rest()?;
                let reader = sqlite::read_still(&path, context.name, system.name).map_err(why)?;
                Ok(LiveStore { reader, at_rest })
            }
        }
    }

    /// Whether a system has ever run here.
    pub fn has(&self, system: &System) -> CommandResult<bool> {
        for context in self.kept(system) {
            if self.has_store(system, context)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub fn has_store(&self, system: &System, context: &Context) -> CommandResult<bool> {
        match self.postgres.has(system.name, context.name) {
            Some(has) => has.map_err(|error| CommandError::store(system, context, &error)),
            None => self.folder.has_store(system.name, context.name),
        }
    }

    /// Those that could all be opened.
    pub fn all<'a>(&self, system: &'a System) -> CommandResult<Vec<(&'a Context, Arc<dyn Reader>)>> {
        let opened = |(context, reader): OpenedStore<'a>| match reader {
            Ok(reader) => Ok((context, reader)),
            Err(error) => Err(CommandError::store(system, context, &error)),
        };
        self.still(system).into_iter().map(opened).collect()
    }
}

pub fn none(folder: &Folder, what: &str) -> CommandError {
    let folder = folder.path().display();
    CommandError::unreadable(format!(
        "the data folder {folder} holds nothing of {what}; name another folder with --data"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::settings::Sources;
    use kernel::{Grants, Settings};

    /// taxi, where nobody has said who may hail a ride.
    fn wrongly(settings: &Settings) -> System {
        let mut system = taxi::system(settings);
        system.contexts[0].routes[0].grants = Grants::default();
        system
    }

    #[test]
    fn a_system_that_is_declared_wrongly_is_refused_by_the_names_of_its_faults() {
        let settings = Resolved::from(&Sources { file: None, environment: vec![], flags: vec![] }).expect("defaults");
        let entry = catalogue::ALL[0];
        assert!(build(&entry, &settings).is_ok());
        let refused = build(&CatalogueEntry { build: wrongly, ..entry }, &settings).err().expect("a fault");
        let said =
            "taxi is declared wrongly:\n  POST /catches does not say who may: by, by_owner, read_by or read_by_owner";
        assert_eq!((refused.text.as_str(), refused.code), (said, 2));
    }
}
