//! The highest id of each table. Most of what is asked for is new, and so known to be absent without a question to the server.
use crate::fault::Done;
use crate::number::unsigned;
use crate::session::Session;
use crate::statement::Statement;
use kernel::Id;
use std::cell::RefCell;
use std::collections::HashMap;

/// By the table's name. It lives as long as its owner's claim.
#[derive(Debug, Default)]
pub(crate) struct HighestIds(RefCell<HashMap<Box<str>, u64>>);

impl HighestIds {
    /// Whether `table` may have something with this id; `load` says its highest one where that is not known yet.
    pub fn may_have(&self, table: &str, id: Id, load: impl FnOnce() -> Done<u64>) -> Done<bool> {
        if let Some(highest) = self.0.borrow().get(table) {
            return Ok(id.0 <= *highest);
        }
        let highest = load()?;
        self.0.borrow_mut().insert(table.into(), highest);
        Ok(id.0 <= highest)
    }

    pub fn wrote(&self, table: &str, id: Id) {
        if let Some(highest) = self.0.borrow_mut().get_mut(table) {
            *highest = id.0.max(*highest);
        }
    }

    pub fn forget(&self, table: &str) {
        self.0.borrow_mut().remove(table);
    }
}

/// The highest id a statement finds; none is 0.
pub(crate) fn query_highest(session: &Session, statement: &Statement<'_>) -> Done<u64> {
    let rows = session.query(statement)?;
    let highest: Option<i64> = rows.first().map(|row| row.try_get(0)).transpose()?.flatten();
    unsigned(highest.unwrap_or_default())
}
