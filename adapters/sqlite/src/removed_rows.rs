//! Rows that left the list, or the list of one find, of an owner or a partner: what tells a live stream that was away.
use crate::stored_table::StoredTable;
use kernel::Commit;
use rusqlite::{Connection, Result};

/// Remembers whose they were, so that only those are told who might know of them.
pub(crate) fn write(connection: &Connection, stored: &StoredTable, commits: &[Commit]) -> Result<()> {
    for change in commits.iter().flat_map(|commit| &commit.rows) {
        if *change.table == *stored.table.name
            && let Some((finds, owners)) = stored.table.left(change)
        {
            let mut put = connection.prepare_cached(&stored.remember_removed)?;
            put.raw_bind_parameter(1, change.id.0)?;
            put.raw_bind_parameter(2, change.change)?;
            let owners = owners.into_iter().filter(|_| stored.table.owned);
            for (nth, key) in finds.iter().copied().chain(owners).enumerate() {
                put.raw_bind_parameter(3 + nth, key)?;
            }
            put.raw_execute()?;
        }
    }
    Ok(())
}
