//! Each block holds as many rows as its count says.
use crate::counts::{Counts, whole};
use crate::fault::Done;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use kernel::Id;

/// Rows that are counted at a time, so that memory holds no more of a large table.
const BATCH: usize = 1000;

/// In one snapshot. A table without counts is counted at each look.
pub(crate) fn check(session: &Session, schema: &SchemaName, stored: &StoredTable, found: &mut Vec<String>) -> Done<()> {
    let counts = if stored.is_counted { whole::load(session, schema, stored)? } else { None };
    let Some(says) = counts else { return Ok(()) };
    let here = fresh(session, schema, stored, &says)?;
    for (index, (says, here)) in stored.indexes.iter().zip(says.indexes.iter().zip(&here.indexes)) {
        let (name, order) = (&stored.table.name, index.columns().join(", "));
        for ((from, says), (_, here)) in says.iter().zip(here).filter(|(says, here)| says != here) {
            found.push(format!("{name} by {order} has {here} rows from {from:?} on where its count says {says}."));
        }
    }
    Ok(())
}

/// The same blocks, with the rows that are there.
fn fresh(session: &Session, schema: &SchemaName, stored: &StoredTable, like: &Counts) -> Done<Counts> {
    let mut counts = like.clone();
    counts.indexes.iter_mut().flatten().for_each(|(_, rows)| *rows = 0);
    let keys: String = (0..stored.table.keys()).map(|key| format!(", k{key}")).collect();
    let sql =
        format!("SELECT id{keys} FROM @rows_{} WHERE listed AND id > $1 ORDER BY id LIMIT {BATCH}", stored.number);
    let (sql, mut last) = (schema.sql(&sql), -1i64);
    loop {
        let rows = session.query(&Statement::new(sql.as_str(), values![last]))?;
        for row in &rows {
            last = row.try_get(0)?;
            // a key that is missing is named elsewhere
            let keys =
                (0..stored.table.keys()).map(|key| Ok(row.try_get::<_, Option<i64>>(1 + key)?.unwrap_or_default()));
            counts.count(stored, Id(last as u64), &keys.collect::<Done<Vec<i64>>>()?, 1);
        }
        if rows.len() < BATCH {
            return Ok(counts);
        }
    }
}
