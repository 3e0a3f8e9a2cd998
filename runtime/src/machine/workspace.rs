//! What all parts of a machine work on: the declared context, the clock's reading, the head, the current state, the group so far and the outbox.
use super::attempt::Attempt;
use super::current::{Changed, CurrentState, StateKey};
use super::decide::guarded;
use super::draft::Draft;
use super::injected::InjectedFault;
use super::local_reader::ThroughDraft;
use super::outbox::Outbox;
use super::tickets::Tickets;
use crate::limits::Limits;
use crate::port::clock::Now;
use crate::port::store::{Result, Store, Table};
use kernel::uuid::{Builder, Uuid};
use kernel::{Commit, Context, Head, LocalReader, System, TableName, Timestamp};
use std::sync::Arc;

pub struct Workspace {
    pub system: Arc<System>,
    me: usize,
    pub limits: Limits,
    pub injected: InjectedFault,
    /// New requests are turned away; what is under way goes on.
    pub low_disk: bool,
    pub now: Now,
    pub head: Head,
    pub tickets: Tickets,
    pub current: CurrentState,
    pub outbox: Outbox,
    /// Tables of views that no longer answer.
    pub dropped_tables: Vec<TableName>,
    /// Commits that wait to be made durable together.
    pub group: Vec<Commit>,
    /// The head has moved since it was made durable.
    pub dirty_head: bool,
    /// Things whose state has changed in this step: who waits for one of them is decided again.
    changed_states: Vec<StateKey>,
    rng: fastrand::Rng,
}

impl Workspace {
    pub fn new(system: Arc<System>, me: usize, limits: Limits, head: Head, now: Now, seed: u64) -> Workspace {
        let tables = Table::all(&system.contexts[me]).into_iter().map(|table| table.name).collect();
        let current = CurrentState::new(tables, limits.cache_entries);
        let (tickets, rng) = (Tickets::open(&head), fastrand::Rng::with_seed(seed));
        let (injected, outbox, dropped_tables, group, changed_states) = Default::default();
        let dirty_head = true;
        Workspace {
            system,
            me,
            limits,
            injected,
            low_disk: false,
            now,
            head,
            tickets,
            current,
            outbox,
            dropped_tables,
            group,
            dirty_head,
            changed_states,
            rng,
        }
    }

    pub fn context(&self) -> &Context {
        &self.system.contexts[self.me]
    }

    /// The declaration beside a mutable workspace.
    pub fn declared(&self) -> Declared {
        Declared { system: self.system.clone(), me: self.me }
    }

    pub fn draft(&self) -> Draft {
        Draft::behind(&self.head)
    }

    /// Makes a whole draft part of the group.
    pub fn keep(&mut self, draft: Draft) {
        let Draft { commit, changed, entries, position, published, change, last_at } = draft;
        let head = &mut self.head;
        (head.position, head.change, head.last_at) = (position, change, last_at);
        head.newest_published = Some(published);
        for (rule, amount) in entries {
            *head.ledger.entry(rule.to_string()).or_default() += i128::from(amount);
        }
        self.changed_states.extend(changed.states.iter().map(|(key, _)| *key));
        self.current.keep(changed, &commit);
        self.dirty_head = true;
        if !commit.is_empty() {
            self.group.push(commit);
        }
    }

    pub fn take_changed_states(&mut self) -> Vec<StateKey> {
        std::mem::take(&mut self.changed_states)
    }

    pub fn event_id(&mut self, at: Timestamp) -> Uuid {
        let mut random = [0; 10];
        self.rng.fill(&mut random);
        Builder::from_unix_timestamp_millis((at.0 / 1000).unsigned_abs(), &random).into_uuid()
    }
}

/// A context's declaration, held apart from the workspace that changes.
pub struct Declared {
    system: Arc<System>,
    me: usize,
}

impl std::ops::Deref for Declared {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.system.contexts[self.me]
    }
}

/// The workspace and the store behind it, for one step.
pub struct Scope<'a> {
    pub work: &'a mut Workspace,
    pub store: &'a dyn Store,
}

impl Scope<'_> {
    /// Runs what may read rows of this context.
    pub fn reading<T>(
        &mut self,
        changed: &Changed,
        run: impl FnOnce(&dyn LocalReader) -> Attempt<T>,
    ) -> Result<Attempt<T>> {
        self.reading_without(None, changed, run)
    }

    /// As `reading`, where one thing is read as if it did not exist.
    pub fn reading_without<T>(
        &mut self,
        hidden: Option<StateKey>,
        changed: &Changed,
        run: impl FnOnce(&dyn LocalReader) -> Attempt<T>,
    ) -> Result<Attempt<T>> {
        let declared = self.work.declared();
        let reader = ThroughDraft::new(&mut self.work.current, changed, self.store, &declared, hidden);
        let came = guarded(|| run(&reader)).unwrap_or_else(Attempt::Fault);
        reader.end(came)
    }
}
