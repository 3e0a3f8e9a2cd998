//! Contexts whose store is on Postgres, as the settings choose them.
use crate::chosen_contexts::ChosenContexts;
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::postgres_databases::PostgresDatabases;
use crate::postgres_settings::{PostgresSettings, SslMode};
use crate::settings::Resolved;
use crate::store_owner;
use kernel::{Context, System};
use postgres::{Dump, Postgres, PostgresOptions, ServerAddress, ServerTls};
use runtime::port::replica::{Replica, Standby};
use runtime::port::store::{Reader, Result, StoreError, Table};
use std::sync::Arc;

/// The file of a system's stores in the database that is set for all, in the format of `pg_restore`.
const DUMP: &str = "postgres.dump";
/// Beside the readers of a store: its writer, its heartbeat, and consumers of its log.
const MORE_CONNECTIONS: usize = 3;
/// A connection has a socket, and what its thread waits by.
const CONNECTION_FILES: usize = 4;

#[derive(Clone)]
pub struct PostgresStores {
    pub chosen: ChosenContexts,
    databases: PostgresDatabases,
    options: PostgresOptions,
    folder: Folder,
}

impl PostgresStores {
    /// Every name, file and address is looked at before anything is opened.
    pub fn read(settings: &Resolved, folder: &Folder) -> CommandResult<PostgresStores> {
        let set = PostgresSettings::read(&settings.group("postgres"));
        let chosen = ChosenContexts::read("postgres.contexts", &set.contexts, settings)?;
        let password = if chosen.is_empty() { None } else { password(&set)? };
        let (url, list) = (set.url.reveal(), set.databases.reveal());
        let databases = PostgresDatabases::read(&chosen, url, list, password.as_deref(), settings)?;
        Ok(PostgresStores { chosen, databases, options: options(&set)?, folder: folder.clone() })
    }

    fn address(&self, system: &str, context: &str) -> Option<&ServerAddress> {
        self.databases.of(system, context).filter(|_| self.chosen.has(system, context))
    }

    /// The store of a context that this replica stands by; `None`: its store is a file.
    pub fn standby(&self, system: &str, context: &Context, me: &Replica) -> Option<Result<Box<dyn Standby>>> {
        let address = self.address(system, context.name)?;
        let tables = Table::all(context);
        let standby = postgres::standby(address, context.name, system, &tables, self.options.clone(), me.clone());
        Some(standby.map(|standby| Box::new(standby) as Box<dyn Standby>))
    }

    /// Files that so many stores have open at most.
    pub fn open_files(&self, stores: usize) -> usize {
        stores * CONNECTION_FILES * (self.options.readers_max + MORE_CONNECTIONS)
    }

    /// Readers of one store at once.
    pub fn readers_max(&self) -> usize {
        self.options.readers_max
    }

    /// Whether the context has a store there; `None`: its store is a file.
    pub fn has(&self, system: &str, context: &str) -> Option<Result<bool>> {
        let address = self.address(system, context)?;
        Some(postgres::has(address, context, system, &self.options))
    }

    /// While this process has the data folder.
    pub fn open(&self, system: &str, context: &Context) -> Option<Result<Postgres>> {
        let address = self.address(system, context.name)?;
        let owner = store_owner::of(&self.folder).map_err(|error| StoreError::Failed(error.text));
        Some(owner.and_then(|owner| {
            let options = PostgresOptions { owner, ..self.options.clone() };
            postgres::open(address, context.name, system, &Table::all(context), options)
        }))
    }

    /// Perhaps while a process writes it.
    pub fn live(&self, system: &str, context: &str) -> Option<Result<Arc<dyn Reader>>> {
        let address = self.address(system, context)?;
        Some(postgres::read(address, context, system, self.options.clone()))
    }

    /// Its contexts by their databases.
    fn by_database<'s>(&self, system: &'s System) -> Vec<(&ServerAddress, Vec<&'s str>)> {
        let contexts = system.contexts.iter().map(|context| context.name);
        self.databases.group(system.name, contexts.filter(|context| self.chosen.has(system.name, context)))
    }

    /// Whether all stores of a system that are there can be read at one moment.
    pub fn are_in_one_database(&self, system: &System) -> bool {
        self.by_database(system).len() <= 1
    }

    /// All stores of a system that are there, each database's to be written as one file, and the name of that.
    pub fn dumps(&self, system: &System) -> Vec<(String, Dump)> {
        let databases = self.by_database(system);
        let is_only = databases.len() == 1;
        let dump = |(address, contexts): (&ServerAddress, Vec<&str>)| {
            let file = match is_only || self.databases.is_common(address) {
                true => DUMP.to_string(),
                false => format!("postgres-{}.dump", contexts.join("+")),
            };
            let (address, options) = (address.clone(), self.options.clone());
            let contexts = contexts.into_iter().map(str::to_string).collect();
            (file, Dump { address, options, system: system.name.to_string(), contexts })
        };
        databases.into_iter().map(dump).collect()
    }

    /// Tells a store that it was put back, while no process owns it.
    pub fn restored(&self, system: &str, context: &str) -> Option<Result<()>> {
        let address = self.address(system, context)?;
        Some(postgres::restored(address, context, system, &self.options))
    }

    /// While no process owns it.
    pub fn still(&self, system: &str, context: &str) -> Option<Result<Arc<dyn Reader>>> {
        let address = self.address(system, context)?;
        Some(postgres::read_still(address, context, system, self.options.clone()))
    }
}

fn password(set: &PostgresSettings) -> CommandResult<Option<String>> {
    match (set.password.is_empty(), set.password_file.as_str()) {
        (true, "") => Ok(None),
        (false, "") => Ok(Some(set.password.reveal().to_string())),
        (false, _) => Err(CommandError::unreadable(
            "postgres.password and postgres.password_file are both set: leave one of them out",
        )),
        (true, file) => {
            let text = std::fs::read_to_string(file).map_err(|error| {
                CommandError::unreadable(format!("postgres.password_file {file} can't be read: {error}"))
            })?;
            Ok(Some(text.lines().next().unwrap_or_default().to_string()))
        }
    }
}

fn options(set: &PostgresSettings) -> CommandResult<PostgresOptions> {
    let tls = match (set.sslmode, set.root_certificate.as_str()) {
        (SslMode::VerifyFull, "") => {
            return Err(CommandError::unreadable(
                "postgres.sslmode is verify-full and postgres.root_certificate is not set: name a file such as /etc/ssl/certs/ca-certificates.crt",
            ));
        }
        (SslMode::VerifyFull, file) => ServerTls::VerifyFull(file.into()),
        (SslMode::Disable, _) => ServerTls::Disable,
        (SslMode::Prefer, _) => ServerTls::Prefer,
        (SslMode::Require, _) => ServerTls::Require,
    };
    Ok(PostgresOptions {
        tls,
        readers_max: set.readers_max,
        connect_ms: set.connect_ms,
        statement_ms: set.statement_ms,
        read_ms: set.read_ms,
        lock_ms: set.lock_ms,
        resolve_ms: set.resolve_ms,
        lease_ms: set.lease_ms,
        // one that comes late must not be the end: an owner relies on half of a short lease
        heartbeat_ms: set.heartbeat_ms.min(set.lease_ms / 4),
        ..PostgresOptions::default()
    })
}
