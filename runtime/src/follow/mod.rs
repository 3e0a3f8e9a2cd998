//! What somebody is told who follows rows of a collection: those that there are, then each change, and nothing of rows that they may not see. Every edge
//! that streams goes by it, and so does the simulation.
mod filters;
mod missed;
mod sight;

pub use filters::{Filter, Filters};
pub use missed::{Missed, StreamProgress};
pub use sight::{SeenRow, Sight};

use kernel::{Id, Row, RowChange};

/// One row, or the rows of a collection that pass some filters, as somebody sees them.
#[derive(Clone, Debug)]
pub struct FollowedRows {
    pub only: Option<Id>,
    pub filters: Filters,
    pub sight: Sight,
}

/// What is told of a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Told<'a> {
    Row(&'a Row),
    Gone,
}

impl FollowedRows {
    /// `None` where nothing is told of the change.
    pub fn told<'a>(&self, change: &'a RowChange) -> Option<Told<'a>> {
        let (before, after) = (change.before.as_deref(), change.after.as_deref());
        let shown = after.filter(|row| self.shows(change.id, row) && row.body.is_some());
        let was_shown = || before.is_some_and(|row| self.showed(change.id, row));
        shown.map(Told::Row).or_else(|| was_shown().then_some(Told::Gone))
    }

    /// Whether the row passes all filters, and somebody may be told so.
    pub fn covers(&self, id: Id, row: &Row) -> bool {
        self.filters.covers(id, row) && self.sight.includes(row) && self.filters.may_be_asked(row, &self.sight)
    }

    /// Whether somebody sees the row as it is now.
    fn shows(&self, id: Id, row: &Row) -> bool {
        let is_asked = match self.only {
            Some(only) => only == id,
            None => row.listed && self.covers(id, row),
        };
        is_asked && self.sight.includes(row)
    }

    /// Whether somebody saw the row before its change.
    fn showed(&self, id: Id, row: &Row) -> bool {
        self.shows(id, row) && (self.only.is_none() || row.body.is_some())
    }
}
