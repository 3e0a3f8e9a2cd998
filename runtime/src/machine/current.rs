//! The newest state of everything, durable or not: what a context decides against.
use crate::port::store::{Result, Store, StoreError};
use kernel::{
    CallKey, CallRecord, Commit, Context, Erased, Folded, Id, Kind, Name, Owners, Row, StoredAnswer, TableName, View,
    serde_json,
};
use lru::LruCache;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use super::fold::unfold;

/// A row as it is now, with its folded value where it is a view's.
#[derive(Clone, Debug, Default)]
pub struct CurrentRow {
    pub row: Option<Arc<Row>>,
    pub folded: Option<Arc<Folded>>,
}

/// A thing as it is now, and whose it is.
#[derive(Clone)]
pub struct OwnedState {
    pub state: Erased,
    pub of: Owners,
}

pub type StateKey = (Name, Id);
/// Index of the table among the context's, and the row's id.
pub type RowKey = (usize, Id);

/// What one draft has changed so far.
#[derive(Default)]
pub struct Changed {
    pub states: Vec<(StateKey, OwnedState)>,
    pub rows: Vec<(RowKey, CurrentRow)>,
}

pub struct CurrentState {
    /// Decided in the group that is not durable yet.
    ahead_states: HashMap<StateKey, OwnedState>,
    ahead_rows: HashMap<RowKey, CurrentRow>,
    ahead_calls: HashMap<CallKey, CallRecord>,
    ahead_answers: HashMap<(String, String), Arc<StoredAnswer>>,
    states: LruCache<StateKey, Option<OwnedState>>,
    rows: LruCache<RowKey, CurrentRow>,
    pub tables: Vec<TableName>,
}

impl CurrentState {
    pub fn new(tables: Vec<TableName>, cache_entries: usize) -> CurrentState {
        let size = NonZeroUsize::new(cache_entries).unwrap_or(NonZeroUsize::MIN);
        let (ahead_states, ahead_rows, ahead_calls, ahead_answers) = Default::default();
        let (states, rows) = (LruCache::new(size), LruCache::new(size));
        CurrentState { ahead_states, ahead_rows, ahead_calls, ahead_answers, states, rows, tables }
    }

    pub fn thing(
        &mut self,
        changed: &Changed,
        store: &dyn Store,
        context: &Context,
        kind: Name,
        id: Id,
    ) -> Result<Option<OwnedState>> {
        let key = (kind, id);
        if let Some((_, thing)) = changed.states.iter().rev().find(|(k, _)| *k == key) {
            return Ok(Some(thing.clone()));
        }
        if let Some(thing) = self.ahead_states.get(&key) {
            return Ok(Some(thing.clone()));
        }
        if let Some(thing) = self.states.get(&key) {
            return Ok(thing.clone());
        }
        let thing = match (store.state(kind, id)?, context.kind(kind)) {
            (Some(kept), Some(declared)) => Some(read(declared, &kept).map_err(|e| unreadable(kind, id, &e))?),
            _ => None,
        };
        self.states.put(key, thing.clone());
        Ok(thing)
    }

    pub fn row(&mut self, changed: &Changed, store: &dyn Store, key: RowKey) -> Result<CurrentRow> {
        if let Some((_, row)) = changed.rows.iter().rev().find(|(k, _)| *k == key) {
            return Ok(row.clone());
        }
        if let Some(row) = self.ahead_rows.get(&key) {
            return Ok(row.clone());
        }
        if let Some(row) = self.rows.get(&key) {
            return Ok(row.clone());
        }
        let row = CurrentRow { row: store.row(&self.tables[key.0], key.1)?.map(Arc::new), folded: None };
        self.rows.put(key, row.clone());
        Ok(row)
    }

    /// A row as the store has it, where nothing newer is known.
    pub fn know_row(&mut self, key: RowKey, row: Row) {
        if !self.rows.contains(&key) {
            self.rows.put(key, CurrentRow { row: Some(Arc::new(row)), folded: None });
        }
    }

    /// The folded value of a view's row, read from its JSON where it is not in memory.
    pub fn folded(
        &mut self,
        changed: &Changed,
        store: &dyn Store,
        view: &View,
        key: RowKey,
    ) -> Result<(CurrentRow, Arc<Folded>)> {
        let current = self.row(changed, store, key)?;
        if let Some(folded) = &current.folded {
            return Ok((current.clone(), folded.clone()));
        }
        let folded = unfold(view, current.row.as_deref()).map_err(|e| unreadable(view.collection.name, key.1, &e))?;
        Ok((current, Arc::new(folded)))
    }

    pub fn call(&self, store: &dyn Store, key: &CallKey) -> Result<Option<CallRecord>> {
        match self.ahead_calls.get(key) {
            Some(record) => Ok(Some(record.clone())),
            None => store.call(key),
        }
    }

    /// Every remembered call of a caller's tickets from `from` to below `to`, in order.
    pub fn calls(&self, store: &dyn Store, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        let ahead = self.ahead_calls.keys();
        let ahead = ahead.filter(|key| key.caller == caller && (from..to).contains(&key.ticket)).cloned();
        let mut all: Vec<CallKey> = store.calls(caller, from, to)?.into_iter().chain(ahead).collect();
        all.sort();
        all.dedup();
        Ok(all)
    }

    /// Call records below a settled ticket are not needed any more.
    pub fn forget_calls(&mut self, caller: &str, settled: Id) {
        self.ahead_calls.retain(|key, _| key.caller != caller || key.ticket >= settled);
    }

    pub fn answer(&self, store: &dyn Store, route: &str, key: &str) -> Result<Option<Arc<StoredAnswer>>> {
        if !self.ahead_answers.is_empty()
            && let Some(answer) = self.ahead_answers.get(&(route.to_string(), key.to_string()))
        {
            return Ok(Some(answer.clone()));
        }
        Ok(store.answer(route, key)?.map(Arc::new))
    }

    pub fn keep(&mut self, changed: Changed, commit: &Commit) {
        self.ahead_states.extend(changed.states);
        self.ahead_rows.extend(changed.rows);
        self.ahead_calls.extend(commit.calls.iter().cloned());
        for answer in &commit.answers {
            self.ahead_answers.insert((answer.route.clone(), answer.key.clone()), Arc::new(answer.clone()));
        }
    }

    /// The group is durable: what was ahead may be forgotten when memory is short.
    pub fn became_durable(&mut self) {
        for (key, thing) in self.ahead_states.drain() {
            self.states.put(key, Some(thing));
        }
        for (key, row) in self.ahead_rows.drain() {
            self.rows.put(key, row);
        }
        self.ahead_calls.clear();
        self.ahead_answers.clear();
    }
}

fn read(kind: &Kind, kept: &str) -> serde_json::Result<OwnedState> {
    let (state, of) = kind.read_kept(kept)?;
    Ok(OwnedState { state, of })
}

fn unreadable(what: &str, id: Id, error: &serde_json::Error) -> StoreError {
    StoreError::Unreadable(format!(
        "{what} {id} can't be read: {error}; restore a backup, or run the release that wrote it"
    ))
}
