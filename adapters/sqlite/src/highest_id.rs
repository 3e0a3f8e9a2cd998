//! The highest id of each table. Most of what is asked for is new, and so known to be absent without a look.
use kernel::Id;
use rusqlite::{Connection, Params, Result};
use std::cell::RefCell;
use std::collections::HashMap;

/// By the table's name. It lives as long as the writer's cache: thrown away when a group fails.
#[derive(Debug, Default)]
pub(crate) struct HighestIds(RefCell<HashMap<Box<str>, u64>>);

impl HighestIds {
    /// Whether `table` may have something with this id; `load` says its highest one where that is not known yet.
    pub fn may_have(&self, table: &str, id: Id, load: impl FnOnce() -> Result<u64>) -> Result<bool> {
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
}

/// The highest id a statement finds; none is 0.
pub(crate) fn query_highest(connection: &Connection, sql: &str, values: impl Params) -> Result<u64> {
    connection.prepare_cached(sql)?.query_row(values, |row| Ok(row.get::<_, Option<u64>>(0)?.unwrap_or(0)))
}
