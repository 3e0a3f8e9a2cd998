//! In which database each context on Postgres has its schema: the one that is set for all, or one of its own.
use crate::chosen_contexts::ChosenContexts;
use crate::command_error::{CommandError, CommandResult};
use crate::settings::Resolved;
use postgres::ServerAddress;
use std::collections::BTreeMap;

const SETTING: &str = "postgres.databases";

#[derive(Clone, Default)]
pub struct PostgresDatabases {
    /// `None` where every chosen context has one of its own.
    common: Option<ServerAddress>,
    /// By system and context.
    own: BTreeMap<(String, String), ServerAddress>,
}

impl PostgresDatabases {
    /// Every chosen context has one. `url` and `list` may hold passwords, and nothing of them is repeated but the names of contexts;
    /// `password` is for those that hold none.
    pub fn read(
        chosen: &ChosenContexts,
        url: &str,
        list: &str,
        password: Option<&str>,
        settings: &Resolved,
    ) -> CommandResult<PostgresDatabases> {
        let mut own = BTreeMap::new();
        for entry in list.split_whitespace() {
            let (name, url) = entry.split_once('=').ok_or_else(|| {
                wrong(
                    "each entry is like SYSTEM/CONTEXT=postgres://USER@HOST:5432/DATABASE, and spaces are between them",
                )
            })?;
            let address = address(url, password).map_err(|why| wrong(&format!("{name}: {why}")))?;
            for (system, context) in ChosenContexts::read(SETTING, &[name.to_string()], settings)?.iter() {
                if !chosen.has(system, context) {
                    return Err(wrong(&format!("{system}/{context} is not in postgres.contexts; name it there, too")));
                }
                if own.insert((system.to_string(), context.to_string()), address.clone()).is_some() {
                    return Err(wrong(&format!("{system}/{context} is named twice")));
                }
            }
        }
        let is_own = |(system, context): (&str, &str)| own.contains_key(&(system.to_string(), context.to_string()));
        let common = match url.trim() {
            _ if chosen.iter().all(is_own) => None,
            "" => {
                return Err(CommandError::unreadable(
                    "postgres.contexts is set and postgres.url is not: set it to postgres://USER@HOST:5432/DATABASE (NADUL_POSTGRES_URL)",
                ));
            }
            url => {
                Some(address(url, password).map_err(|why| CommandError::unreadable(format!("postgres.url: {why}")))?)
            }
        };
        Ok(PostgresDatabases { common, own })
    }

    /// Of a chosen context.
    pub fn of(&self, system: &str, context: &str) -> Option<&ServerAddress> {
        self.own.get(&(system.to_string(), context.to_string())).or(self.common.as_ref())
    }

    /// These contexts of a system by their databases: the one that is set for all comes first, the others as the contexts do.
    pub fn group<'a>(
        &self,
        system: &str,
        contexts: impl Iterator<Item = &'a str>,
    ) -> Vec<(&ServerAddress, Vec<&'a str>)> {
        let mut groups: Vec<(&ServerAddress, Vec<&str>)> = vec![];
        for context in contexts {
            let Some(address) = self.of(system, context) else { continue };
            match groups.iter_mut().find(|(known, _)| *known == address) {
                Some((_, contexts)) => contexts.push(context),
                None if self.is_common(address) => groups.insert(0, (address, vec![context])),
                None => groups.push((address, vec![context])),
            }
        }
        groups
    }

    pub fn is_common(&self, address: &ServerAddress) -> bool {
        self.common.as_ref() == Some(address)
    }
}

fn wrong(why: &str) -> CommandError {
    CommandError::unreadable(format!("{SETTING}: {why}"))
}

fn address(url: &str, password: Option<&str>) -> Result<ServerAddress, String> {
    let address = ServerAddress::parse(url.trim()).map_err(|error| error.to_string())?;
    Ok(match password.filter(|_| !address.has_password()) {
        Some(password) => address.with_password(password),
        None => address,
    })
}
