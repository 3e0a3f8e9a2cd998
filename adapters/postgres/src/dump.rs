//! Stores as one file, by Postgres' own `pg_dump`: all of them as they are at one moment, while their owners go on writing.
use crate::read::place;
use crate::{PostgresOptions, ServerAddress, ServerTls};
use runtime::port::store::{Result, StoreError};
use std::path::Path;
use std::process::Command;
use tokio_postgres::config::Host;

const PROGRAM: &str = "pg_dump";

/// Whose stores are dumped.
#[derive(Clone, Debug)]
pub struct Dump {
    pub address: ServerAddress,
    pub options: PostgresOptions,
    pub system: String,
    pub contexts: Vec<String>,
}

impl Dump {
    /// In Postgres' own format, for `pg_restore`; without owners and rights, so that any user may restore it. No other connection
    /// is needed, and no writer waits.
    ///
    /// # Errors
    /// `pg_dump` is not there, is older than the server, or says what is wrong.
    pub fn write(&self, to: &Path) -> Result<()> {
        let mut command = Command::new(PROGRAM);
        command.args(["--format=custom", "--no-owner", "--no-privileges", "--no-password", "--strict-names"]);
        for context in &self.contexts {
            let schema = place(&self.address, context, &self.system)?.schema;
            command.arg(format!("--schema=\"{}\"", schema.name()));
        }
        command.arg("--file").arg(to);
        self.environment(&mut command);
        let done = command.output().map_err(|error| {
            StoreError::Failed(format!(
                "{PROGRAM} can't be run: {error}. Install Postgres' client programs, of the server's version or newer (Debian: apt-get install postgresql-client)."
            ))
        })?;
        if done.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&done.stderr);
        Err(StoreError::Failed(format!("{PROGRAM} has failed: {}", said.trim())))
    }

    /// What no other process of this machine sees, as it would on a command line.
    fn environment(&self, command: &mut Command) {
        let ours = std::env::vars_os().map(|(name, _)| name).filter(|name| name.to_string_lossy().starts_with("PG"));
        ours.for_each(|name| {
            command.env_remove(name);
        });
        let config = &self.address.0;
        let ports: Vec<String> = config.get_ports().iter().map(u16::to_string).collect();
        let hosts: Vec<String> = config.get_hosts().iter().map(host).collect();
        command.env("PGHOST", hosts.join(",")).env("PGPORT", ports.join(","));
        command.env("PGUSER", self.address.user()).env("PGDATABASE", self.address.database());
        if let Some(password) = config.get_password() {
            command.env("PGPASSWORD", String::from_utf8_lossy(password).as_ref());
        }
        match &self.options.tls {
            ServerTls::Disable => command.env("PGSSLMODE", "disable"),
            ServerTls::Prefer => command.env("PGSSLMODE", "prefer"),
            ServerTls::Require => command.env("PGSSLMODE", "require"),
            ServerTls::VerifyFull(root) => command.env("PGSSLMODE", "verify-full").env("PGSSLROOTCERT", root),
        };
        command.env("PGCONNECT_TIMEOUT", self.options.connect_ms.div_ceil(1000).to_string());
    }
}

fn host(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(folder) => folder.display().to_string(),
    }
}
