//! States that an older release wrote in another shape are folded again from the log, which keeps what happened and not how it was remembered.
//! It is done in portions before anything else is decided: a machine that ends meanwhile goes on where it was.
use super::Machine;
use super::current::OwnedState;
use super::workspace::{Scope, Workspace};
use crate::port::store::{Result, Store, StoreError};
use crate::portions::slice::ValueSlice;
use crate::portions::stream;
use kernel::serde_json;
use kernel::{Collection, Context, Erased, Id, Kind, Owners, RowSource};

/// States that are made durable at once, at most.
const STATES_A_GROUP: usize = 1_000;

/// A state, and whose it is.
type Fresh = ValueSlice<Id, (Erased, Owners)>;

impl Machine {
    /// Leaves nothing to do where every state has the shape that is declared.
    ///
    /// # Errors
    /// The store's. What was made durable until then stays, and is not folded again.
    pub fn refold_old_states(&mut self, store: &mut dyn Store) -> Result<()> {
        let declared = self.work.declared();
        for kind in &declared.kinds {
            if let Some(from) = self.work.head.refolding.get(kind.name).copied() {
                self.refold(kind, from, store)?;
            }
        }
        Ok(())
    }

    fn refold(&mut self, kind: &Kind, from: Id, store: &mut dyn Store) -> Result<()> {
        let mut next = Some(Fresh::starting_at(from, self.work.limits.refold_states));
        while let Some(slice) = next {
            let slice = folded(store, kind, slice)?;
            // what is read of the rows before each group has to fit into what is kept in memory of them
            let at_most = self.work.limits.cache_entries.clamp(1, STATES_A_GROUP);
            let mut values = slice.values().peekable();
            while values.peek().is_some() {
                let group: Vec<(Id, OwnedState)> = values.by_ref().take(at_most).map(owned).collect();
                self.scope(store).keep_refolded(kind, group)?;
                self.flush(store)?;
            }
            drop(values);
            next = slice.next();
        }
        self.work.head.refolding.remove(kind.name);
        self.work.dirty_head = true;
        tracing::info!(kind = kind.name, "all states have the new shape");
        Ok(())
    }
}

fn owned((id, (state, of)): (Id, &(Erased, Owners))) -> (Id, OwnedState) {
    (id, OwnedState { state: state.clone(), of: *of })
}

/// As many states as fit, each the fold of all its events.
fn folded(store: &dyn Store, kind: &Kind, mut slice: Fresh) -> Result<Fresh> {
    let corrupt = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
    let nothing = (kind.decode)(None).map_err(corrupt)?;
    let mut unreadable = None;
    stream::log(&*store.reader(), u64::MAX, |event| {
        if event.kind != kind.name || unreadable.is_some() {
            return;
        }
        let evolve = |(state, of): &mut (Erased, Owners)| {
            *of = event.meta.of;
            match (kind.refold)(state.clone(), &event.event_type, event.version, &event.body) {
                Ok(evolved) => *state = evolved,
                Err(error) => unreadable = Some(error),
            }
            0
        };
        slice.change(event.id, || (nothing.clone(), Owners::default()), evolve);
    })?;
    unreadable.map_or(Ok(slice), |error| Err(corrupt(error)))
}

impl Workspace {
    /// Notes the version of every kind and view, and which kinds have states in an older shape.
    pub fn note_versions(&mut self, declared: &Context) {
        let head = &mut self.head;
        for view in &declared.views {
            let name = view.collection.name.to_string();
            if *head.versions.entry(name.clone()).or_insert(view.version) == view.version {
                head.view_keys.insert(name, view.collection.keys_text());
            }
        }
        for kind in &declared.kinds {
            let had = head.versions.insert(kind.name.to_string(), kind.version);
            if had.is_some_and(|had| had != kind.version) {
                head.refolding.insert(kind.name.to_string(), Id(0));
            }
            if let Some(from) = head.refolding.get(kind.name) {
                tracing::info!(
                    kind = kind.name,
                    to = kind.version,
                    from_id = from.0,
                    "states are folded again from the log"
                );
            }
        }
    }
}

impl Scope<'_> {
    /// The states in their new shape, and the rows that show them. They follow each other by their ids.
    fn keep_refolded(&mut self, kind: &Kind, things: Vec<(Id, OwnedState)>) -> Result<()> {
        let ends = things.first().zip(things.last()).map(|((first, _), (last, _))| (*first, *last));
        let Some((first, last)) = ends else { return Ok(()) };
        self.read_rows(kind, first, last)?;
        for (id, thing) in things {
            let mut draft = self.work.draft();
            self.show_state(&mut draft, (kind.name, id), &thing, false)?;
            self.change_state(&mut draft, kind, id, thing);
            self.work.keep(draft);
        }
        // nobody waits for one of them so far
        self.work.take_changed_states();
        self.work.head.refolding.insert(kind.name.to_string(), Id(last.0.saturating_add(1)));
        Ok(())
    }

    /// The rows that show these states, at once instead of one by one.
    fn read_rows(&mut self, kind: &Kind, first: Id, last: Id) -> Result<()> {
        let declared = self.work.declared();
        let shows = |(_, collection): &(usize, &Collection)| collection.of == RowSource::State(kind.name);
        let reader = self.store.reader();
        for (table, collection) in declared.collections.iter().enumerate().filter(shows) {
            for row in stream::rows(&*reader, collection.name, first) {
                let (id, row) = row?;
                if id > last {
                    break;
                }
                self.work.current.know_row((table, id), row);
            }
        }
        Ok(())
    }
}
