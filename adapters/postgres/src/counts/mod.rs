//! How many listed rows lie where in each index of a table: what makes totals and deep pages cheap.
//!
//! An index is cut into blocks of up to [`ROWS_MAX`] rows. The table `counts` has the rows of each block as they were at one group, and
//! each group behind that one says in a row of `moves` which listed rows it has brought and taken. Now and then the owner writes
//! all of it anew, behind what it was; so nobody rewrites a count, and a snapshot that is held for long makes none dearer. A reader keeps
//! what it has read, and asks for the moves since in the snapshot of its look.
mod check;
pub(crate) mod moves;
pub(crate) mod settle;
pub(crate) mod whole;

pub(crate) use check::check;

use crate::index::IndexKey;
use crate::stored_table::StoredTable;
use kernel::Id;
use kernel::uuid::Uuid;
use std::sync::{Arc, Mutex, PoisonError};

/// A block with more is split.
pub(crate) const ROWS_MAX: i64 = 1024;
/// A block with fewer joins the one before, if both together leave room to grow.
const ROWS_MIN: i64 = ROWS_MAX / 8;
/// Before every row.
pub(crate) const FIRST: IndexKey = (i64::MIN, i64::MIN, i64::MIN);

/// Where a block begins, and its rows.
pub(crate) type Block = (IndexKey, i64);

/// A group: after a restore, another one may have its version.
pub(crate) type Mark = (i64, Uuid);

/// The blocks of each index of a table, as they are at one group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Counts {
    /// The group that they were written with whole.
    pub base: Mark,
    /// The newest group that has moved rows, or the base itself.
    pub at: Mark,
    /// Never empty, and the first block of each index begins before every row.
    pub indexes: Vec<Vec<Block>>,
}

impl Counts {
    /// Rows that come and go with a group.
    pub fn follow(&mut self, stored: &StoredTable, group: Mark, rows: &[i64]) {
        moves::each(stored, rows).for_each(|(id, keys, sign)| self.count(stored, id, keys, sign));
        self.at = group;
    }

    /// A row that comes (1) or goes (-1).
    fn count(&mut self, stored: &StoredTable, id: Id, keys: &[i64], sign: i64) {
        for (index, blocks) in stored.indexes.iter().zip(&mut self.indexes) {
            let key = index.key(&stored.table, id, keys);
            let nth = blocks.partition_point(|(from, _)| *from <= key).saturating_sub(1);
            if let Some((_, rows)) = blocks.get_mut(nth) {
                *rows += sign;
            }
        }
    }

    /// All listed rows.
    pub fn rows(&self) -> i64 {
        self.indexes.first().map_or(0, |blocks| blocks.iter().map(|(_, rows)| rows).sum())
    }
}

/// What this process has read last of a table's counts.
#[derive(Default)]
pub(crate) struct Known(Mutex<Option<Arc<Counts>>>);

impl Known {
    pub fn get(&self) -> Option<Arc<Counts>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub fn put(&self, counts: Arc<Counts>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(counts);
    }
}
