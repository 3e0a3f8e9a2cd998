//! The newest state of everything, durable or not: what a context decides against.
use crate::store::{Result, Store, StoreError};
use kernel::{Context, Erased, Folded, HistoryEntry, Id, LocalReader, Name, Row};
use lru::LruCache;
use serde::Deserialize;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// A row as it is now, with its folded value where it is a view's.
#[derive(Clone, Debug, Default)]
pub struct RowNow {
    pub row: Option<Arc<Row>>,
    pub folded: Option<Arc<Folded>>,
}

pub type StateKey = (Name, Id);
/// Index of the table among the context's, and the row's id.
pub type RowKey = (usize, Id);

/// What one commit has changed so far; kept as a whole, or dropped as a whole.
#[derive(Default)]
pub struct Staged {
    pub states: Vec<(StateKey, Erased)>,
    pub rows: Vec<(RowKey, RowNow)>,
}

pub struct Present {
    /// Decided in the group that is not durable yet.
    ahead_states: HashMap<StateKey, Erased>,
    ahead_rows: HashMap<RowKey, RowNow>,
    states: LruCache<StateKey, Option<Erased>>,
    rows: LruCache<RowKey, RowNow>,
    pub tables: Vec<Arc<str>>,
}

impl Present {
    pub fn new(tables: Vec<Arc<str>>, cache_entries: usize) -> Present {
        let size = NonZeroUsize::new(cache_entries).unwrap_or(NonZeroUsize::MIN);
        let (ahead_states, ahead_rows) = Default::default();

        Present { ahead_states, ahead_rows, states: LruCache::new(size), rows: LruCache::new(size), tables }
    }

    pub fn state(
        &mut self,
        staged: &Staged,
        store: &dyn Store,
        context: &Context,
        kind: Name,
        id: Id,
    ) -> Result<Option<Erased>> {
        let key = (kind, id);
        if let Some((_, state)) = staged.states.iter().rev().find(|(k, _)| *k == key) {
            return Ok(Some(state.clone()));
        }
        if let Some(state) = self.ahead_states.get(&key) {
            return Ok(Some(state.clone()));
        }
        if let Some(state) = self.states.get(&key) {
            return Ok(state.clone());
        }
        let body = store.state(kind, id)?;
        let state = match (body, context.kind(kind)) {
            (Some(body), Some(declared)) => Some((declared.decode)(Some(&body)).map_err(|e| unreadable(kind, id, &e))?),
            _ => None,
        };
        self.states.put(key, state.clone());
        Ok(state)
    }

    pub fn row(&mut self, staged: &Staged, store: &dyn Store, key: RowKey) -> Result<RowNow> {
        if let Some((_, now)) = staged.rows.iter().rev().find(|(k, _)| *k == key) {
            return Ok(now.clone());
        }
        if let Some(now) = self.ahead_rows.get(&key) {
            return Ok(now.clone());
        }
        if let Some(now) = self.rows.get(&key) {
            return Ok(now.clone());
        }
        let now = RowNow { row: store.row(&self.tables[key.0], key.1)?.map(Arc::new), folded: None };
        self.rows.put(key, now.clone());
        Ok(now)
    }

    /// The folded value of a view's row, read from its JSON where it is not at hand.
    pub fn folded(
        &mut self,
        staged: &Staged,
        store: &dyn Store,
        view: &kernel::View,
        key: RowKey,
    ) -> Result<(RowNow, Arc<Folded>)> {
        let now = self.row(staged, store, key)?;
        if let Some(folded) = &now.folded {
            return Ok((now.clone(), folded.clone()));
        }
        let folded = unfold(view, now.row.as_deref()).map_err(|e| unreadable(view.collection.name, key.1, &e))?;
        Ok((now, Arc::new(folded)))
    }

    pub fn keep(&mut self, staged: Staged) {
        self.ahead_states.extend(staged.states);
        self.ahead_rows.extend(staged.rows);
    }

    /// The group is durable: what was ahead may be forgotten when memory is short.
    pub fn settle(&mut self) {
        for (key, state) in self.ahead_states.drain() {
            self.states.put(key, Some(state));
        }
        for (key, now) in self.ahead_rows.drain() {
            self.rows.put(key, now);
        }
    }
}

/// One thing that can't be read breaks what needs it, as a rule does that breaks; it must not take its context along.
pub fn readable<T>(found: Result<T>) -> Result<std::result::Result<T, String>> {
    match found {
        Ok(found) => Ok(Ok(found)),
        Err(StoreError::Unreadable(what)) => Ok(Err(what)),
        Err(failed) => Err(failed),
    }
}

fn unreadable(what: &str, id: Id, error: &serde_json::Error) -> StoreError {
    StoreError::Unreadable(format!(
        "{what} {id} can't be read: {error}; restore a backup, or run the release that wrote it"
    ))
}

/// A fold as it is stored: the page, and where each entry of its history came from.
#[derive(Deserialize)]
struct Fold<'a> {
    #[serde(borrow)]
    page: &'a serde_json::value::RawValue,
    #[serde(default)]
    marks: Vec<(String, u64)>,
}

/// A view's value as its row keeps it: the fold and the history, as JSON.
pub fn fold_up(view: &kernel::View, folded: &Folded) -> (Arc<str>, Option<Arc<str>>) {
    let mut fold = format!("{{\"page\":{}", (view.encode)(&folded.value));
    if !folded.history.is_empty() {
        let marks: Vec<(&str, u64)> = folded.history.iter().map(|entry| (&*entry.source, entry.position)).collect();
        fold += &format!(",\"marks\":{}", serde_json::to_string(&marks).expect("marks are plain data"));
    }
    fold.push('}');
    let history = view.history.then(|| serde_json::to_string(&folded.history).expect("a history is plain data").into());
    (fold.into(), history)
}

/// Reads it back; `None`: nothing was folded yet.
pub fn unfold(view: &kernel::View, row: Option<&Row>) -> std::result::Result<Folded, serde_json::Error> {
    let Some(fold) = row.and_then(|row| row.fold.as_deref()) else {
        return Ok(Folded { value: (view.decode)(None)?, history: vec![] });
    };
    let fold: Fold<'_> = serde_json::from_str(fold)?;
    let history = row.and_then(|row| row.history.as_deref()).unwrap_or("[]");
    let mut history: Vec<HistoryEntry> = serde_json::from_str(history)?;
    for (entry, (source, position)) in history.iter_mut().zip(fold.marks) {
        (entry.source, entry.position) = (source, position);
    }
    Ok(Folded { value: (view.decode)(Some(fold.page.get()))?, history })
}

/// What a route, a saga or a policy may read. A store that fails is remembered and ends the step.
pub struct Here<'a> {
    pub present: RefCell<&'a mut Present>,
    pub staged: &'a Staged,
    pub store: &'a dyn Store,
    pub context: &'a Context,
    pub failed: Cell<Option<StoreError>>,
}

impl<'a> Here<'a> {
    pub fn new(present: &'a mut Present, staged: &'a Staged, store: &'a dyn Store, context: &'a Context) -> Here<'a> {
        Here { present: RefCell::new(present), staged, store, context, failed: Cell::new(None) }
    }

    fn noted<T>(&self, found: Result<Option<T>>) -> Option<T> {
        found.unwrap_or_else(|error| {
            self.failed.set(Some(error));
            None
        })
    }

    /// What came of it, unless the store failed under it.
    pub fn read<T>(self, came: std::result::Result<T, String>) -> Result<std::result::Result<T, String>> {
        self.failed.take().map_or(Ok(came), |failed| readable(Err(failed)))
    }
}

impl LocalReader for Here<'_> {
    fn state(&self, kind: Name, id: Id) -> Option<Erased> {
        self.noted(self.present.borrow_mut().state(self.staged, self.store, self.context, kind, id))
    }

    fn folded_value(&self, view: Name, id: Id) -> Option<Erased> {
        let table = self.context.tables().position(|collection| collection.name == view)?;
        let view = self.context.views.iter().find(|v| v.collection.name == view)?;
        let folded = self.present.borrow_mut().folded(self.staged, self.store, view, (table, id));
        self.noted(
            folded.map(|(now, folded)| (now.row.is_some() || now.folded.is_some()).then(|| folded.value.clone())),
        )
    }
}
