//! What the writer keeps in memory of its file, so that it need not look.
use crate::fault::Done;
use crate::highest_id::HighestIds;
use crate::index::counts::Counts;
use crate::log;
use crate::signatures::Signatures;
use crate::states::{self, Kinds};
use crate::sums::Sums;
use rusqlite::Connection;
use std::collections::HashMap;

/// Thrown away when a group fails.
pub(crate) struct Cache {
    pub position: u64,
    pub sums: Sums,
    pub kinds: Kinds,
    pub signatures: Signatures,
    /// Of each table, by its number; loaded when first written.
    pub counts: HashMap<i64, Counts>,
    /// Of each kind of state, each table of rows, and each caller.
    pub states: HighestIds,
    pub rows: HighestIds,
    pub calls: HighestIds,
}

impl Cache {
    pub fn load(connection: &Connection) -> Done<Cache> {
        let (position, sums, kinds) = (log::end(connection)?, Sums::load(connection)?, states::kinds(connection)?);
        let (signatures, counts, (states, rows, calls)) = Default::default();
        Ok(Cache { position, sums, kinds, signatures, counts, states, rows, calls })
    }
}
