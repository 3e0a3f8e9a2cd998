//! The systems this binary holds. To add one: a dependency and a line here.
use crate::command_error::{CommandError, CommandResult};
use crate::nearest;
use kernel::{Name, Setting, Settings, System};

/// A system before it has its settings.
#[derive(Clone, Copy)]
pub struct CatalogueEntry {
    pub name: Name,
    pub settings: &'static [Setting],
    pub build: fn(&Settings) -> System,
}

pub const ALL: &[CatalogueEntry] = &[
    CatalogueEntry { name: "taxi", settings: taxi::SETTINGS, build: taxi::system },
    CatalogueEntry { name: "fruit", settings: fruit::SETTINGS, build: fruit::system },
    CatalogueEntry { name: "call-taxi", settings: call_taxi::SETTINGS, build: call_taxi::system },
    CatalogueEntry { name: "stay", settings: stay::SETTINGS, build: stay::system },
    CatalogueEntry { name: "bookstore", settings: bookstore::SETTINGS, build: bookstore::system },
];

pub fn names() -> Vec<Name> {
    ALL.iter().map(|entry| entry.name).collect()
}

/// The named ones in the order of the catalogue; all where none is named. Names are checked by whoever read them.
pub fn chosen(names: &[String]) -> Vec<&'static CatalogueEntry> {
    ALL.iter().filter(|entry| names.is_empty() || names.iter().any(|name| name == entry.name)).collect()
}

pub fn find(name: &str) -> CommandResult<&'static CatalogueEntry> {
    ALL.iter().find(|entry| entry.name == name).ok_or_else(|| {
        let hint = nearest::hint(name, names());
        CommandError::unreadable(format!("there is no system {name}{hint}\nSystems: {}", names().join(", ")))
    })
}
