//! The head of a store: how far its log goes and what it has folded, as one record.
use crate::fault::Done;
use crate::sums::Record;
use kernel::Head;
use rusqlite::{Connection, params};

pub(crate) fn put(connection: &Connection, head: &Head) -> Done<()> {
    let body = serde_json::to_string(head)?;
    let mut put = connection.prepare_cached("INSERT OR REPLACE INTO head VALUES (1, ?1, ?2)")?;
    put.execute(params![body, sum(&body)])?;
    Ok(())
}

pub(crate) fn sum(body: &str) -> i64 {
    Record::default().text(body).sum()
}

pub(crate) fn get(connection: &Connection) -> Done<Head> {
    let mut get = connection.prepare_cached("SELECT body FROM head")?;
    let mut rows = get.query([])?;
    match rows.next()? {
        Some(row) => Ok(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?),
        None => Ok(Head::default()),
    }
}
