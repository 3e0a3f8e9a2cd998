//! Whose file this is: checked before anything is written into it.
use crate::fault::{Done, Fault, unopened};
use crate::schema::{self, APPLICATION, FORMAT};
use runtime::port::store::StoreError;
use rusqlite::{Connection, OptionalExtension};
use std::fs::File;
use std::io::Read;
use std::path::Path;

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Whose store is to be opened.
pub(crate) struct Whose<'a> {
    pub path: &'a Path,
    pub context: &'a str,
    pub system: &'a str,
}

impl Whose<'_> {
    fn foreign(&self, what: &str) -> Fault {
        Fault::Said(StoreError::Foreign(format!(
            "{} is {what}. Nothing was changed; name another folder for this store.",
            self.path.display()
        )))
    }

    /// SQLite would only say "not a database" later, in the middle of something.
    pub fn file(&self) -> Done<()> {
        let mut start = Vec::new();
        let read = File::open(self.path).and_then(|file| file.take(16).read_to_end(&mut start));
        match read {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => {
                let said = format!("{} can't be read ({error}). Let this user read and write it.", self.path.display());
                Err(unopened(self.path, &error, said))?
            }
            Ok(_) if start.is_empty() || start == MAGIC => Ok(()),
            Ok(_) => Err(self.foreign("not a SQLite file")),
        }
    }

    /// Whether the file is ours already (true) or still empty (false).
    pub fn check(&self, connection: &Connection) -> Done<bool> {
        let application = connection.pragma_query_value(None, "application_id", |row| row.get::<_, i64>(0))?;
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        match (application, tables) {
            (0, 0) => return Ok(false),
            (APPLICATION, _) => {}
            _ => return Err(self.foreign("a SQLite file of some other program")),
        }
        let format = schema::format(connection)?;
        if format > FORMAT {
            return Err(Fault::Said(StoreError::Newer(format!(
                "{} was written by a newer release (format {format}, this one reads up to {FORMAT}). Run that release.",
                self.path.display()
            ))));
        }
        self.owner(connection)?;
        Ok(true)
    }

    fn owner(&self, connection: &Connection) -> Done<()> {
        for (name, ours) in [("system", self.system), ("context", self.context)] {
            let stored: Option<String> = connection
                .query_row("SELECT value FROM identity WHERE name = ?1", [name], |row| row.get(0))
                .optional()?;
            let stored = stored.unwrap_or_default();
            if stored != ours {
                return Err(self.foreign(&format!("the store of the {name} {stored}, not of {ours}")));
            }
        }
        Ok(())
    }

    /// Makes an empty file ours, whole or not at all.
    pub fn claim(&self, connection: &Connection) -> Done<()> {
        let transaction = connection.unchecked_transaction()?;
        schema::create(&transaction)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
        for (name, value) in [("system", self.system), ("context", self.context)] {
            transaction.execute("INSERT INTO identity VALUES (?1, ?2)", [name, value])?;
        }
        Ok(transaction.commit()?)
    }
}
