//! What went wrong, in sentences: what happened, and what to do.
use crate::address::ServerAddress;
use crate::schema_name::SchemaName;
use runtime::port::store::StoreError;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, Severity, SqlState};

/// Inside this crate: Postgres' word, or ours already.
#[derive(Debug)]
pub(crate) enum Fault {
    Postgres(Error),
    /// No answer came in time.
    Late,
    Said(StoreError),
}

pub(crate) type Done<T> = std::result::Result<T, Fault>;

/// A row that the store expected is not as it expected.
pub(crate) const UNEXPECTED: &str = "ND002";

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault::Postgres(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Said(error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Fault {
        Fault::Said(StoreError::Corrupt(format!("A record of the store can't be read ({error}). Restore a backup.")))
    }
}

pub(crate) fn failed<T>(what: String) -> Done<T> {
    Err(Fault::Said(StoreError::Failed(what)))
}

/// Where something went wrong, as an operator knows it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub address: ServerAddress,
    pub schema: SchemaName,
}

impl Fault {
    /// The code of the server's word, where it is one.
    pub fn code(&self) -> Option<&SqlState> {
        match self {
            Fault::Postgres(error) => error.code(),
            Fault::Late | Fault::Said(_) => None,
        }
    }

    /// Whether a statement took longer than it may, by the server's watch or by ours.
    pub fn is_out_of_time(&self) -> bool {
        matches!(self, Fault::Late) || self.code() == Some(&SqlState::QUERY_CANCELED)
    }

    /// Whether the connection ended with it: a question that changes nothing may be asked again on another one.
    pub fn ends_session(&self) -> bool {
        let is_fatal = |error: &DbError| matches!(error.parsed_severity(), Some(Severity::Fatal | Severity::Panic));
        match self {
            Fault::Postgres(error) => error.as_db_error().is_none_or(is_fatal),
            Fault::Late => true,
            Fault::Said(_) => false,
        }
    }

    /// As the port says it.
    pub fn at(self, place: &Place) -> StoreError {
        let address = &place.address;
        match self {
            Fault::Said(error) => error,
            Fault::Late => StoreError::Failed(format!(
                "{address} does not answer. Check the network and the server; the context goes on when it is back."
            )),
            Fault::Postgres(error) => match error.as_db_error() {
                Some(said) => refused(said, place),
                None if error.is_closed() => StoreError::Failed(format!(
                    "The connection to {address} broke. The context goes on when the server is back."
                )),
                None => StoreError::Failed(format!(
                    "{address} can't be used ({}). Check the address, the network and whether the server runs.",
                    whole(&error)
                )),
            },
        }
    }
}

/// An error with what it comes from.
fn whole(error: &Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        let deeper_said = deeper.to_string();
        if !said.contains(&deeper_said) {
            said = format!("{said}: {deeper_said}");
        }
        cause = deeper.source();
    }
    said
}

fn refused(error: &DbError, Place { address, schema }: &Place) -> StoreError {
    let (said, name, code) = (error.message(), schema.name(), error.code());
    let (user, database) = (address.user(), address.database());
    if code.code() == UNEXPECTED {
        return StoreError::Failed(format!("{said} Nothing was written."));
    }
    if *code == SqlState::DISK_FULL {
        return StoreError::Full(format!(
            "The server at {address} has no room left ({said}). Free some, then go on; what was stored before is all there."
        ));
    }
    if [SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED].contains(code) {
        return StoreError::Corrupt(format!(
            "The schema {name} at {address} is damaged ({said}). Stop, keep the server's files aside, and restore a backup."
        ));
    }
    if *code == SqlState::LOCK_NOT_AVAILABLE {
        return StoreError::Busy(format!(
            "Another session at {address} holds a lock on {name} ({said}). End it: pg_stat_activity shows it, with pg_blocking_pids."
        ));
    }
    if is_missing(code) {
        return StoreError::Mismatched(format!(
            "The schema {name} at {address} is not as this context has left it ({said}). Restore all schemas of the system together, from one backup."
        ));
    }
    StoreError::Failed(match code {
        code if [SqlState::INVALID_PASSWORD, SqlState::INVALID_AUTHORIZATION_SPECIFICATION].contains(code) => {
            format!(
                "{address} does not let {user} in ({said}). Check the user, the password and the server's pg_hba.conf."
            )
        }
        code if *code == SqlState::INVALID_CATALOG_NAME => {
            format!("There is no database {database} at {address}. Make it: createdb --owner {user} {database}.")
        }
        code if *code == SqlState::INSUFFICIENT_PRIVILEGE => format!(
            "{user} may not do this at {address} ({said}). Let {user} make schemas in the database (GRANT CREATE ON DATABASE {database} TO {user}), or make it the owner of the schema {name} and of all in it."
        ),
        code if *code == SqlState::TOO_MANY_CONNECTIONS => format!(
            "{address} has as many connections as it may ({said}). Raise max_connections there, or lower postgres.readers_max."
        ),
        code if *code == SqlState::READ_ONLY_SQL_TRANSACTION => format!(
            "{address} only lets itself be read ({said}). It is a standby, or set so: name the server that is written."
        ),
        code if *code == SqlState::QUERY_CANCELED => {
            format!(
                "{address} took too long ({said}). Look for what keeps it busy. Nothing of the last group was stored."
            )
        }
        code if is_away(code) => {
            format!("{address} is stopping or starting ({said}). The context goes on when it is back.")
        }
        code if *code == SqlState::IO_ERROR => {
            format!("The disk failed under {address} ({said}). Check it; the last group was not stored.")
        }
        code => format!(
            "{address} refused to go on with {name} ({}: {said}). Nothing of the last group was stored.",
            code.code()
        ),
    })
}

pub(crate) fn is_missing(code: &SqlState) -> bool {
    let missing = [
        SqlState::UNDEFINED_TABLE,
        SqlState::UNDEFINED_COLUMN,
        SqlState::UNDEFINED_FUNCTION,
        SqlState::INVALID_SCHEMA_NAME,
    ];
    missing.contains(code)
}

fn is_away(code: &SqlState) -> bool {
    let away = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    ];
    away.contains(code)
}
