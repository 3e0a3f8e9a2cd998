//! What a route, a saga or a policy may read of its own context while it decides.
use super::attempt::Attempt;
use super::current::{Changed, CurrentState, StateKey};
use crate::port::store::{Result, Store, StoreError};
use kernel::{Context, Erased, Id, LocalReader, Name};
use std::cell::{Cell, RefCell};

/// Reads through the draft and the current state. A store that fails is remembered, and ends the step.
pub struct ThroughDraft<'a> {
    current: RefCell<&'a mut CurrentState>,
    changed: &'a Changed,
    store: &'a dyn Store,
    context: &'a Context,
    /// A thing that is read as if it did not exist.
    hidden: Option<StateKey>,
    failed: Cell<Option<StoreError>>,
}

impl<'a> ThroughDraft<'a> {
    pub fn new(
        current: &'a mut CurrentState,
        changed: &'a Changed,
        store: &'a dyn Store,
        context: &'a Context,
        hidden: Option<StateKey>,
    ) -> ThroughDraft<'a> {
        ThroughDraft { current: RefCell::new(current), changed, store, context, hidden, failed: Cell::new(None) }
    }

    fn noted<T>(&self, found: Result<Option<T>>) -> Option<T> {
        found.unwrap_or_else(|error| {
            self.failed.set(Some(error));
            None
        })
    }

    /// What came of a rule that read from here, unless the store failed under it.
    pub fn end<T>(self, came: Attempt<T>) -> Result<Attempt<T>> {
        match self.failed.take() {
            None => Ok(came),
            Some(StoreError::Unreadable(what)) => Ok(Attempt::Fault(what)),
            Some(failed) => Err(failed),
        }
    }
}

impl LocalReader for ThroughDraft<'_> {
    fn state(&self, kind: Name, id: Id) -> Option<Erased> {
        if self.hidden == Some((kind, id)) {
            return None;
        }
        let thing = self.noted(self.current.borrow_mut().thing(self.changed, self.store, self.context, kind, id));
        thing.map(|thing| thing.state)
    }

    fn folded_value(&self, view: Name, id: Id) -> Option<Erased> {
        let table = self.context.tables().position(|collection| collection.name == view)?;
        let view = self.context.views.iter().find(|v| v.collection.name == view)?;
        let folded = self.current.borrow_mut().folded(self.changed, self.store, view, (table, id));
        self.noted(
            folded.map(|(row, folded)| (row.row.is_some() || row.folded.is_some()).then(|| folded.value.clone())),
        )
    }
}
