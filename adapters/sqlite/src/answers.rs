//! Answers stored under an Idempotency-Key, until they are old.
use crate::sums::{Part, Record, Sums};
use kernel::{StoredAnswer, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

pub(crate) const COLUMNS: &str = "route, key, digest, at, answer";

pub(crate) fn write(connection: &Connection, answers: &[StoredAnswer], sums: &mut Sums) -> Result<()> {
    for stored in answers {
        let StoredAnswer { route, key, digest, at, answer } = stored;
        let sum = sum(stored);
        let values = params![route, key, *digest as i64, at.0, &**answer, sum];
        // Nearly every key is new; only one that is there already has a sum to be taken off first.
        let mut add = connection
            .prepare_cached("INSERT INTO answers VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING")?;
        if add.execute(values)? == 0 {
            let mut old =
                connection.prepare_cached("DELETE FROM answers WHERE route = ?1 AND key = ?2 RETURNING sum")?;
            sums.remove(Part::Answers, old.query_row([route, key], |row| row.get(0))?);
            add.execute(values)?;
        }
        sums.add(Part::Answers, sum);
    }
    Ok(())
}

/// A bounded share with each group, so that no group waits for a day's worth.
pub(crate) fn expire(connection: &Connection, before: Timestamp, at_most: u32, sums: &mut Sums) -> Result<()> {
    let mut expire = connection.prepare_cached(
        "DELETE FROM answers WHERE number IN (SELECT number FROM answers WHERE at < ?1 ORDER BY at LIMIT ?2) RETURNING sum",
    )?;
    let removed = expire.query_map(params![before.0, at_most], |row| row.get(0))?;
    removed.collect::<Result<Vec<i64>>>()?.into_iter().for_each(|sum| sums.remove(Part::Answers, sum));
    Ok(())
}

pub(crate) fn get(connection: &Connection, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
    let mut get = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM answers WHERE route = ?1 AND key = ?2"))?;
    get.query_row([route, key], read).optional()
}

pub(crate) fn read(row: &Row<'_>) -> Result<StoredAnswer> {
    let (digest, at) = (row.get::<_, i64>(2)? as u64, Timestamp(row.get(3)?));
    Ok(StoredAnswer { route: row.get(0)?, key: row.get(1)?, digest, at, answer: row.get_ref(4)?.as_str()?.into() })
}

pub(crate) fn sum(stored: &StoredAnswer) -> i64 {
    let StoredAnswer { route, key, digest, at, answer } = stored;
    Record::default().text(route).text(key).number(*digest as i64).number(at.0).text(answer).sum()
}
