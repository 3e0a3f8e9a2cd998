//! Contexts that a process keeps in its memory, as the settings choose them: those that only show what they hear, and so can be
//! made again from the logs of others.
use crate::chosen_contexts::ChosenContexts;
use crate::command_error::{CommandError, CommandResult};
use crate::settings::Resolved;
use crate::{catalogue, stores};
use kernel::Context;
use memory::Disk;
use runtime::port::store::{Result, Store, Table};

kernel::settings! {
    /// The `[memory]` settings.
    pub struct MemorySettings {
        /// Which contexts nadul serve keeps in memory, separated by commas, such as taxi/mypage: only those that do nothing but show what they hear. Their next process reads all of it again.
        contexts: Vec<String> = "";
    }
}

pub struct MemoryStores {
    pub chosen: ChosenContexts,
}

impl MemoryStores {
    pub fn read(settings: &Resolved) -> CommandResult<MemoryStores> {
        let set = MemorySettings::read(&settings.group("memory"));
        let chosen = ChosenContexts::read("memory.contexts", &set.contexts, settings)?;
        for (system, name) in chosen.iter() {
            let system = stores::build(catalogue::find(system)?, settings)?;
            if let Some(why) = system.get(name).and_then(loses) {
                return Err(CommandError::unreadable(format!(
                    "memory.contexts: {}/{name} {why}, which would be lost with its process; give it a file or Postgres",
                    system.name
                )));
            }
        }
        Ok(MemoryStores { chosen })
    }

    /// Opens the store of a context; as often as it is asked in one process, the same one.
    pub fn opener(context: &Context) -> impl Fn() -> Result<Box<dyn Store>> + Send + use<> {
        let (disk, tables) = (Disk::new(), Table::all(context));
        move || Ok(Box::new(disk.open(&tables)))
    }
}

/// What of a context nobody else keeps.
fn loses(context: &Context) -> Option<&'static str> {
    let kept = [
        (context.events().any(|event| event.published), "publishes events"),
        (!context.kinds.is_empty(), "keeps states of its own"),
        (!context.callees.is_empty(), "answers calls"),
        (!context.routes.is_empty(), "takes commands"),
        (!context.policies.is_empty(), "acts on events"),
    ];
    kept.into_iter().find_map(|(keeps, what)| keeps.then_some(what))
}
