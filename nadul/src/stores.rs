//! Stores on disk as commands find them: only to be read.
use crate::catalogue::CatalogueEntry;
use crate::command_error::{CommandError, CommandResult};
use crate::folder::{Folder, Lock};
use crate::settings::Resolved;
use kernel::{Context, System};
use runtime::port::store::{Reader, StoreError};
use std::sync::Arc;

/// A context's reader, or why there is none.
pub type OpenedStore<'a> = (&'a Context, Result<Arc<dyn Reader>, StoreError>);

/// A system as its settings make it; the same for whoever runs it and whoever reads what it kept.
pub fn build(entry: &CatalogueEntry, settings: &Resolved) -> System {
    (entry.build)(&settings.group(entry.name))
}

/// In the system's order, while the caller keeps others from writing them.
pub fn still<'a>(folder: &Folder, system: &'a System) -> Vec<OpenedStore<'a>> {
    let read =
        |context: &Context| sqlite::read_still(&folder.store(system.name, context.name), context.name, system.name);
    system.contexts.iter().map(|context| (context, read(context))).collect()
}

/// A store that a process may write meanwhile.
pub struct LiveStore {
    pub reader: Arc<dyn Reader>,
    /// Where this account may only read, a store at rest is read as it lies there, and nobody may run meanwhile: it is
    /// opened for each look.
    pub at_rest: Option<Lock>,
}

/// Perhaps while a process writes it.
pub fn live(folder: &Folder, system: &System, context: &Context) -> CommandResult<LiveStore> {
    let (path, why) = (folder.store(system.name, context.name), |error| CommandError::store(system, context, &error));
    match sqlite::read(&path, context.name, system.name) {
        Ok(reader) => Ok(LiveStore { reader, at_rest: None }),
        Err(error) if folder.is_taken()? => Err(why(error)),
        Err(_) => {
            let at_rest = folder.hold_at_rest()?;
            let reader = sqlite::read_still(&path, context.name, system.name).map_err(why)?;
            Ok(LiveStore { reader, at_rest })
        }
    }
}

/// Whether a system has ever run on this folder.
pub fn has(folder: &Folder, system: &System) -> CommandResult<bool> {
    for context in &system.contexts {
        if folder.has_store(system.name, context.name)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub fn none(folder: &Folder, what: &str) -> CommandError {
    let folder = folder.path().display();
    CommandError::unreadable(format!(
        "the data folder {folder} holds nothing of {what}; name another folder with --data"
    ))
}

/// Those that could all be opened.
pub fn all<'a>(folder: &Folder, system: &'a System) -> CommandResult<Vec<(&'a Context, Arc<dyn Reader>)>> {
    let opened = |(context, reader): OpenedStore<'a>| match reader {
        Ok(reader) => Ok((context, reader)),
        Err(error) => Err(CommandError::store(system, context, &error)),
    };
    still(folder, system).into_iter().map(opened).collect()
}
