//! `SYSTEM` or `SYSTEM/CONTEXT`, as a command line names them.
use crate::failure::{Failure, Outcome};
use crate::{catalogue, nearest};
use kernel::{Context, System};

/// Checked against the systems this binary holds.
#[derive(Clone)]
pub struct Place {
    pub system: &'static catalogue::Entry,
    context: Option<String>,
}

pub fn parse(text: &str) -> Outcome<Place> {
    let (system, context) = match text.split_once('/') {
        Some((system, context)) => (system, Some(context.to_string())),
        None => (text, None),
    };
    Ok(Place { system: catalogue::find(system)?, context })
}

impl Place {
    /// The named context, or all of the system's.
    pub fn contexts<'a>(&self, system: &'a System) -> Outcome<Vec<&'a Context>> {
        match &self.context {
            Some(name) => Ok(vec![find(system, name)?]),
            None => Ok(system.contexts.iter().collect()),
        }
    }

    /// Where one context has to be named.
    pub fn context<'a>(&self, system: &'a System) -> Outcome<&'a Context> {
        let advice = || {
            let all: Vec<String> = names(system).into_iter().map(|name| format!("{}/{name}", system.name)).collect();
            Failure::unreadable(format!("name a context as well, such as {}", all.join(", ")))
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

fn find<'a>(system: &'a System, name: &str) -> Outcome<&'a Context> {
    system.get(name).ok_or_else(|| {
        let (hint, all) = (nearest::hint(name, names(system)), names(system).join(", "));
        Failure::unreadable(format!("{} has no context {name}{hint}\nContexts: {all}", system.name))
    })
}
