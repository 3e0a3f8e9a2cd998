//! What the writer knows of one table: its runs, and the blocks of each index in the runs that it has written to.
use crate::fault::Done;
use crate::index::blocks::Blocks;
use crate::index::pending::{Listing, PendingList};
use crate::index::runs::Runs;
use crate::index::{FIRST, Index};
use crate::options::Options;
use crate::stored_table::StoredTable;
use kernel::{Id, Row};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

#[derive(Debug)]
pub(crate) struct Counts {
    pub runs: Runs,
    pub pending: PendingList,
    /// Of each index, by run.
    blocks: Vec<BTreeMap<i64, Blocks>>,
}

impl Counts {
    pub fn load(connection: &Connection, stored: &StoredTable) -> Done<Counts> {
        let blocks = stored.counted().map(|_| BTreeMap::new()).collect();
        Ok(Counts { runs: Runs::load(connection, stored)?, pending: PendingList::load(connection, stored)?, blocks })
    }

    /// A row before a group and after it, and how it is listed then.
    pub fn count(
        &mut self,
        connection: &Connection,
        stored: &StoredTable,
        id: Id,
        (before, after): (Option<&Row>, Option<&Row>),
        listing: Listing,
    ) -> Done<()> {
        for (row, is_pending, rows) in [(before, self.pending.has(id), -1), (after, listing == Listing::Pending, 1)] {
            if let Some(row) = row.filter(|row| row.listed) {
                self.count_in(connection, stored, (id, row), rows, |index| !(is_pending && index.in_runs))?;
            }
        }
        self.pending.note(id, listing);
        Ok(())
    }

    /// A row that comes (1) or goes (-1), in some of the indexes.
    fn count_in(
        &mut self,
        connection: &Connection,
        stored: &StoredTable,
        (id, row): (Id, &Row),
        rows: i64,
        of: impl Fn(&Index) -> bool,
    ) -> Done<()> {
        let run = self.runs.of(id.0 as i64);
        for (index, blocks) in stored.counted().zip(&mut self.blocks).filter(|(index, _)| of(index)) {
            let Some(key) = index.key(&stored.table, id, row) else { continue };
            let run = if index.in_runs { run } else { 0 };
            let blocks = match blocks.entry(run) {
                Entry::Occupied(loaded) => loaded.into_mut(),
                Entry::Vacant(entry) => entry.insert(Blocks::load(connection, index.number, run)?),
            };
            blocks.count(key, rows);
        }
        Ok(())
    }

    /// Once the rows of a group are in the table.
    pub fn settle(&mut self, connection: &Connection, stored: &StoredTable, options: &Options) -> Done<()> {
        if self.pending.rows() >= options.pending_rows.max(1) {
            for (id, row) in self.pending.put_in(connection, stored)? {
                self.count_in(connection, stored, (id, &row), 1, |index| index.in_runs)?;
            }
        }
        for (index, blocks) in stored.counted().zip(&mut self.blocks) {
            blocks.iter_mut().try_for_each(|(run, blocks)| blocks.settle(connection, index, *run))?;
        }
        let newest = self.runs.newest();
        let in_runs = stored.indexes.iter().zip(&self.blocks).find(|(index, _)| index.in_runs);
        let rows = in_runs.and_then(|(_, blocks)| blocks.get(&newest)).map_or(0, Blocks::rows);
        if rows >= self.runs.rows_max(options.run_rows) {
            self.runs.begin(connection, stored)?;
        }
        Ok(())
    }
}

/// Counts the rows of an index that was made of rows which are there already.
pub(crate) fn count_all(connection: &Connection, stored: &StoredTable, index: &Index) -> Done<()> {
    let (table, hint, has) = (stored.number, index.hint(), index.has());
    let mut count =
        connection.prepare(&format!("SELECT count(*) FROM rows_{table} {hint} WHERE {has} AND run = ?1"))?;
    for run in Runs::load(connection, stored)?.all() {
        // One block of all rows of the run, which is then cut into blocks of the usual size.
        let mut blocks = Blocks::load(connection, index.number, run)?;
        blocks.count(FIRST, count.query_row([run], |row| row.get(0))?);
        blocks.settle(connection, index, run)?;
    }
    Ok(())
}
