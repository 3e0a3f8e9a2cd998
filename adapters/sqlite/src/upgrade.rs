//! Brings a store of an older release to this format, whole or not at all.
use crate::catalog;
use crate::fault::Done;
use crate::index::{counts, pending};
use crate::owners;
use crate::schema::{
    BLOCKS, FORMAT, FORMAT_WITH_CUTS, FORMAT_WITH_OWNERS, FORMAT_WITH_PAIRS, FORMAT_WITH_RUNS, FORMAT_WITH_SIGNATURES,
    OWNED, PAIRS, RUNS, SIGNATURES, format,
};
use crate::stored_table::{RUN, StoredTable};
use rusqlite::Connection;

pub(crate) fn upgrade(connection: &Connection) -> Done<()> {
    let before = format(connection)?;
    if before == FORMAT {
        return Ok(());
    }
    tracing::info!(
        "Bringing a store of an older release to format {FORMAT} (once; some seconds for each million rows)."
    );
    let transaction = connection.unchecked_transaction()?;
    if before < FORMAT_WITH_RUNS {
        bring_to_runs(&transaction, before)?;
    }
    if before < FORMAT_WITH_OWNERS {
        transaction.execute_batch(OWNED)?;
    } else if before < FORMAT_WITH_SIGNATURES {
        catalog::read(&transaction)?.values().try_for_each(|stored| owners::remake(&transaction, stored))?;
    }
    if before < FORMAT_WITH_SIGNATURES {
        transaction.execute_batch(SIGNATURES)?;
    }
    transaction.pragma_update(None, "user_version", FORMAT)?;
    catalog::read(&transaction)?.values().try_for_each(|stored| bring_to_pending(&transaction, stored))?;
    Ok(transaction.commit()?)
}

/// No row is pending yet. Rows of owners were counted as they lie.
fn bring_to_pending(connection: &Connection, stored: &StoredTable) -> Done<()> {
    if !stored.has_pending {
        return Ok(());
    }
    connection.execute_batch(&pending::create(stored))?;
    stored.owned.iter().try_for_each(|index| counts::count_all(connection, stored, index))
}

fn bring_to_runs(connection: &Connection, before: i64) -> Done<()> {
    if before < FORMAT_WITH_PAIRS {
        connection.execute_batch(PAIRS)?;
    }
    let cuts = if before < FORMAT_WITH_CUTS { "NULL" } else { "cuts" };
    connection.execute_batch(&format!(
        "ALTER TABLE blocks RENAME TO older_blocks;
         {BLOCKS}
         INSERT INTO blocks SELECT idx, 0, a, b, c, records, {cuts} FROM older_blocks;
         DROP TABLE older_blocks;
         {RUNS}"
    ))?;
    connection.pragma_update(None, "user_version", FORMAT_WITH_RUNS)?;
    catalog::read(connection)?.values().try_for_each(|stored| put_in_runs(connection, stored))
}

/// The rows that are there become the first run, of whatever length.
fn put_in_runs(connection: &Connection, stored: &StoredTable) -> Done<()> {
    connection.execute_batch(&format!("ALTER TABLE rows_{} ADD COLUMN {RUN}", stored.number))?;
    for index in stored.indexes.iter().filter(|index| index.in_runs) {
        connection.execute_batch(&index.drop())?;
        connection.execute_batch(&index.create())?;
    }
    Ok(())
}
