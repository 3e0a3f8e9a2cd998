//! What does not fit in the schema itself, each finding a sentence that names the record. Whether pages of the server are
//! sound is the server's to say: it has checksums of its own.
use crate::counts;
use crate::fault::Done;
use crate::groups;
use crate::log;
use crate::number::number;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::stored_table::StoredTable;
use std::sync::Arc;

/// Rows that are held against their keys at a time, so that memory holds no more of a large table.
const BATCH: usize = 1000;

/// What one part of the schema is checked by.
type Check<'a> = Box<dyn Fn(&mut Vec<String>) -> Done<()> + 'a>;

pub(crate) fn all(session: &Session, schema: &SchemaName, tables: &[Arc<StoredTable>]) -> Vec<String> {
    let mut checks: Vec<Check<'_>> = vec![
        Box::new(|found| head(session, schema, found)),
        Box::new(|found| positions(session, schema, found)),
        Box::new(|found| epochs(session, schema, found)),
    ];
    for stored in tables {
        checks.push(Box::new(|found| changes(session, schema, stored, found)));
        checks.push(Box::new(|found| pairs(session, schema, stored, found)));
        checks.push(Box::new(|found| counts::check(session, schema, stored, found)));
    }
    let mut found = vec![];
    for check in checks {
        if let Err(fault) = check(&mut found) {
            found.push(format!("A part of the store can't be read: {fault:?}."));
        }
    }
    found
}

fn head(session: &Session, schema: &SchemaName, found: &mut Vec<String>) -> Done<()> {
    let (position, end) = (groups::head(session, schema)?.position, log::end(session, schema)?);
    if position != end {
        found.push(format!("The head is at position {position}, but the log ends at {end}."));
    }
    Ok(())
}

fn positions(session: &Session, schema: &SchemaName, found: &mut Vec<String>) -> Done<()> {
    let sql = schema.sql(
        "SELECT before + 1, position - 1 FROM (
             SELECT position, lag(position, 1, 0::bigint) OVER (ORDER BY position) AS before FROM @log) AS l
         WHERE position <> before + 1 ORDER BY position",
    );
    for row in session.query(&Statement::new(sql, vec![]))? {
        let (from, to): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        found.push(format!("The log has no events from position {from} to {to}."));
    }
    Ok(())
}

/// Owners follow each other whole, and each begins with its claim.
fn epochs(session: &Session, schema: &SchemaName, found: &mut Vec<String>) -> Done<()> {
    let sql = schema.sql(
        "SELECT version FROM (
             SELECT version, epoch, claim, lag(epoch) OVER w AS before, lag(version) OVER w AS last
             FROM @groups WINDOW w AS (ORDER BY version)) AS g
         WHERE last IS NOT NULL AND (epoch < before OR (last = version - 1 AND epoch <> before AND NOT claim))
         ORDER BY version",
    );
    for row in session.query(&Statement::new(sql, vec![]))? {
        let version: i64 = row.try_get(0)?;
        found.push(format!("Group {version} was written by another owner than the group before it, without a claim."));
    }
    Ok(())
}

/// Listed rows have all their keys, and no change is newer than the head's.
fn changes(session: &Session, schema: &SchemaName, stored: &StoredTable, found: &mut Vec<String>) -> Done<()> {
    let (name, newest) = (&stored.table.name, groups::head(session, schema)?.change);
    let keys: String = (0..stored.table.keys()).map(|key| format!(" OR k{key} IS NULL")).collect();
    let sql = format!("SELECT id, change FROM @rows_{} WHERE listed AND (change > $1{keys})", stored.number);
    for row in session.query(&Statement::new(schema.sql(&sql), values![number(newest)?]))? {
        let (id, change): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        found.push(format!("Row {id} of {name} has change {change} and the head {newest}, or a key is missing."));
    }
    Ok(())
}

/// Listed rows are found by their pairs under the keys of the two.
fn pairs(session: &Session, schema: &SchemaName, stored: &StoredTable, found: &mut Vec<String>) -> Done<()> {
    let StoredTable { number, table, .. } = stored;
    for (nth, (one, other)) in table.pairs.iter().enumerate() {
        let sql = format!(
            "SELECT id, k{one}, k{other}, p{nth} FROM @rows_{number} WHERE listed AND id > $1 ORDER BY id LIMIT {BATCH}"
        );
        let mut last = -1i64;
        loop {
            let rows = session.query(&Statement::new(schema.sql(&sql), values![last]))?;
            for row in &rows {
                last = row.try_get(0)?;
                // a key that is missing is named as that
                let keys: (Option<i64>, Option<i64>) = (row.try_get(1)?, row.try_get(2)?);
                let key = keys.0.zip(keys.1).map(|(one, other)| kernel::pair_key(one, other));
                if row.try_get::<_, Option<i64>>(3)? != key {
                    found.push(format!("Row {last} of {} is not found by k{one} and k{other} together.", table.name));
                }
            }
            if rows.len() < BATCH {
                break;
            }
        }
    }
    Ok(())
}
