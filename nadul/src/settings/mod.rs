//! Settings: what can be set, and what is set by whom. Rising precedence: default, file, environment, command line.
mod cluster;
mod declared;
mod environment;
mod file;
mod flag;
mod order;
mod report;
mod unit;
mod value;

pub use declared::{SettingGroup, groups};
pub use report::{json, table};
pub use value::{Origin, Value};

use crate::command_error::{CommandError, CommandResult};
use kernel::{Name, Settings};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// Where settings come from, as a command line names it.
pub struct Sources {
    /// A file that must be there; `None`: `nadul.toml` of the working directory, if there is one.
    pub file: Option<PathBuf>,
    pub environment: Vec<(OsString, OsString)>,
    /// `group.name=value`, in the order given.
    pub flags: Vec<String>,
}

impl Sources {
    /// Variables that begin as settings do and are none: they stop nothing, but whoever set one may have meant something.
    pub fn ignored(&self) -> Vec<String> {
        environment::ignored(&self.environment, &groups())
    }
}

/// Every setting's value and where it came from.
pub struct Resolved(BTreeMap<(Name, Name), Value>);

impl Resolved {
    /// Every fault is told at once, so that they can be mended at once.
    pub fn from(sources: &Sources) -> CommandResult<Resolved> {
        let groups = groups();
        let mut values = defaults(&groups);
        let mut faults = vec![];
        let given = [
            file::read(sources.file.as_deref(), &groups),
            environment::read(&sources.environment, &groups),
            flag::read(&sources.flags, &groups),
        ];
        for source in given {
            for set in source {
                match set {
                    Ok((group, value)) => drop(values.insert((group, value.setting.name), value)),
                    Err(fault) => faults.push(fault),
                }
            }
        }
        let resolved = Resolved(values);
        if faults.is_empty() {
            faults = order::faults(&resolved, &groups);
        }
        match faults.as_slice() {
            [] => Ok(resolved),
            [fault] => Err(CommandError::unreadable(fault)),
            many => Err(CommandError::unreadable(format!(
                "{} settings can't be used:\n  {}",
                many.len(),
                many.join("\n  ")
            ))),
        }
    }

    /// One group as its owner reads it.
    pub fn group(&self, group: &str) -> Settings {
        let mut settings = Settings::default();
        self.values(group).for_each(|value| settings.set(value.setting.name, value.text.clone()));
        settings
    }

    /// The values of one group, by name.
    pub fn values(&self, group: &str) -> impl Iterator<Item = &Value> {
        self.0.iter().filter(move |((name, _), _)| *name == group).map(|(_, value)| value)
    }
}

fn defaults(groups: &[SettingGroup]) -> BTreeMap<(Name, Name), Value> {
    let all = groups.iter().flat_map(|group| group.settings.iter().map(move |setting| (group.name, setting)));
    all.map(|(group, setting)| ((group, setting.name), Value::default_of(setting))).collect()
}

/// A setting given by a source, with its group; or what is wrong with it, naming the source.
type Given = Result<(Name, Value), String>;

#[cfg(test)]
mod tests;
