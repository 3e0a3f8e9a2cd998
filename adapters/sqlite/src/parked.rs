//! Events set aside, few by their limit, so kept as JSON.
use crate::fault::Done;
use crate::sums::{Part, Record, Sums};
use kernel::Commit;
use runtime::port::store::ParkedEvent;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) fn write(connection: &Connection, commit: &Commit, sums: &mut Sums) -> Done<()> {
    for ((consumer, source, position), parked) in &commit.parked {
        let mut old = connection
            .prepare_cached("DELETE FROM parked WHERE consumer = ?1 AND source = ?2 AND position = ?3 RETURNING sum")?;
        if let Some(old) = old.query_row(params![consumer, source, position], |row| row.get(0)).optional()? {
            sums.remove(Part::Parked, old);
        }
        if let Some(parked) = parked {
            let parked = serde_json::to_string(parked)?;
            let sum = sum(consumer, source, *position, &parked);
            let mut put = connection.prepare_cached("INSERT INTO parked VALUES (?1, ?2, ?3, ?4, ?5)")?;
            put.execute(params![consumer, source, position, parked, sum])?;
            sums.add(Part::Parked, sum);
        }
    }
    Ok(())
}

/// In the order in which they were set aside.
pub(crate) fn all(connection: &Connection) -> Done<Vec<ParkedEvent>> {
    let mut all = connection.prepare_cached("SELECT consumer, source, position, parked FROM parked")?;
    let mut rows = all.query([])?;
    let mut parked_events: Vec<ParkedEvent> = vec![];
    while let Some(row) = rows.next()? {
        let place = (row.get(0)?, row.get(1)?, row.get(2)?);
        parked_events.push((place, serde_json::from_str(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?));
    }
    parked_events.sort_by_key(|(_, parked)| parked.order);
    Ok(parked_events)
}

pub(crate) fn sum(consumer: &str, source: &str, position: u64, parked: &str) -> i64 {
    Record::default().text(consumer).text(source).number(position as i64).text(parked).sum()
}
