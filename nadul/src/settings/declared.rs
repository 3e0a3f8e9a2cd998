//! What can be set: groups, each a list of settings declared by whoever reads them.
use crate::catalogue::CatalogueEntry;
use crate::cluster::settings::ClusterSettings;
use crate::kafka_settings::KafkaSettings;
use crate::log_settings::LogSettings;
use crate::memory_stores::MemorySettings;
use crate::postgres_settings::PostgresSettings;
use crate::sqlite_settings::SqliteSettings;
use crate::{catalogue, nearest};
use http_edge::settings::HttpSettings;
use identity::AccessSettings;
use kernel::{Name, Setting};
use runtime::limits::Limits;

pub struct SettingGroup {
    pub name: Name,
    pub settings: &'static [Setting],
    /// Pairs of settings: the first may not be more than the second.
    pub at_most: &'static [(Name, Name)],
}

impl SettingGroup {
    pub fn find(&self, name: &str) -> Option<&'static Setting> {
        self.settings.iter().find(|setting| setting.name == name)
    }
}

macro_rules! group {
    ($name:literal, $declared:ty) => {
        SettingGroup { name: $name, settings: <$declared>::SETTINGS, at_most: <$declared>::AT_MOST }
    };
}

pub fn groups() -> Vec<SettingGroup> {
    let own = [
        group!("runtime", Limits),
        group!("http", HttpSettings),
        group!("access", AccessSettings),
        group!("sqlite", SqliteSettings),
        group!("postgres", PostgresSettings),
        group!("memory", MemorySettings),
        group!("kafka", KafkaSettings),
        group!("cluster", ClusterSettings),
        group!("log", LogSettings),
    ];
    own.into_iter().chain(catalogue::ALL.iter().map(of_system)).collect()
}

fn of_system(entry: &CatalogueEntry) -> SettingGroup {
    SettingGroup { name: entry.name, settings: entry.settings, at_most: &[] }
}

/// The setting `group.name`, or why there is none, with the nearest one there is.
pub fn find(groups: &[SettingGroup], group: &str, name: &str) -> Result<(Name, &'static Setting), String> {
    let Some(owner) = groups.iter().find(|known| known.name == group) else { return Err(no_group(groups, group)) };
    owner.find(name).map(|setting| (owner.name, setting)).ok_or_else(|| unknown(groups, owner, name))
}

pub fn no_group(groups: &[SettingGroup], group: &str) -> String {
    let names: Vec<Name> = groups.iter().map(|group| group.name).collect();
    let hint = nearest::hint(group, names.iter().copied());
    format!("there is no group {group}{hint} (groups: {})", names.join(", "))
}

/// The same name in another group is nearer than another name in the same one.
fn unknown(groups: &[SettingGroup], owner: &SettingGroup, name: &str) -> String {
    let elsewhere = groups.iter().find(|group| group.find(name).is_some());
    let hint = match elsewhere {
        Some(group) => format!("; did you mean {}.{name}?", group.name),
        None => match nearest::name(name, owner.settings.iter().map(|setting| setting.name)) {
            Some(near) => format!("; did you mean {}.{near}?", owner.name),
            None => String::new(),
        },
    };
    let group = owner.name;
    format!("there is no setting {group}.{name}{hint} (all there are: nadul settings {group})")
}
