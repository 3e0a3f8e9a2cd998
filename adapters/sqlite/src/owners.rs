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
    indexes(stored) + &indexes_of_removed(stored)
}

fn indexes(stored: &StoredTable) -> String {
    stored.owned.iter().map(|index| index.create()).collect()
}

fn indexes_of_removed(stored: &StoredTable) -> String {
    let parts = Relation::ALL.into_iter().filter(|_| stored.table.owned).map(|part| {
        let (index, number, column) = (index_of_removed(stored, part), stored.number, column(part));
        format!("CREATE INDEX {index} ON gone_{number} ({column}, change) WHERE {};", somebodys("", part))
    });
    parts.collect()
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
    connection.execute_batch(&indexes(stored))?;
    remake_removed(connection, stored, "0, 0")?;
    Ok(remember(connection, number)?)
}

/// Brings a table of [`FORMAT_WITH_OWNERS`] here: it had an index for each order, and at first whose a row was that left stood in a table of its own.
pub(crate) fn remake(connection: &Connection, stored: &StoredTable) -> Done<()> {
    if !stored.table.owned {
        return Ok(());
    }
    let number = stored.number;
    for nth in 0..Relation::ALL.len() * (stored.table.sorts + 1) {
        connection.execute_batch(&format!("DROP INDEX rows_{number}_owned_{nth};"))?;
    }
    connection.execute_batch(&indexes(stored))?;
    let apart = "SELECT 1 FROM sqlite_schema WHERE name = ?1";
    if connection.prepare(apart)?.exists([format!("left_{number}")])? {
        join_removed(connection, stored)
    } else {
        Ok(())
    }
}

/// Puts beside where a row was whose it was. A stream that was away meanwhile is not told of a row that went to somebody else and stayed where it
/// was, nor of one that went elsewhere and stayed somebody's: these stood in one of the two tables alone.
fn join_removed(connection: &Connection, stored: &StoredTable) -> Done<()> {
    let number = stored.number;
    connection.execute_batch(&format!("CREATE INDEX left_{number}_id ON left_{number} (id, change, part);"))?;
    let person = |part: Relation| {
        let part = part as i64;
        format!(
            "coalesce((SELECT person FROM left_{number} AS l WHERE l.id = g.id AND l.change = g.change AND l.part = {part}), 0)"
        )
    };
    remake_removed(connection, stored, &Relation::ALL.map(person).join(", "))?;
    Ok(connection.execute_batch(&format!("DROP TABLE left_{number};"))?)
}

/// Makes the table of rows that left again, with these for their owners.
fn remake_removed(connection: &Connection, stored: &StoredTable, owners: &str) -> Done<()> {
    let number = stored.number;
    let of_removed = indexes_of_removed(stored);
    Ok(connection.execute_batch(&format!(
        "DROP INDEX gone_{number}_change;
         ALTER TABLE gone_{number} RENAME TO older_gone_{number};
         {}
         INSERT INTO gone_{number} SELECT g.*, {owners} FROM older_gone_{number} AS g;
         DROP TABLE older_gone_{number};
         {of_removed}",
        stored.create_removed(),
    ))?)
}
