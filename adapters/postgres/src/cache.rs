//! What an owner keeps in memory of its store, so that it need not ask. Read after its claim, when nobody else can write.
use crate::calls::Forgotten;
use crate::counts::settle::Behind;
use crate::fault::Done;
use crate::highest_id::HighestIds;
use crate::log;
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::states::{self, Kinds};
use kernel::Timestamp;
use std::collections::HashMap;

/// Changed only by a group that is durable.
#[derive(Debug)]
pub(crate) struct Cache {
    /// Of the newest event in the log.
    pub position: u64,
    pub kinds: Kinds,
    /// Of each kind of state, each table of rows, and each caller.
    pub states: HighestIds,
    pub rows: HighestIds,
    pub calls: HighestIds,
    /// Where deletions begin to look: before it everything is gone.
    pub forgotten: Forgotten,
    pub expired_to: Timestamp,
    /// The oldest group whose head may still be there.
    pub heads_from: i64,
    pub groups_from: i64,
    /// Of each table, by its number.
    pub moves: HashMap<i32, Behind>,
}

impl Cache {
    pub fn load(session: &Session, schema: &SchemaName) -> Done<Cache> {
        let (position, kinds) = (log::end(session, schema)?, states::kinds(session, schema)?);
        let (states, rows, calls, forgotten, moves) = Default::default();
        let expired_to = Timestamp(i64::MIN);
        Ok(Cache { position, kinds, states, rows, calls, forgotten, expired_to, heads_from: 0, groups_from: 0, moves })
    }
}
