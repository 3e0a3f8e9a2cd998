//! Where a server is, and as whom it is asked. The password is never shown.
use runtime::port::store::{Result, StoreError};
use std::fmt;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

/// A database on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress(pub(crate) Config);

impl ServerAddress {
    /// Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE`.
    ///
    /// # Errors
    /// `Failed` says what a URL looks like. It repeats nothing of the text, which may hold a password.
    pub fn parse(url: &str) -> Result<ServerAddress> {
        let is_url = url.starts_with("postgres://") || url.starts_with("postgresql://");
        let config = url.parse::<Config>().ok().filter(|config| is_url && is_whole(config));
        let config = config.ok_or_else(|| {
            StoreError::Failed(
                "The address of the Postgres server is not like postgres://USER@HOST:5432/DATABASE. Write each special character of a password as its percent code, such as %40 for @.".into(),
            )
        })?;
        // what follows a forgotten space, and may hold a password
        if config.get_dbname().is_some_and(|name| name.contains("://")) {
            return Err(StoreError::Failed(
                "The name of the database in the address of the Postgres server is an address itself. Write a space between two of them.".into(),
            ));
        }
        if url.contains("sslmode=") {
            return Err(StoreError::Failed(
                "The address of the Postgres server says sslmode itself. Leave it out there, and set postgres.sslmode."
                    .into(),
            ));
        }
        Ok(ServerAddress(config))
    }

    /// The same, with a password that is kept elsewhere.
    pub fn with_password(mut self, password: &str) -> ServerAddress {
        self.0.password(password);
        self
    }

    pub fn has_password(&self) -> bool {
        self.0.get_password().is_some()
    }

    pub(crate) fn user(&self) -> &str {
        self.0.get_user().unwrap_or_default()
    }

    pub(crate) fn database(&self) -> &str {
        self.0.get_dbname().unwrap_or_else(|| self.user())
    }
}

fn is_whole(config: &Config) -> bool {
    config.get_user().is_some() && !config.get_hosts().is_empty()
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "postgres://{}@", self.user())?;
        for (nth, host) in self.0.get_hosts().iter().enumerate() {
            let between = if nth > 0 { "," } else { "" };
            match host {
                Host::Tcp(name) => write!(f, "{between}{name}")?,
                #[cfg(unix)]
                Host::Unix(folder) => write!(f, "{between}{}", folder.display())?,
            }
            if let Some(port) = self.0.get_ports().get(nth).or(self.0.get_ports().first()) {
                write!(f, ":{port}")?;
            }
        }
        write!(f, "/{}", self.database())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let shown = |url: &str| ServerAddress::parse(url).expect("an address").to_string();
        assert_eq!(shown("postgres://mina:s3cret@db.example:5433/taxi"), "postgres://mina@db.example:5433/taxi");
        assert_eq!(shown("postgresql://mina@one,two/taxi"), "postgres://mina@one:5432,two:5432/taxi");
        assert_eq!(shown("postgres://mina@127.0.0.1"), "postgres://mina@127.0.0.1:5432/mina");
        let debug = format!("{:?}", ServerAddress::parse("postgres://mina:s3cret@db/taxi"));
        assert!(!debug.contains("s3cret"), "{debug}");
    }

    #[test]
    fn two_addresses_in_one_are_refused_without_being_repeated() {
        let two = ServerAddress::parse("postgres://mina@one/a,taxi/b=postgres://nadul:s3cret@two/b");
        let Err(StoreError::Failed(said)) = two else { panic!("it was taken") };
        assert!(said.contains("a space between two") && !said.contains("cret"), "{said}");
    }

    #[test]
    fn what_is_no_address_is_refused_without_being_repeated() {
        for wrong in
            ["", "db", "postgres://", "postgres://db/taxi", "mysql://a:s3cret@b/c", "postgres://a:s3?cret@b:x/c"]
        {
            let Err(StoreError::Failed(said)) = ServerAddress::parse(wrong) else { panic!("{wrong} was taken") };
            assert!(!said.contains("cret") && said.contains("postgres://USER@HOST"), "{said}");
        }
    }
}
