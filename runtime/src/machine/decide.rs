//! One command against the present state: events, new state, rows and entries in the ledger, staged until they are kept.
use super::Machine;
use super::present::{Here, RowKey, RowNow, Staged, readable};
use crate::store::{Result, Store};
use kernel::uuid::{Builder, Uuid};
use kernel::{
    AddressedCommand, Collection, Commit, Decision, Erased, Id, Kind, Meta, Name, Reason, Recorded, Row, RowChange,
    RowSource, ShownRow, StateChange, Timestamp,
};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What one input changes, before it is kept.
pub struct Stage {
    pub commit: Commit,
    pub staged: Staged,
    pub ledger: Vec<(Name, i64)>,
    pub position: u64,
    pub change: u64,
    pub last_at: Timestamp,
}

/// Why something happens: no event is older than its cause.
#[derive(Clone, Debug, Default)]
pub struct Cause {
    pub at: Timestamp,
    pub meta: Meta,
}

/// A decision that was staged.
pub struct Outcome {
    pub events: usize,
}

/// Why there was no decision.
pub enum No {
    Refused(&'static Reason),
    /// The rule itself broke.
    Broke(String),
}

impl Machine {
    pub(super) fn stage(&self) -> Stage {
        let (commit, staged, ledger) = Default::default();
        Stage {
            commit,
            staged,
            ledger,
            position: self.head.position,
            change: self.head.change,
            last_at: self.head.last_at,
        }
    }

    pub(super) fn decide(
        &mut self,
        store: &dyn Store,
        stage: &mut Stage,
        addressed: AddressedCommand,
        cause: &Cause,
    ) -> Result<std::result::Result<Outcome, No>> {
        let system = self.system.clone();
        let (kind, id) = (system.contexts[self.me].kind(addressed.kind), addressed.id);
        let kind = kind.expect("the system's check finds unknown kinds");
        let (before, decided) = match self.rule(store, &stage.staged, addressed)? {
            Ok(ruled) => ruled,
            Err(no) => return Ok(Err(no)),
        };
        let outcome = Outcome { events: decided.events.len() };
        if outcome.events > 0 {
            self.happened(store, stage, kind, id, before, decided, cause)?;
        }
        Ok(Ok(outcome))
    }

    /// What the rule says, with the state it says it of; nothing comes of it yet.
    pub(super) fn rule(
        &mut self,
        store: &dyn Store,
        staged: &Staged,
        addressed: AddressedCommand,
    ) -> Result<std::result::Result<(Option<Erased>, Decision), No>> {
        let system = self.system.clone();
        let context = &system.contexts[self.me];
        let (kind, id) = (context.kind(addressed.kind).expect("the system's check finds unknown kinds"), addressed.id);
        let before = match readable(self.present.state(staged, store, context, kind.name, id))? {
            Ok(before) => before,
            Err(what) => return Ok(Err(No::Broke(what))),
        };
        Ok(match guarded(|| (kind.decide)(before.as_ref(), id, addressed.command)) {
            Ok(Ok(decided)) => Ok((before, decided)),
            Ok(Err(reason)) => Err(No::Refused(reason)),
            Err(broke) => Err(No::Broke(broke)),
        })
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one decision, used once")]
    fn happened(
        &mut self,
        store: &dyn Store,
        stage: &mut Stage,
        kind: &Kind,
        id: Id,
        before: Option<Erased>,
        decided: Decision,
        cause: &Cause,
    ) -> Result<()> {
        let system = self.system.clone();
        let context = &system.contexts[self.me];
        stage.last_at = self.now.max(Timestamp(cause.at.0 + 1)).max(stage.last_at);
        for event in decided.events {
            stage.position += 1;
            let recorded = Recorded {
                position: stage.position,
                event_id: self.event_id(stage.last_at),
                event_type: Cow::Borrowed(event.kind.name),
                version: event.kind.version,
                published: event.kind.published,
                kind: Cow::Borrowed(kind.name),
                id,
                key: event.key,
                at: stage.last_at,
                meta: cause.meta.clone(),
                body: event.body,
                value: Some(event.value),
            };
            self.list(stage, kind, &recorded);
            stage.commit.events.push(Arc::new(recorded));
        }
        let balance = |state: &Erased| context.entries(kind.name, id, state);
        stage.ledger.extend(balance(&decided.state).into_iter().map(|entry| (entry.rule, entry.amount)));
        stage.ledger.extend(before.iter().flat_map(balance).map(|entry| (entry.rule, -entry.amount)));
        for (table, collection) in
            context.collections.iter().enumerate().filter(|(_, c)| c.of == RowSource::State(kind.name))
        {
            let shown = (collection.show)(id, id, &decided.state);
            let now = if before.is_none() {
                RowNow::default()
            } else {
                self.present.row(&stage.staged, store, (table, id))?
            };
            self.show(stage, (table, id), now, shown);
        }
        let body = (kind.encode)(&decided.state).into();
        stage.commit.states.push(StateChange { kind: kind.name, id, body });
        stage.staged.states.push(((kind.name, id), decided.state));
        Ok(())
    }

    /// Rows made of single events.
    fn list(&mut self, stage: &mut Stage, kind: &Kind, recorded: &Recorded) {
        let system = self.system.clone();
        let lists = |(_, c): &(usize, &Collection)| c.of == RowSource::Event(kind.name);
        for (table, collection) in system.contexts[self.me].collections.iter().enumerate().filter(lists) {
            let event = (kind.read_event)(&recorded.event_type, recorded.version, &recorded.body);
            let Ok(Some(event)) = event else { continue };
            let id = Id(recorded.position);
            let shown = (collection.show)(id, recorded.key, &event);
            self.show(stage, (table, id), RowNow::default(), shown);
        }
    }

    /// Stages a row's change, if anything of it can be seen.
    pub(super) fn show(&mut self, stage: &mut Stage, key: RowKey, now: RowNow, shown: Option<ShownRow>) {
        let same = match (&now.row, &shown) {
            (None, None) => true,
            (Some(row), Some(shown)) => row.body.as_deref() == Some(&shown.body) && row.listed == shown.listed,
            _ => false,
        };
        if same {
            return;
        }
        stage.change += 1;
        let row = shown.map(|ShownRow { listed, body, keys }| {
            Arc::new(Row { change: stage.change, listed, keys, body: Some(body.into()), fold: None, history: None })
        });
        self.change_row(stage, key, now.row, RowNow { row, folded: None }, stage.change);
    }

    pub(super) fn change_row(
        &mut self,
        stage: &mut Stage,
        key: RowKey,
        before: Option<Arc<Row>>,
        now: RowNow,
        change: u64,
    ) {
        let table = self.present.tables[key.0].clone();
        stage.commit.rows.push(RowChange { table, id: key.1, change, before, after: now.row.clone() });
        stage.staged.rows.push((key, now));
    }

    pub(super) fn event_id(&mut self, at: Timestamp) -> Uuid {
        let mut random = [0; 10];
        self.rng.fill(&mut random);
        Builder::from_unix_timestamp_millis((at.0 / 1000).unsigned_abs(), &random).into_uuid()
    }

    /// Runs what may read rows of this context.
    pub(super) fn at_home<T>(
        &mut self,
        store: &dyn Store,
        staged: &Staged,
        run: impl FnOnce(&dyn kernel::LocalReader) -> T,
    ) -> Result<std::result::Result<T, String>> {
        let system = self.system.clone();
        let here = Here::new(&mut self.present, staged, store, &system.contexts[self.me]);
        let value = guarded(|| run(&here));
        here.read(value)
    }
}

/// A rule that breaks must not take its context along.
pub fn guarded<T>(run: impl FnOnce() -> T) -> std::result::Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| text.to_string());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a rule broke".into())
    })
}
