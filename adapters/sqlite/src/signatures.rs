//! Who asked and whose it was, as the log keeps it: a text that is kept once, and each event names its number. What somebody does is signed alike
//! again and again; with the text beside every event a log of people who sign in would be half as long again.
use crate::schema::{FORMAT_WITH_SIGNATURES, format};
use rusqlite::{Connection, Result};
use std::collections::HashMap;

/// Those seen lately. One that is forgotten gets another number when it is seen again.
const REMEMBERED_MAX: usize = 2000;

/// What stands in the log itself, in a store of an older release, and before an upgrade.
const IN_THE_LOG: &str = "who";
const BY_NUMBER: &str = "coalesce((SELECT signature FROM signatures WHERE number = log.who), who)";

/// The signature of an event that is selected from the log.
pub(crate) fn column(connection: &Connection) -> Result<&'static str> {
    Ok(if format(connection)? < FORMAT_WITH_SIGNATURES { IN_THE_LOG } else { BY_NUMBER })
}

/// The numbers that the writer knows.
#[derive(Default)]
pub(crate) struct Signatures(HashMap<String, i64>);

impl Signatures {
    /// Under which this one is kept.
    pub fn number(&mut self, connection: &Connection, signature: &str) -> Result<i64> {
        if let Some(number) = self.0.get(signature) {
            return Ok(*number);
        }
        connection.prepare_cached("INSERT INTO signatures (signature) VALUES (?1)")?.execute([signature])?;
        let number = connection.last_insert_rowid();
        if self.0.len() >= REMEMBERED_MAX {
            self.0.clear();
        }
        self.0.insert(signature.to_string(), number);
        Ok(number)
    }
}
