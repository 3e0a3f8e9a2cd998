//! Runs of a table: rows whose ids follow each other, and which have a part of each index to themselves.
//!
//! Rows come with new ids and random keys. In one large index each of them would change a page that no other row of
//! the group changes, and that has to be read first; in the part of the newest run they share pages that are in memory.
//! So a commit costs the same however many rows there are, and a reader goes over as many parts as there are runs.
use crate::fault::Done;
use crate::highest_id::query_highest;
use crate::stored_table::StoredTable;
use rusqlite::{Connection, Result, params};

/// Every so many runs they become twice as long, so that a table that grows for ever has few.
const DOUBLED_EVERY: usize = 32;

/// Where each run but the first begins: the id of its first row, or of one before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs(Vec<i64>);

impl Runs {
    pub fn load(connection: &Connection, stored: &StoredTable) -> Result<Runs> {
        if !stored.in_runs() {
            return Ok(Runs::default());
        }
        let mut begin = connection.prepare_cached("SELECT begin FROM runs WHERE collection = ?1 ORDER BY begin")?;
        Ok(Runs(begin.query_map([stored.number], |row| row.get(0))?.collect::<Result<_>>()?))
    }

    /// Which one a row belongs to, for as long as it lives.
    pub fn of(&self, id: i64) -> i64 {
        self.0.partition_point(|begin| *begin <= id) as i64
    }

    pub fn all(&self) -> std::ops::RangeInclusive<i64> {
        0..=self.newest()
    }

    pub fn newest(&self) -> i64 {
        self.0.len() as i64
    }

    /// Rows that are listed in the newest run when the next one begins.
    pub fn rows_max(&self, of_the_first: u64) -> i64 {
        let doubled = (self.0.len() / DOUBLED_EVERY).min(16);
        i64::try_from(of_the_first).unwrap_or(i64::MAX).saturating_mul(1 << doubled)
    }

    /// Rows with ids above all that are there belong to a run of their own from now on.
    pub fn begin(&mut self, connection: &Connection, stored: &StoredTable) -> Done<()> {
        let highest = query_highest(connection, &format!("SELECT max(id) FROM rows_{}", stored.number), [])?;
        if let Some(begin) = i64::try_from(highest).ok().and_then(|highest| highest.checked_add(1)) {
            connection.execute("INSERT INTO runs VALUES (?1, ?2)", params![stored.number, begin])?;
            self.0.push(begin);
        }
        Ok(())
    }
}
