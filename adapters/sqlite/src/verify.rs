//! What does not fit in the file itself, each finding a sentence that names the record.
use crate::fault::Done;
use crate::index::blocks;
use crate::index::pending::{LISTED, Listing};
use crate::index::runs::Runs;
use crate::index::{FIRST, Index};
use crate::stored_table::StoredTable;
use crate::sums::{self, Part, Sum};
use crate::{answers, calls, head, log, parked, rows, signatures};
use kernel::pair_key;
use rusqlite::{Connection, Result, Row};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every index is held against its table, so pages are come back to; given back when the check is done.
pub(crate) const CACHE_KB: u32 = 16 * 1024;

/// What one part of the file is checked by.
type Check<'a> = Box<dyn Fn(&mut Vec<String>) -> Done<()> + 'a>;

pub(crate) fn all(connection: &Connection, tables: &[Arc<StoredTable>]) -> Vec<String> {
    let mut checks: Vec<Check<'_>> = vec![
        Box::new(|found| sound(connection, found)),
        Box::new(|found| head(connection, found)),
        Box::new(|found| positions(connection, found)),
        Box::new(|found| signatures(connection, found)),
        Box::new(|found| records(connection, found)),
    ];
    for stored in tables {
        checks.push(Box::new(|found| rows(connection, stored, found)));
        checks.push(Box::new(|found| runs(connection, stored, found)));
        checks.push(Box::new(|found| pairs(connection, stored, found)));
        checks.extend(
            stored
                .counted()
                .map(|index| -> Check<'_> { Box::new(move |found| counts(connection, stored, index, found)) }),
        );
    }
    let mut found = vec![];
    for check in checks {
        if let Err(fault) = check(&mut found) {
            found.push(format!("A part of the store can't be read: {fault:?}."));
        }
    }
    found
}

fn sound(connection: &Connection, found: &mut Vec<String>) -> Done<()> {
    let mut check = connection.prepare("PRAGMA integrity_check")?;
    let said = check.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>>>()?;
    found.extend(
        said.into_iter().filter(|said| said != "ok").map(|said| format!("SQLite finds the file unsound: {said}.")),
    );
    Ok(())
}

fn head(connection: &Connection, found: &mut Vec<String>) -> Done<()> {
    let mut statement = connection.prepare("SELECT body, sum FROM head")?;
    let heads = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let heads = heads.collect::<Result<Vec<_>>>()?;
    if heads.iter().any(|(body, sum)| head::sum(body) != *sum) {
        found.push("The head was changed outside this program: its checksum is not that of its content.".into());
    }
    let end = log::end(connection)?;
    if heads.is_empty() && end > 0 {
        found.push("The head is missing.".into());
    }
    let position = head::get(connection)?.position;
    if position != end {
        found.push(format!("The head is at position {position}, but the log ends at {end}."));
    }
    Ok(())
}

fn positions(connection: &Connection, found: &mut Vec<String>) -> Done<()> {
    let mut statement = connection.prepare("SELECT position FROM log ORDER BY position")?;
    let mut rows = statement.query([])?;
    let mut last: i64 = 0;
    while let Some(row) = rows.next()? {
        let position = row.get(0)?;
        if position != last + 1 {
            found.push(format!("The log has no events from position {} to {}.", last + 1, position - 1));
        }
        last = position;
    }
    Ok(())
}

fn signatures(connection: &Connection, found: &mut Vec<String>) -> Done<()> {
    let missing = signatures::missing(connection)?.into_iter();
    found.extend(missing.map(|position| format!("Who asked for event {position} of the log is missing.")));
    Ok(())
}

fn records(connection: &Connection, found: &mut Vec<String>) -> Done<()> {
    part(connection, Part::Log, &log::select(connection)?, found, |row| {
        let event = log::recorded(row)?;
        let sum = log::sum(&event, event.meta.signature().map(|signature| signature.text()).as_deref());
        Ok((format!("Event {} of the log", event.position), sum, row.get(13)?))
    })?;
    let calls = "SELECT caller, ticket, step, call, body, answer, sum FROM calls";
    part(connection, Part::Calls, calls, found, |row| {
        let (key, called) = calls::read(row)?;
        let name = format!("The call of {} with ticket {}, step {},", key.caller, key.ticket, key.step);
        Ok((name, calls::sum(&key, &called), row.get(6)?))
    })?;
    let answers = format!("SELECT {}, sum FROM answers", answers::COLUMNS);
    part(connection, Part::Answers, &answers, found, |row| {
        let stored = answers::read(row)?;
        let name = format!("The answer stored for {} under the key {}", stored.route, stored.key);
        Ok((name, answers::sum(&stored), row.get(5)?))
    })?;
    let parked = "SELECT consumer, source, position, parked, sum FROM parked";
    part(connection, Part::Parked, parked, found, |row| {
        let (consumer, source): (String, String) = (row.get(0)?, row.get(1)?);
        let (position, parked): (u64, String) = (row.get(2)?, row.get(3)?);
        let name = format!("What {consumer} set aside of {source} at position {position}");
        Ok((name, parked::sum(&consumer, &source, position, &parked), row.get(4)?))
    })
}

/// Every record against its own sum, then all together against the part's.
fn part(
    connection: &Connection,
    part: Part,
    sql: &str,
    found: &mut Vec<String>,
    record: impl Fn(&Row<'_>) -> Result<(String, i64, i64)>,
) -> Done<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut here = Sum::default();
    while let Some(row) = rows.next()? {
        let (name, is, says) = record(row)?;
        if is != says {
            found.push(format!("{name} was changed outside this program: its checksum is not that of its content."));
        }
        here = Sum { records: here.records + 1, sum: here.sum.wrapping_add(says) };
    }
    let stored = sums::read(connection, part)?;
    if here.records != stored.records {
        found.push(format!(
            "The table {} has {} records where {} were written.",
            part.name(),
            here.records,
            stored.records
        ));
    } else if here != stored {
        found.push(format!("The checksum of the table {} is not that of its records.", part.name()));
    }
    Ok(())
}

/// Rows are listed or not, listed ones have all their keys, and no change is newer than the head's.
fn rows(connection: &Connection, stored: &StoredTable, found: &mut Vec<String>) -> Done<()> {
    let name = &stored.table.name;
    let newest = head::get(connection)?.change;
    let keys: String = (0..stored.table.keys()).map(|key| format!(" OR k{key} IS NULL")).collect();
    let (number, most) = (stored.number, if stored.has_pending { Listing::Pending } else { Listing::Indexed });
    let sql = format!("SELECT id, listed FROM rows_{number} WHERE listed NOT BETWEEN 0 AND ?1");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([most])?;
    while let Some(row) = rows.next()? {
        let (id, listed): (i64, i64) = (row.get(0)?, row.get(1)?);
        found.push(format!("Row {id} of {name} has an unknown value ({listed}) for whether it is listed."));
    }
    let sql = format!("SELECT id, change FROM rows_{number} WHERE {LISTED} AND (change > ?1{keys})");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([newest])?;
    while let Some(row) = rows.next()? {
        let (id, change): (i64, i64) = (row.get(0)?, row.get(1)?);
        found.push(format!("Row {id} of {name} has change {change} and the head {newest}, or a key is missing."));
    }
    Ok(())
}

/// Each row stands in the run that its id belongs to.
fn runs(connection: &Connection, stored: &StoredTable, found: &mut Vec<String>) -> Done<()> {
    if !stored.in_runs() {
        return Ok(());
    }
    let runs = Runs::load(connection, stored)?;
    let mut statement = connection.prepare(&format!("SELECT id, run FROM rows_{} ORDER BY id", stored.number))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, run): (i64, i64) = (row.get(0)?, row.get(1)?);
        if run != runs.of(id) {
            let name = &stored.table.name;
            found.push(format!("Row {id} of {name} stands in run {run} of its table, and belongs to {}.", runs.of(id)));
        }
    }
    Ok(())
}

/// Listed rows are found by their pairs under the keys of the two.
fn pairs(connection: &Connection, stored: &StoredTable, found: &mut Vec<String>) -> Done<()> {
    let StoredTable { number, table, .. } = stored;
    for (nth, (one, other)) in table.pairs.iter().enumerate() {
        let sql = format!("SELECT id, k{one}, k{other}, p{nth} FROM rows_{number} WHERE {LISTED}");
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, is): (i64, Option<i64>) = (row.get(0)?, row.get(3)?);
            // A key that is missing is named as that.
            let keys: (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
            let key = keys.0.zip(keys.1).map(|(one, other)| pair_key(one, other));
            if is != key {
                found.push(format!("Row {id} of {} is not found by k{one} and k{other} together.", table.name));
            }
        }
    }
    Ok(())
}

/// Each block holds as many rows as it says.
fn counts(connection: &Connection, stored: &StoredTable, index: &Index, found: &mut Vec<String>) -> Done<()> {
    let mut runs = blocks::read(connection, index.number)?;
    let mut here: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let run = if index.in_runs { "run" } else { "0" };
    let (number, keys, hint, has) = (stored.number, &stored.keys, index.hint(), index.has());
    let sql = format!("SELECT id, {run}{keys} FROM rows_{number} {hint} WHERE {has}");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // One whose keys are missing is named for that.
        let (id, run) = (kernel::Id(row.get(0)?), row.get(1)?);
        let Some(key) = index.key(&stored.table, id, &rows::read_keys(stored, row, 2)?) else { continue };
        let blocks = runs.entry(run).or_insert_with(|| vec![(FIRST, 0)]);
        let here = here.entry(run).or_default();
        here.resize(blocks.len(), 0);
        here[blocks.partition_point(|(from, _)| *from <= key) - 1] += 1;
    }
    let (name, order) = (&stored.table.name, &index.columns);
    for (run, blocks) in runs {
        let here = here.remove(&run).unwrap_or_else(|| vec![0; blocks.len()]);
        for ((from, says), here) in blocks.into_iter().zip(here).filter(|((_, says), here)| says != here) {
            found.push(format!(
                "{name} by {order} has {here} rows from {from:?} on in run {run} where its count says {says}."
            ));
        }
    }
    Ok(())
}
