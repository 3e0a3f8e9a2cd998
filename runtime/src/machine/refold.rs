//! States that an older release wrote in another shape are folded again from the log, which keeps what happened and not how it was remembered.
use super::current::OwnedState;
use super::workspace::Scope;
use crate::port::store::{Result, StoreError};
use kernel::{Context, Id, Kind};
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
            let things = self.refolded(kind)?;
            self.keep_refolded(kind, things)?;
        }
        Ok(())
    }

    fn note_view_versions(&mut self, declared: &Context) {
        let head = &mut self.work.head;
        for view in &declared.views {
            let name = view.collection.name.to_string();
            if *head.versions.entry(name.clone()).or_insert(view.version) == view.version {
                head.view_keys.insert(name, view.collection.keys_text());
            }
        }
    }

    fn refolded(&self, kind: &Kind) -> Result<BTreeMap<Id, OwnedState>> {
        let corrupt = |error: kernel::serde_json::Error| StoreError::Corrupt(error.to_string());
        let (reader, mut after) = (self.store.reader(), 0);
        let mut things: BTreeMap<Id, OwnedState> = BTreeMap::new();
        loop {
            let events = reader.log(after, BATCH)?;
            let Some(last) = events.last() else { return Ok(things) };
            after = last.position;
            for event in events.iter().filter(|event| event.kind == kind.name) {
                let state = match things.remove(&event.id) {
                    Some(thing) => thing.state,
                    None => (kind.decode)(None).map_err(corrupt)?,
                };
                let state = (kind.refold)(state, &event.event_type, event.version, &event.body).map_err(corrupt)?;
                things.insert(event.id, OwnedState { state, of: event.meta.of });
            }
        }
    }

    /// The states in their new shape, and the rows that show them.
    fn keep_refolded(&mut self, kind: &Kind, things: BTreeMap<Id, OwnedState>) -> Result<()> {
        for (id, thing) in things {
            let mut draft = self.work.draft();
            self.show_state(&mut draft, (kind.name, id), &thing, false)?;
            self.change_state(&mut draft, kind, id, thing);
            self.work.keep(draft);
        }
        Ok(())
    }
}
