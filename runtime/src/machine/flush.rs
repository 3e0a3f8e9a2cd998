//! The group made durable, the marks that may be told, and what an older release left to be folded again.
use super::Machine;
use crate::message::Output;
use crate::store::{Result, Store};
use kernel::{Erased, Group, Id, Kind, Recorded, RowChange, RowSource, StateChange};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a durable group lets go.
#[derive(Default)]
pub struct Flushed {
    pub outputs: Vec<Output>,
    pub events: Vec<Arc<Recorded>>,
    pub rows: Vec<RowChange>,
    pub commits: usize,
    /// Whether anything was written.
    pub wrote: bool,
}

/// How often answers that are too old are looked for.
const PRUNE_EACH_MS: u64 = 60_000;

impl Machine {
    /// Whether there is more to be made durable than positions, which can wait for company.
    pub fn urgent(&self) -> bool {
        !self.group.is_empty() || !self.out.is_empty()
    }

    /// Whether a message waits for the group: a customer, or another context, is behind it.
    pub fn waited_for(&self) -> bool {
        !self.out.is_empty()
    }

    /// Commits in the group so far.
    pub fn gathered(&self) -> usize {
        self.group.len()
    }

    pub fn dirty(&self) -> bool {
        self.dirty_head || self.urgent()
    }

    /// Makes the group durable, then lets its messages go. After an error nothing of it may be kept.
    pub fn flush(&mut self, store: &mut dyn Store) -> Result<Flushed> {
        if self.group.is_empty() && !self.dirty_head {
            return Ok(Flushed { outputs: std::mem::take(&mut self.out), ..Flushed::default() });
        }
        self.mark();
        let commits = std::mem::take(&mut self.group);
        let group = Group {
            commits,
            head: self.head.clone(),
            answers_before: self.prune(),
            drop: std::mem::take(&mut self.drop),
        };
        store.apply(&group)?;
        self.durable_settled = self.head.settled;
        self.durable_reserved = self.head.reserved;
        self.present.settle();
        self.calls_ahead.clear();
        self.answers_ahead.clear();
        self.dirty_head = false;
        let count = group.commits.len();
        let (mut events, mut rows) = (vec![], vec![]);
        for commit in group.commits {
            events.extend(commit.events);
            rows.extend(commit.rows);
        }
        Ok(Flushed { outputs: std::mem::take(&mut self.out), events, rows, commits: count, wrote: true })
    }

    fn mark(&mut self) {
        self.write_positions();
        self.head.parked_order = self.aside.order();
        self.head.settled = self.head.settled.max(self.lowest());
        let settled = self.head.settled;
        self.head.committed.retain(|ticket| *ticket >= settled);
        let ahead = self.head.reserved.0.saturating_sub(self.next.0);
        if ahead < self.limits.reserve_tickets.div_ceil(2) {
            self.head.reserved = Id(self.next.0 + self.limits.reserve_tickets);
        }
    }

    /// A last group that leaves nothing in doubt, for a context that is idle.
    pub fn close(&mut self, store: &mut dyn Store) -> Result<Flushed> {
        let mut last = self.flush(store)?;
        if self.idle() {
            self.write_positions();
            (self.head.reserved, self.head.settled) = (self.next, self.next);
            self.head.committed.clear();
            store.apply(&Group { head: self.head.clone(), ..Group::default() })?;
            last.wrote = true;
        }
        Ok(last)
    }

    fn prune(&mut self) -> Option<kernel::Timestamp> {
        if self.now.ms_since(self.answers_pruned) < PRUNE_EACH_MS {
            return None;
        }
        self.answers_pruned = self.now;
        Some(kernel::Timestamp(self.now.0 - (self.limits.idempotency_ms() * 1000) as i64))
    }

    /// States an older release wrote in another shape are folded again from the log, which keeps what happened and not how it was remembered.
    pub(super) fn refold_old_states(&mut self, store: &dyn Store) -> Result<()> {
        let system = self.system.clone();
        let context = &system.contexts[self.me];
        for view in &context.views {
            self.head.versions.entry(view.collection.name.to_string()).or_insert(view.version);
        }
        for kind in &context.kinds {
            let had = self.head.versions.insert(kind.name.to_string(), kind.version);
            if had.is_none_or(|had| had == kind.version) {
                continue;
            }
            tracing::info!(kind = kind.name, from = had, to = kind.version, "states are folded again from the log");
            let mut states: BTreeMap<Id, Erased> = BTreeMap::new();
            let (reader, mut after) = (store.reader(), 0);
            loop {
                let events = reader.log(after, 1000)?;
                let Some(last) = events.last() else { break };
                after = last.position;
                for event in events.iter().filter(|event| event.kind == kind.name) {
                    let state = match states.remove(&event.id) {
                        Some(state) => state,
                        None => (kind.decode)(None).map_err(|e| crate::store::StoreError::Corrupt(e.to_string()))?,
                    };
                    let state = (kind.refold)(state, &event.event_type, event.version, &event.body);
                    states.insert(event.id, state.map_err(|e| crate::store::StoreError::Corrupt(e.to_string()))?);
                }
            }
            self.keep_refolded(store, kind, states)?;
        }
        Ok(())
    }

    /// The states in their new shape, and the rows they are shown as.
    fn keep_refolded(&mut self, store: &dyn Store, kind: &Kind, states: BTreeMap<Id, Erased>) -> Result<()> {
        let system = self.system.clone();
        let collections = &system.contexts[self.me].collections;
        for (id, state) in states {
            let mut stage = self.stage();
            for (table, collection) in
                collections.iter().enumerate().filter(|(_, c)| c.of == RowSource::State(kind.name))
            {
                let now = self.present.row(&stage.staged, store, (table, id))?;
                self.show(&mut stage, (table, id), now, (collection.show)(id, id, &state));
            }
            stage.commit.states.push(StateChange { kind: kind.name, id, body: (kind.encode)(&state).into() });
            stage.staged.states.push(((kind.name, id), state));
            self.keep(stage);
        }
        Ok(())
    }
}
