//! Who asked and whose it was, as the log keeps it: a text that is kept once, and each event names its number. What somebody does is signed alike
//! again and again; with the text beside every event a log of people who sign in would be half as long again.
use crate::schema::{FORMAT_WITH_SIGNATURES, format};
use kernel::Signature;
use rusqlite::{Connection, Result};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Those seen lately. One that is forgotten gets another number when it is seen again.
const REMEMBERED_MAX: usize = 2000;

/// What stands in the log itself, in a store of an older release, and before an upgrade.
const IN_THE_LOG: &str = "who";
const BY_NUMBER: &str = "coalesce((SELECT signature FROM signatures WHERE number = log.who), who)";

/// The signature of an event that is selected from the log.
pub(crate) fn column(connection: &Connection) -> Result<&'static str> {
    Ok(if format(connection)? < FORMAT_WITH_SIGNATURES { IN_THE_LOG } else { BY_NUMBER })
}

/// Events of the log that name a number which is not there.
pub(crate) fn missing(connection: &Connection) -> Result<Vec<i64>> {
    if format(connection)? < FORMAT_WITH_SIGNATURES {
        return Ok(vec![]);
    }
    let sql = "SELECT position FROM log WHERE who NOT LIKE '{%' AND NOT EXISTS (SELECT 1 FROM signatures WHERE number = log.who)";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Those that the writer knows.
#[derive(Default)]
pub(crate) struct Signatures(HashMap<Signature, Kept>);

pub(crate) struct Kept {
    pub number: i64,
    pub text: String,
}

impl Signatures {
    pub fn keep(&mut self, connection: &Connection, signature: Signature) -> Result<&Kept> {
        if self.0.len() >= REMEMBERED_MAX && !self.0.contains_key(&signature) {
            self.0.clear();
        }
        match self.0.entry(signature) {
            Entry::Occupied(kept) => Ok(kept.into_mut()),
            Entry::Vacant(entry) => {
                let text = entry.key().text();
                connection.prepare_cached("INSERT INTO signatures (signature) VALUES (?1)")?.execute([&text])?;
                Ok(entry.insert(Kept { number: connection.last_insert_rowid(), text }))
            }
        }
    }
}
