//! Contexts that a setting names: SYSTEM/CONTEXT, SYSTEM for all of it, or all.
use crate::command_error::{CommandError, CommandResult};
use crate::settings::Resolved;
use crate::{catalogue, context_path, stores};
use kernel::System;
use std::collections::BTreeSet;

const ALL: &str = "all";

#[derive(Clone, Default)]
pub struct ChosenContexts {
    /// System and context.
    chosen: BTreeSet<(String, String)>,
}

impl ChosenContexts {
    /// `setting` is told where a name is wrong.
    pub fn read(setting: &str, names: &[String], settings: &Resolved) -> CommandResult<ChosenContexts> {
        let mut chosen = BTreeSet::new();
        for name in names {
            let named = named(name, settings);
            chosen.extend(named.map_err(|error| CommandError::unreadable(format!("{setting}: {}", error.text)))?);
        }
        Ok(ChosenContexts { chosen })
    }

    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    pub fn has(&self, system: &str, context: &str) -> bool {
        self.chosen.contains(&(system.to_string(), context.to_string()))
    }

    /// Those of a system.
    pub fn count(&self, system: &System) -> usize {
        system.contexts.iter().filter(|context| self.has(system.name, context.name)).count()
    }

    /// One that both have.
    pub fn shared(&self, other: &ChosenContexts) -> Option<String> {
        self.chosen.intersection(&other.chosen).next().map(|(system, context)| format!("{system}/{context}"))
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.chosen.iter().map(|(system, context)| (system.as_str(), context.as_str()))
    }
}

fn named(name: &str, settings: &Resolved) -> CommandResult<Vec<(String, String)>> {
    if name == ALL {
        let systems = catalogue::ALL.iter().map(|entry| stores::build(entry, settings));
        return Ok(systems.collect::<CommandResult<Vec<_>>>()?.iter().flat_map(of_system).collect());
    }
    let path = context_path::parse(name)?;
    let system = stores::build(path.system, settings)?;
    let contexts = path.contexts(&system)?;
    Ok(contexts.into_iter().map(|context| (system.name.to_string(), context.name.to_string())).collect())
}

fn of_system(system: &System) -> Vec<(String, String)> {
    system.contexts.iter().map(|context| (system.name.to_string(), context.name.to_string())).collect()
}
