//! How many rows lie where in an index: what makes totals and deep pages cheap.
//!
//! An index is cut into blocks of up to [`ROWS_MAX`] rows. The writer keeps the cuts and counts in memory and
//! writes those that changed with the group that changed them.
use crate::index::{FIRST, Index, IndexKey};
use rusqlite::{Connection, Result, params, params_from_iter};

/// A block with more is split.
pub(crate) const ROWS_MAX: i64 = 2048;
/// A block with fewer joins the one before, if both together leave room to grow.
const ROWS_MIN: i64 = ROWS_MAX / 8;

#[derive(Clone, Debug)]
struct Block {
    from: IndexKey,
    rows: i64,
    dirty: bool,
}

#[derive(Debug)]
pub(crate) struct Blocks {
    blocks: Vec<Block>,
    joined: Vec<IndexKey>,
    dirty: bool,
}

/// Every block of an index as it is durable, in order.
pub(crate) fn read(connection: &Connection, index: i64) -> Result<Vec<(IndexKey, i64)>> {
    let mut statement =
        connection.prepare_cached("SELECT a, b, c, records FROM blocks WHERE idx = ?1 ORDER BY a, b, c")?;
    let blocks = statement.query_map([index], |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?)))?;
    blocks.collect()
}

impl Blocks {
    pub fn load(connection: &Connection, index: i64) -> Result<Blocks> {
        let stored = read(connection, index)?.into_iter();
        let mut blocks: Vec<Block> = stored.map(|(from, rows)| Block { from, rows, dirty: false }).collect();
        if blocks.first().is_none_or(|block| block.from != FIRST) {
            blocks.insert(0, Block { from: FIRST, rows: 0, dirty: false });
        }
        Ok(Blocks { blocks, joined: vec![], dirty: false })
    }

    pub fn count(&mut self, key: IndexKey, rows: i64) {
        let nth = self.blocks.partition_point(|block| block.from <= key).saturating_sub(1);
        if let Some(block) = self.blocks.get_mut(nth) {
            block.rows += rows;
            block.dirty = true;
            self.dirty = true;
        }
    }

    /// Splits what is too large, joins what is too small and writes what changed; the rows are in the table already.
    pub fn settle(&mut self, connection: &Connection, index: &Index) -> Result<()> {
        if !self.dirty {
            return Ok(());
        }
        self.join();
        self.split(connection, index)?;
        self.write(connection, index)?;
        self.dirty = false;
        Ok(())
    }

    fn join(&mut self) {
        for nth in (1..self.blocks.len()).rev() {
            let (small, before) = (&self.blocks[nth], &self.blocks[nth - 1]);
            if small.dirty && small.rows < ROWS_MIN && small.rows + before.rows <= ROWS_MAX / 2 {
                let small = self.blocks.remove(nth);
                self.blocks[nth - 1].rows += small.rows;
                self.blocks[nth - 1].dirty = true;
                self.joined.push(small.from);
            }
        }
    }

    fn split(&mut self, connection: &Connection, index: &Index) -> Result<()> {
        let mut nth = 0;
        while nth < self.blocks.len() {
            if self.blocks[nth].rows > ROWS_MAX {
                // Rows mostly come at the end: what is full there stays full.
                let keep = if nth + 1 == self.blocks.len() { ROWS_MAX } else { self.blocks[nth].rows / 2 };
                let from = cut(connection, index, self.blocks[nth].from, keep)?;
                let rows = self.blocks[nth].rows - keep;
                self.blocks[nth].rows = keep;
                self.blocks.insert(nth + 1, Block { from, rows, dirty: true });
                // The half that stays may itself be too large after a large group.
                continue;
            }
            nth += 1;
        }
        Ok(())
    }

    fn write(&mut self, connection: &Connection, index: &Index) -> Result<()> {
        let mut delete =
            connection.prepare_cached("DELETE FROM blocks WHERE idx = ?1 AND a = ?2 AND b = ?3 AND c = ?4")?;
        for (a, b, c) in self.joined.drain(..) {
            delete.execute([index.number, a, b, c])?;
        }
        let mut put = connection.prepare_cached("INSERT OR REPLACE INTO blocks VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for block in self.blocks.iter_mut().filter(|block| block.dirty) {
            let (a, b, c) = block.from;
            put.execute(params![index.number, a, b, c, block.rows])?;
            block.dirty = false;
        }
        Ok(())
    }
}

/// Where the row lies that is `rows` behind `from`.
fn cut(connection: &Connection, index: &Index, from: IndexKey, rows: i64) -> Result<IndexKey> {
    let (sql, values) = index.select(&index.from(from), &index.columns, &index.columns);
    let values = values.into_iter().chain([1, rows]);
    connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| index.read(row))
}
