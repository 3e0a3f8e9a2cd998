//! Between groups the owner writes the counts of a table anew: what is too large is split, what is too small is joined, and the moves go.
use crate::counts::whole::{self, cut};
use crate::counts::{Block, ROWS_MAX, ROWS_MIN};
use crate::fault::Done;
use crate::index::IndexKey;
use crate::owned::Owned;
use crate::stored_table::StoredTable;

/// A large table has many blocks: they are written anew after one move for so many rows at the soonest.
const ROWS_A_MOVE: i64 = 256;

/// How many rows of a table have moved behind its counts, and how many rows those count.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Behind {
    pub moved: u64,
    pub rows: i64,
}

impl Behind {
    pub fn is_due(self, moved_max: u64) -> bool {
        self.moved >= moved_max.max(u64::try_from(self.rows / ROWS_A_MOVE).unwrap_or_default())
    }
}

pub(crate) fn settle(owned: &Owned, stored: &StoredTable) -> Done<Behind> {
    let (session, schema) = (&owned.session, &owned.schema);
    let at = (owned.fence.version, owned.fence.id);
    let rows = owned.between_groups(|| {
        let Some(mut counts) = whole::load(session, schema, stored)? else {
            return Ok(0);
        };
        for (index, blocks) in stored.indexes.iter().zip(&mut counts.indexes) {
            join(blocks);
            split(blocks, |from, rows| cut(session, schema, index, from, rows))?;
        }
        whole::write(session, schema, stored, &counts, at)?;
        Ok(counts.rows())
    })?;
    Ok(Behind { moved: 0, rows })
}

fn join(blocks: &mut Vec<Block>) {
    for nth in (1..blocks.len()).rev() {
        let (small, before) = (blocks[nth].1, blocks[nth - 1].1);
        if small < ROWS_MIN && small + before <= ROWS_MAX / 2 {
            blocks.remove(nth);
            blocks[nth - 1].1 += small;
        }
    }
}

/// `cut` says where the row lies that is so many behind a place. Rows mostly come at the end: what is full there stays full.
fn split(blocks: &mut Vec<Block>, cut: impl Fn(IndexKey, i64) -> Done<Option<IndexKey>>) -> Done<()> {
    let mut nth = 0;
    while nth < blocks.len() {
        let (from, rows) = blocks[nth];
        let keep = if nth + 1 == blocks.len() { ROWS_MAX } else { rows / 2 };
        match if rows > ROWS_MAX { cut(from, keep)? } else { None } {
            // the half that stays may itself be too large
            Some(place) => {
                blocks[nth].1 = keep;
                blocks.insert(nth + 1, (place, rows - keep));
            }
            None => nth += 1,
        }
    }
    Ok(())
}
