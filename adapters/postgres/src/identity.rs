//! Whose schema this is, and whether this release can read it: checked before anything is written into it.
use crate::fault::{Done, Fault};
use crate::layout::FORMAT;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::Statement;
use runtime::port::store::StoreError;
use std::collections::HashMap;

/// Of Postgres 15, as the server counts.
const SERVER_MIN: i32 = 150_000;

/// Whose store is to be opened.
pub(crate) struct Whose<'a> {
    pub schema: &'a SchemaName,
    pub context: &'a str,
    pub system: &'a str,
}

impl Whose<'_> {
    pub fn foreign(&self, what: &str) -> Fault {
        Fault::Said(StoreError::Foreign(format!(
            "The schema {} is {what}. Nothing was changed; name another database for this context.",
            self.schema.name()
        )))
    }

    /// The format that the schema has.
    pub fn check(&self, session: &Session) -> Done<u64> {
        let rows = session.query(&Statement::new(self.schema.sql("SELECT name, value FROM @identity"), vec![]))?;
        let named = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        let named = named.collect::<Result<HashMap<String, String>, tokio_postgres::Error>>()?;
        let get = |name: &str| named.get(name).map(String::as_str).unwrap_or_default();
        let format = get("format").parse::<u64>().unwrap_or_default();
        if format > FORMAT {
            return Err(Fault::Said(StoreError::Newer(format!(
                "The schema {} was written by a newer release (format {format}, this one reads up to {FORMAT}). Run that release.",
                self.schema.name()
            ))));
        }
        for (name, ours) in [("system", self.system), ("context", self.context)] {
            if get(name) != ours {
                return Err(self.foreign(&format!("the store of the {name} {}, not of {ours}", get(name))));
            }
        }
        Ok(format)
    }
}

/// Whether the server can be worked with at all.
pub(crate) fn check_server(session: &Session) -> Done<()> {
    let sql = "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('fsync')";
    for row in session.query(&Statement::new(sql, vec![]))? {
        let (version, encoding, fsync): (i32, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        check_version(version)?;
        if encoding != "UTF8" {
            return crate::fault::failed(format!(
                "The database keeps texts as {encoding}, which has not every character. Make another one: createdb --encoding UTF8."
            ));
        }
        if fsync != "on" {
            tracing::warn!(
                "the Postgres server runs with fsync off: what it has answered is lost when its machine stops"
            );
        }
    }
    Ok(())
}

fn check_version(version: i32) -> Done<()> {
    if version >= SERVER_MIN {
        return Ok(());
    }
    crate::fault::failed(format!(
        "The server is Postgres {}, and this release needs 15 or newer. Upgrade the server.",
        version / 10_000
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_server_is_refused_by_its_number() {
        assert!(check_version(150_000).is_ok() && check_version(180_002).is_ok());
        let Err(Fault::Said(StoreError::Failed(said))) = check_version(140_011) else { panic!("14 was taken") };
        assert!(said.contains("Postgres 14,"), "{said}");
    }
}
