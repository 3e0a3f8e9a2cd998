//! What the writer knows of one table: its runs, and the blocks of each index in the runs that it has written to.
use crate::fault::Done;
use crate::index::blocks::Blocks;
use crate::index::runs::Runs;
use crate::stored_table::StoredTable;
use kernel::{Id, Row};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

#[derive(Debug)]
pub(crate) struct Counts {
    pub runs: Runs,
    /// Of each index, by run.
    blocks: Vec<BTreeMap<i64, Blocks>>,
}

impl Counts {
    pub fn load(connection: &Connection, stored: &StoredTable) -> Done<Counts> {
        let blocks = stored.indexes.iter().map(|_| BTreeMap::new()).collect();
        Ok(Counts { runs: Runs::load(connection, stored)?, blocks })
    }

    /// A row that comes (1) or goes (-1).
    pub fn count(
        &mut self,
        connection: &Connection,
        stored: &StoredTable,
        id: Id,
        row: Option<&Row>,
        rows: i64,
    ) -> Done<()> {
        let Some(row) = row.filter(|row| row.listed) else { return Ok(()) };
        let run = self.runs.of(id.0 as i64);
        for (index, blocks) in stored.indexes.iter().zip(&mut self.blocks) {
            let run = if index.in_runs { run } else { 0 };
            let blocks = match blocks.entry(run) {
                Entry::Occupied(loaded) => loaded.into_mut(),
                Entry::Vacant(entry) => entry.insert(Blocks::load(connection, index.number, run)?),
            };
            blocks.count(index.key(&stored.table, id, &row.keys), rows);
        }
        Ok(())
    }

    /// Once the rows of a group are in the table.
    pub fn settle(&mut self, connection: &Connection, stored: &StoredTable, run_rows: u64) -> Done<()> {
        for (index, blocks) in stored.indexes.iter().zip(&mut self.blocks) {
            blocks.iter_mut().try_for_each(|(run, blocks)| blocks.settle(connection, index, *run))?;
        }
        let newest = self.runs.newest();
        let in_runs = stored.indexes.iter().zip(&self.blocks).find(|(index, _)| index.in_runs);
        let rows = in_runs.and_then(|(_, blocks)| blocks.get(&newest)).map_or(0, Blocks::rows);
        if rows >= self.runs.rows_max(run_rows) {
            self.runs.begin(connection, stored)?;
        }
        Ok(())
    }
}
