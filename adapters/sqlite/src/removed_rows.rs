//! Rows that left the list, or the list of one find: what tells a live stream that was away.
use crate::stored_table::StoredTable;
use kernel::{Commit, Row, RowChange};
use rusqlite::{Connection, Result};

pub(crate) fn write(connection: &Connection, stored: &StoredTable, commits: &[Commit]) -> Result<()> {
    for change in commits.iter().flat_map(|commit| &commit.rows) {
        if *change.table == *stored.table.name
            && let Some(finds) = left(stored, change)
        {
            let mut put = connection.prepare_cached(&stored.remember_removed)?;
            put.raw_bind_parameter(1, change.id.0)?;
            put.raw_bind_parameter(2, change.change)?;
            for (nth, key) in finds.iter().enumerate() {
                put.raw_bind_parameter(3 + nth, key)?;
            }
            put.raw_execute()?;
        }
    }
    Ok(())
}

/// The find keys under which the row was listed and is not any more.
fn left<'a>(stored: &StoredTable, change: &'a RowChange) -> Option<&'a [i64]> {
    let before = change.before.as_deref().filter(|row| row.listed)?;
    let finds = before.keys.get(..stored.table.finds)?;
    let still = |row: &Row| row.listed && row.keys.get(..stored.table.finds) == Some(finds);
    (!change.after.as_deref().is_some_and(still)).then_some(finds)
}
