//! Rows that left the list, or the list of one find, of an owner or a partner: what tells a live stream that was away.
use crate::fault::Done;
use crate::number::number;
use crate::schema_name::SchemaName;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use kernel::{Commit, Id, Relation};
use std::collections::BTreeMap;

/// Each place that a row has left once, at the newest change, and whose it was: only those are told who might know of it.
pub(crate) fn write<'a>(
    schema: &SchemaName,
    stored: &StoredTable,
    commits: &'a [Commit],
) -> Done<Option<Statement<'a>>> {
    let mut last: BTreeMap<(Id, &[i64], [i64; 2]), u64> = BTreeMap::new();
    for change in commits.iter().flat_map(|commit| &commit.rows).filter(|change| *change.table == *stored.table.name) {
        if let Some((finds, owners)) = stored.table.left(change) {
            last.insert((change.id, finds, owners), change.change);
        }
    }
    if last.is_empty() {
        return Ok(None);
    }
    let ids = last.keys().map(|(id, ..)| number(id.0)).collect::<Done<Vec<i64>>>()?;
    let changes = last.values().map(|change| number(*change)).collect::<Done<Vec<i64>>>()?;
    let mut all = values![ids, changes];
    for nth in 0..stored.table.finds {
        all.extend(values![last.keys().map(|(_, finds, _)| finds[nth]).collect::<Vec<i64>>()]);
    }
    for part in Relation::ALL.into_iter().filter(|_| stored.table.owned) {
        all.extend(values![last.keys().map(|(.., owners)| owners[part as usize]).collect::<Vec<i64>>()]);
    }
    Ok(Some(Statement::new(schema.sql(&stored.remember_removed), all)))
}
