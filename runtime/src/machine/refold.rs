//! States that an older release wrote in another shape are folded again from the log, which keeps what happened and not how it was remembered.
use super::workspace::Scope;
use crate::port::store::{Result, StoreError};
use kernel::{Context, Erased, Id, Kind, StateChange};
use std::collections::BTreeMap;

/// Events that are read at once.
const BATCH: usize = 1000;

impl Scope<'_> {
    pub fn refold_old_states(&mut self) -> Result<()> {
        let declared = self.work.declared();
        self.note_view_versions(&declared);
        for kind in &declared.kinds {
            let had = self.work.head.versions.insert(kind.name.to_string(), kind.version);
            if had.is_none_or(|had| had == kind.version) {
                continue;
            }
            tracing::info!(kind = kind.name, from = had, to = kind.version, "states are folded again from the log");
            let states = self.refolded(kind)?;
            self.keep_refolded(kind, states)?;
        }
        Ok(())
    }

    fn note_view_versions(&mut self, declared: &Context) {
        for view in &declared.views {
            self.work.head.versions.entry(view.collection.name.to_string()).or_insert(view.version);
        }
    }

    fn refolded(&self, kind: &Kind) -> Result<BTreeMap<Id, Erased>> {
        let corrupt = |error: kernel::serde_json::Error| StoreError::Corrupt(error.to_string());
        let (reader, mut after) = (self.store.reader(), 0);
        let mut states: BTreeMap<Id, Erased> = BTreeMap::new();
        loop {
            let events = reader.log(after, BATCH)?;
            let Some(last) = events.last() else { return Ok(states) };
            after = last.position;
            for event in events.iter().filter(|event| event.kind == kind.name) {
                let state = match states.remove(&event.id) {
                    Some(state) => state,
                    None => (kind.decode)(None).map_err(corrupt)?,
                };
                let state = (kind.refold)(state, &event.event_type, event.version, &event.body).map_err(corrupt)?;
                states.insert(event.id, state);
            }
        }
    }

    /// The states in their new shape, and the rows that show them.
    fn keep_refolded(&mut self, kind: &Kind, states: BTreeMap<Id, Erased>) -> Result<()> {
        for (id, state) in states {
            let mut draft = self.work.draft();
            self.show_state(&mut draft, (kind.name, id), &state, false)?;
            draft.commit.states.push(StateChange { kind: kind.name, id, body: (kind.encode)(&state).into() });
            draft.changed.states.push(((kind.name, id), state));
            self.work.keep(draft);
        }
        Ok(())
    }
}
