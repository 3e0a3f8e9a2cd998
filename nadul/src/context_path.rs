//! `SYSTEM` or `SYSTEM/CONTEXT`, as a command line names them.
use crate::command_error::{CommandError, CommandResult};
use crate::{catalogue, nearest};
use kernel::{Context, System};

/// Checked against the systems this binary holds.
#[derive(Clone)]
pub struct ContextPath {
    pub system: &'static catalogue::CatalogueEntry,
    context: Option<String>,
}

pub fn parse(text: &str) -> CommandResult<ContextPath> {
    let (system, context) = match text.split_once('/') {
        Some((system, context)) => (system, Some(context.to_string())),
        None => (text, None),
    };
    Ok(ContextPath { system: catalogue::find(system)?, context })
}

impl ContextPath {
    /// The named context, or all of the system's.
    pub fn contexts<'a>(&self, system: &'a System) -> CommandResult<Vec<&'a Context>> {
        match &self.context {
            Some(name) => Ok(vec![find(system, name)?]),
            None => Ok(system.contexts.iter().collect()),
        }
    }

    /// Where one context has to be named.
    pub fn context<'a>(&self, system: &'a System) -> CommandResult<&'a Context> {
        let advice = || {
            let all: Vec<String> = names(system).into_iter().map(|name| format!("{}/{name}", system.name)).collect();
            CommandError::unreadable(format!("name a context as well, such as {}", all.join(", ")))
        };
        find(system, self.context.as_deref().ok_or_else(advice)?)
    }

    pub fn names_a_context(&self) -> bool {
        self.context.is_some()
    }
}

fn names(system: &System) -> Vec<&'static str> {
    system.contexts.iter().map(|context| context.name).collect()
}

fn find<'a>(system: &'a System, name: &str) -> CommandResult<&'a Context> {
    system.get(name).ok_or_else(|| {
        let (hint, all) = (nearest::hint(name, names(system)), names(system).join(", "));
        CommandError::unreadable(format!("{} has no context {name}{hint}\nContexts: {all}", system.name))
    })
}
