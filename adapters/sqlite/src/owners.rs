//! Whose rows are: columns, indexes and a memory of rows that left somebody's list. A table that was made without gets them when they are declared; its
//! rows are nobody's. Nobody's rows are in none of these indexes, so that they cost nothing.
use crate::fault::Done;
use crate::schema::{FORMAT_WITH_OWNERS, format};
use crate::stored_table::StoredTable;
use kernel::{Commit, Relation};
use rusqlite::{Connection, Result};
use std::collections::HashSet;

pub(crate) fn column(part: Relation) -> &'static str {
    match part {
        Relation::Owner => "owner",
        Relation::Partner => "partner",
    }
}

/// The numbers of the tables that have owners.
pub(crate) fn load(connection: &Connection) -> Result<HashSet<i64>> {
    if format(connection)? < FORMAT_WITH_OWNERS {
        return Ok(HashSet::new());
    }
    connection.prepare("SELECT collection FROM owned")?.query_map([], |row| row.get(0))?.collect()
}

pub(crate) fn remember(connection: &Connection, number: i64) -> Result<()> {
    connection.execute("INSERT INTO owned VALUES (?1)", [number]).map(|_| ())
}

/// What a table has for them beside their columns.
pub(crate) fn create(stored: &StoredTable) -> String {
    let number = stored.number;
    let indexes: String = stored.owned.iter().map(|index| index.create()).collect();
    format!(
        "CREATE TABLE left_{number} (part INTEGER, person INTEGER, id INTEGER, change INTEGER NOT NULL,
            PRIMARY KEY (part, person, id)) WITHOUT ROWID;
        CREATE INDEX left_{number}_change ON left_{number} (part, person, change);
        {indexes}"
    )
}

/// Gives a table its owners.
pub(crate) fn keep(connection: &Connection, stored: &StoredTable) -> Done<()> {
    for part in Relation::ALL {
        connection.execute_batch(&format!("ALTER TABLE rows_{} ADD COLUMN {} INTEGER", stored.number, column(part)))?;
    }
    connection.execute_batch(&create(stored))?;
    Ok(remember(connection, stored.number)?)
}

/// Remembers which rows are in somebody's list no more: what tells a live stream that was away.
pub(crate) fn write(connection: &Connection, stored: &StoredTable, commits: &[Commit]) -> Result<()> {
    if !stored.table.owned {
        return Ok(());
    }
    let sql = format!("INSERT OR REPLACE INTO left_{} VALUES (?1, ?2, ?3, ?4)", stored.number);
    for change in commits.iter().flat_map(|commit| &commit.rows).filter(|change| *change.table == *stored.table.name) {
        for (part, person) in change.left_lists() {
            connection.prepare_cached(&sql)?.execute((part as i64, person, change.id.0, change.change))?;
        }
    }
    Ok(())
}
