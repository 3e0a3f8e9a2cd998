//! Whose rows are, and whose were those that left: columns and indexes. A table that was made without gets them when they are declared; its rows are
//! nobody's. Nobody's rows are in none of these indexes, so that they cost nothing.
use crate::fault::Done;
use crate::schema::{FORMAT_WITH_OWNERS, format};
use crate::stored_table::StoredTable;
use kernel::Relation;
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

/// The indexes that a table has for them.
pub(crate) fn create(stored: &StoredTable) -> String {
    let number = stored.number;
    let of_removed = Relation::ALL.into_iter().filter(|_| stored.table.owned).map(|part| {
        let (index, column) = (index_of_removed(stored, part), column(part));
        format!("CREATE INDEX {index} ON gone_{number} ({column}, change) WHERE {};", somebodys("", part))
    });
    stored.owned.iter().map(|index| index.create()).chain(of_removed).collect()
}

/// Of rows that left somebody's list, by their change.
pub(crate) fn index_of_removed(stored: &StoredTable, part: Relation) -> String {
    format!("gone_{}_{}", stored.number, column(part))
}

/// That a row which left was somebody's: the condition of this index.
pub(crate) fn somebodys(table: &str, part: Relation) -> String {
    format!("{table}{} <> 0", column(part))
}

/// Gives a table its owners. What had left it was nobody's.
pub(crate) fn keep(connection: &Connection, stored: &StoredTable) -> Done<()> {
    let number = stored.number;
    for part in Relation::ALL {
        connection.execute_batch(&format!("ALTER TABLE rows_{number} ADD COLUMN {} INTEGER", column(part)))?;
    }
    connection.execute_batch(&format!(
        "DROP INDEX gone_{number}_change;
         ALTER TABLE gone_{number} RENAME TO older_gone_{number};
         {}{}
         INSERT INTO gone_{number} SELECT *, 0, 0 FROM older_gone_{number};
         DROP TABLE older_gone_{number};",
        stored.create_removed(),
        create(stored)
    ))?;
    Ok(remember(connection, number)?)
}
