//! How many rows lie where in an index: what makes totals and deep pages cheap.
//!
//! The part of an index that a run of rows has is cut into blocks of up to [`ROWS_MAX`] rows, and blocks that follow
//! each other share a record, a chunk.
//! The writer keeps the cuts and counts in memory and writes the chunks that changed with the group that changed them.
//! Rows with random keys change nearly every block with every group: with a record a block, counting a row would cost
//! more with every block there is.
use crate::fault::Done;
use crate::index::cuts;
use crate::index::{FIRST, From, Index, IndexKey};
use crate::schema::{FORMAT_WITH_CUTS, FORMAT_WITH_RUNS, format};
use rusqlite::{Connection, Params, Result, params, params_from_iter};
use std::collections::BTreeMap;

/// A block with more is split.
pub(crate) const ROWS_MAX: i64 = 2048;
/// A block with fewer joins the one before, if both together leave room to grow.
const ROWS_MIN: i64 = ROWS_MAX / 8;
/// A chunk with more is split. So many still fit into a page of SQLite's tree, four chunks a page.
const BLOCKS_MAX: usize = 32;
/// A chunk with fewer joins the one before, if both together leave room to grow.
const BLOCKS_MIN: usize = BLOCKS_MAX / 4;

/// Where a block begins, and its rows.
pub(crate) type Block = (IndexKey, i64);

#[derive(Debug)]
struct Chunk {
    /// Never empty.
    blocks: Vec<Block>,
    dirty: bool,
}

#[derive(Debug)]
pub(crate) struct Blocks {
    /// Never empty, and the first begins before every row.
    chunks: Vec<Chunk>,
    /// Where chunks began that are part of the one before now.
    joined: Vec<IndexKey>,
    rows: i64,
}

/// Every block of an index as it is durable, in order, by run. The first one of a run begins before every row.
pub(crate) fn read(connection: &Connection, index: i64) -> Done<BTreeMap<i64, Vec<Block>>> {
    let format = format(connection)?;
    let run = if format < FORMAT_WITH_RUNS { "0" } else { "run" };
    let cuts = if format < FORMAT_WITH_CUTS { "NULL" } else { "cuts" };
    let sql = format!("SELECT a, b, c, records, {cuts}, {run} FROM blocks WHERE idx = ?1 ORDER BY 6, a, b, c");
    let mut runs: BTreeMap<i64, Vec<Block>> = BTreeMap::new();
    for (run, chunk) in chunks(connection, &sql, [index])? {
        runs.entry(run).or_default().extend(chunk);
    }
    for blocks in runs.values_mut().filter(|blocks| blocks.first().is_none_or(|(from, _)| *from != FIRST)) {
        blocks.insert(0, (FIRST, 0));
    }
    Ok(runs)
}

/// All rows of an index.
pub(crate) fn total(connection: &Connection, index: i64) -> Result<i64> {
    let mut sum = connection.prepare_cached("SELECT coalesce(sum(records), 0) FROM blocks WHERE idx = ?1")?;
    sum.query_row([index], |row| row.get(0))
}

/// Each with its run.
fn chunks(connection: &Connection, sql: &str, values: impl Params) -> Done<Vec<(i64, Vec<Block>)>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    let mut chunks = vec![];
    while let Some(row) = rows.next()? {
        let first = (row.get(0)?, row.get(1)?, row.get(2)?);
        let further = cuts::read(row.get_ref(4)?)?;
        let records: i64 = row.get(3)?;
        let in_further: i64 = further.iter().map(|(_, rows)| rows).sum();
        let in_first = records.checked_sub(in_further).ok_or_else(cuts::unreadable)?;
        chunks.push((row.get(5)?, std::iter::once((first, in_first)).chain(further).collect()));
    }
    Ok(chunks)
}

impl Blocks {
    pub fn load(connection: &Connection, index: i64, run: i64) -> Done<Blocks> {
        let sql = "SELECT a, b, c, records, cuts, run FROM blocks WHERE idx = ?1 AND run = ?2 ORDER BY a, b, c";
        let stored = chunks(connection, sql, [index, run])?.into_iter();
        let mut chunks: Vec<Chunk> = stored.map(|(_, blocks)| Chunk { blocks, dirty: false }).collect();
        if chunks.first().is_none_or(|chunk| chunk.from() != FIRST) {
            chunks.insert(0, Chunk { blocks: vec![(FIRST, 0)], dirty: false });
        }
        let rows = chunks.iter().flat_map(|chunk| &chunk.blocks).map(|(_, rows)| rows).sum();
        Ok(Blocks { chunks, joined: vec![], rows })
    }

    pub fn rows(&self) -> i64 {
        self.rows
    }

    pub fn count(&mut self, key: IndexKey, rows: i64) {
        let nth = self.chunks.partition_point(|chunk| chunk.from() <= key).saturating_sub(1);
        if let Some(chunk) = self.chunks.get_mut(nth) {
            chunk.count(key, rows);
            self.rows += rows;
        }
    }

    /// Splits what is too large, joins what is too small and writes what changed; the rows are in the table already.
    pub fn settle(&mut self, connection: &Connection, index: &Index, run: i64) -> Done<()> {
        if !self.chunks.iter().any(|chunk| chunk.dirty) {
            return Ok(());
        }
        self.join();
        let last = self.chunks.len() - 1;
        for (nth, chunk) in self.chunks.iter_mut().enumerate().filter(|(_, chunk)| chunk.dirty) {
            chunk.join_blocks();
            chunk.split_blocks(nth == last, |from, rows| cut(connection, (index, run), from, rows))?;
        }
        self.split();
        Ok(self.write(connection, index.number, run)?)
    }

    fn join(&mut self) {
        for nth in (1..self.chunks.len()).rev() {
            let (small, before) = (&self.chunks[nth], &self.chunks[nth - 1]);
            let together = small.blocks.len() + before.blocks.len();
            if small.dirty && small.blocks.len() < BLOCKS_MIN && together <= BLOCKS_MAX / 2 {
                let small = self.chunks.remove(nth);
                self.joined.push(small.from());
                let before = &mut self.chunks[nth - 1];
                before.blocks.extend(small.blocks);
                before.dirty = true;
            }
        }
    }

    fn split(&mut self) {
        let mut nth = 0;
        while nth < self.chunks.len() {
            let blocks = self.chunks[nth].blocks.len();
            if blocks > BLOCKS_MAX {
                let keep = keep(blocks, BLOCKS_MAX, nth + 1 == self.chunks.len());
                let further = self.chunks[nth].blocks.split_off(keep);
                self.chunks.insert(nth + 1, Chunk { blocks: further, dirty: true });
            }
            nth += 1;
        }
    }

    fn write(&mut self, connection: &Connection, index: i64, run: i64) -> Result<()> {
        let mut delete = connection
            .prepare_cached("DELETE FROM blocks WHERE idx = ?1 AND run = ?2 AND a = ?3 AND b = ?4 AND c = ?5")?;
        for (a, b, c) in self.joined.drain(..) {
            delete.execute([index, run, a, b, c])?;
        }
        let mut put = connection.prepare_cached("INSERT OR REPLACE INTO blocks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for chunk in self.chunks.iter_mut().filter(|chunk| chunk.dirty) {
            let (a, b, c) = chunk.from();
            let records: i64 = chunk.blocks.iter().map(|(_, rows)| rows).sum();
            put.execute(params![index, run, a, b, c, records, cuts::bytes(&chunk.blocks[1..])])?;
            chunk.dirty = false;
        }
        Ok(())
    }
}

impl Chunk {
    fn from(&self) -> IndexKey {
        self.blocks.first().map_or(FIRST, |(from, _)| *from)
    }

    fn count(&mut self, key: IndexKey, rows: i64) {
        let nth = self.blocks.partition_point(|(from, _)| *from <= key).saturating_sub(1);
        if let Some(block) = self.blocks.get_mut(nth) {
            block.1 += rows;
            self.dirty = true;
        }
    }

    fn join_blocks(&mut self) {
        for nth in (1..self.blocks.len()).rev() {
            let (small, before) = (self.blocks[nth].1, self.blocks[nth - 1].1);
            if small < ROWS_MIN && small + before <= ROWS_MAX / 2 {
                self.blocks.remove(nth);
                self.blocks[nth - 1].1 += small;
            }
        }
    }

    /// `cut` says where the row lies that is so many behind a key.
    fn split_blocks(&mut self, last: bool, cut: impl Fn(IndexKey, i64) -> Result<IndexKey>) -> Result<()> {
        let mut nth = 0;
        while nth < self.blocks.len() {
            let (from, rows) = self.blocks[nth];
            if rows > ROWS_MAX {
                let keep = keep(rows as usize, ROWS_MAX as usize, last && nth + 1 == self.blocks.len()) as i64;
                self.blocks[nth].1 = keep;
                self.blocks.insert(nth + 1, (cut(from, keep)?, rows - keep));
                // The half that stays may itself be too large after a large group.
                continue;
            }
            nth += 1;
        }
        Ok(())
    }
}

/// What stays of too many. Rows mostly come at the end: what is full there stays full.
fn keep(has: usize, max: usize, at_the_end: bool) -> usize {
    if at_the_end { max } else { has / 2 }
}

/// Where the row lies that is `rows` behind `from`.
fn cut(connection: &Connection, (index, run): (&Index, i64), from: IndexKey, rows: i64) -> Result<IndexKey> {
    let ranges = index.between(run, From::At(&index.parts(from)), None);
    let (sql, values) = index.select(&ranges, &index.columns, &index.columns);
    let values = values.into_iter().chain([1, rows]);
    connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| index.read(row))
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::steps::Steps;
    use kernel::Id;
    use runtime::port::store::{Store, Table};
    use testkit::conformance::{Model, Sample};

    const FEW: u64 = 4000;
    const MANY: u64 = 60_000;

    /// Keys that change another block each.
    fn keys(id: u64) -> Vec<i64> {
        (1..4).map(|nth| (id * nth).wrapping_mul(0x9e37_79b9_7f4a_7c15) as i64).collect()
    }

    /// What a group costs that splits no block.
    fn least(from: u64, steps: &mut impl FnMut(std::ops::Range<u64>) -> usize) -> usize {
        (from..from + 1000).step_by(100).map(|first| steps(first..first + 100)).min().expect("ten groups")
    }

    #[test]
    fn counting_a_row_costs_no_more_in_a_large_table() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let table = Table { name: "trips".into(), finds: 2, sorts: 1, pairs: vec![], ordered: false, owned: false };
        let tables = std::slice::from_ref(&table);
        let path = folder.path().join("trip.db");
        let mut store = crate::open(&path, "trip", "town", tables, Options::default()).expect("a store");
        let (mut sample, mut model) = (Sample::default(), Model::new(table.clone()));
        let counted = Steps::of(store.writer());
        let mut steps = |ids: std::ops::Range<u64>| {
            let commits = ids.map(|id| model.commit(Id(id), Some((true, keys(id))), &mut sample.head)).collect();
            let (taken, done) = counted.taken(|| store.apply(&sample.group(commits)));
            assert_eq!(done, Ok(()));
            taken
        };
        steps(1..FEW);
        let few = least(FEW, &mut steps);
        for first in (FEW + 1000..MANY).step_by(5000) {
            steps(first..first + 5000);
        }
        let many = least(MANY + 5000, &mut steps);
        assert!(many < few * 11 / 10, "{many} steps of SQLite, and {few} when the table was small");
    }
}
