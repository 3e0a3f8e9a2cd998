//! Rows that left the list, or the list of one find: what tells a live stream that was away.
use crate::fault::Done;
use crate::number::number;
use crate::schema_name::SchemaName;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use kernel::{Commit, Id, Row, RowChange};
use std::collections::BTreeMap;

/// Each place that a row has left once, at the newest change.
pub(crate) fn write<'a>(
    schema: &SchemaName,
    stored: &StoredTable,
    commits: &'a [Commit],
) -> Done<Option<Statement<'a>>> {
    let mut last: BTreeMap<(Id, &[i64]), u64> = BTreeMap::new();
    for change in commits.iter().flat_map(|commit| &commit.rows).filter(|change| *change.table == *stored.table.name) {
        if let Some(finds) = left(stored, change) {
            last.insert((change.id, finds), change.change);
        }
    }
    if last.is_empty() {
        return Ok(None);
    }
    let ids = last.keys().map(|(id, _)| number(id.0)).collect::<Done<Vec<i64>>>()?;
    let changes = last.values().map(|change| number(*change)).collect::<Done<Vec<i64>>>()?;
    let mut all = values![ids, changes];
    for nth in 0..stored.table.finds {
        all.extend(values![last.keys().map(|(_, finds)| finds[nth]).collect::<Vec<i64>>()]);
    }
    Ok(Some(Statement::new(schema.sql(&stored.remember_removed), all)))
}

/// The find keys under which the row was listed and is not any more.
fn left<'a>(stored: &StoredTable, change: &'a RowChange) -> Option<&'a [i64]> {
    let before = change.before.as_deref().filter(|row| row.listed)?;
    let finds = before.keys.get(..stored.table.finds)?;
    let still = |row: &Row| row.listed && row.keys.get(..stored.table.finds) == Some(finds);
    (!change.after.as_deref().is_some_and(still)).then_some(finds)
}
