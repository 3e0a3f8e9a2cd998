//! One command against the current state: events, the new state, rows and ledger entries, in a draft until it is kept.
use super::attempt::Attempt;
use super::current::{Changed, CurrentRow, RowKey};
use super::draft::Draft;
use super::workspace::{Scope, Workspace};
use crate::port::store::{Result, StoreError};
use kernel::{
    AddressedCommand, Collection, Decision, Erased, Id, Kind, Meta, Name, NewEvent, Recorded, Row, RowChange,
    RowSource, ShownRow, StateChange, Timestamp,
};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Why something happens: no event is older than its cause.
#[derive(Clone, Debug, Default)]
pub struct EventOrigin {
    pub at: Timestamp,
    pub meta: Meta,
}

impl EventOrigin {
    /// A request or a call, which carries no time of its own.
    pub fn of_request(meta: &Meta) -> EventOrigin {
        EventOrigin { at: Timestamp::default(), meta: meta.clone() }
    }

    pub fn event(recorded: &Recorded) -> EventOrigin {
        EventOrigin { at: recorded.at, meta: recorded.meta.clone() }
    }
}

/// What a rule decided, with the state it decided on.
pub struct Decided {
    pub before: Option<Erased>,
    pub decision: Decision,
}

impl Scope<'_> {
    /// Puts all that a command changes into the draft; how many events that is.
    pub fn decide(
        &mut self,
        draft: &mut Draft,
        command: AddressedCommand,
        origin: &EventOrigin,
    ) -> Result<Attempt<usize>> {
        let (kind, id) = (command.kind, command.id);
        let decided = match self.rule(&draft.changed, command)? {
            Attempt::Done(decided) => decided,
            Attempt::Refused(reason) => return Ok(Attempt::Refused(reason)),
            Attempt::Fault(what) => return Ok(Attempt::Fault(what)),
        };
        let events = decided.decision.events.len();
        if events > 0 {
            self.record(draft, (kind, id), decided, origin)?;
        }
        Ok(Attempt::Done(events))
    }

    /// What the rule says; nothing comes of it yet.
    pub fn rule(&mut self, changed: &Changed, command: AddressedCommand) -> Result<Attempt<Decided>> {
        let declared = self.work.declared();
        let kind = kind_of(declared.kind(command.kind));
        let state = self.work.current.state(changed, self.store, &declared, kind.name, command.id);
        let before = match readable(state)? {
            Ok(before) => before,
            Err(what) => return Ok(Attempt::Fault(what)),
        };
        Ok(match guarded(|| (kind.decide)(before.as_ref(), command.id, command.command)) {
            Ok(Ok(decision)) => Attempt::Done(Decided { before, decision }),
            Ok(Err(reason)) => Attempt::Refused(reason),
            Err(broke) => Attempt::Fault(broke),
        })
    }

    fn record(
        &mut self,
        draft: &mut Draft,
        (kind, id): (Name, Id),
        decided: Decided,
        origin: &EventOrigin,
    ) -> Result<()> {
        let declared = self.work.declared();
        let kind = kind_of(declared.kind(kind));
        let Decided { before, decision: Decision { state, events } } = decided;
        draft.last_at = self.work.now.wall.max(Timestamp(origin.at.0 + 1)).max(draft.last_at);
        for event in events {
            let recorded = self.work.record_event(draft, kind, id, event, origin);
            self.list_event(draft, kind, &recorded);
            draft.commit.events.push(Arc::new(recorded));
        }
        let entries = |state: &Erased| declared.entries(kind.name, id, state);
        draft.entries.extend(entries(&state).into_iter().map(|entry| (entry.rule, entry.amount)));
        draft.entries.extend(before.iter().flat_map(entries).map(|entry| (entry.rule, -entry.amount)));
        self.show_state(draft, (kind.name, id), &state, before.is_none())?;
        let body = (kind.encode)(&state).into();
        draft.commit.states.push(StateChange { kind: kind.name, id, body });
        draft.changed.states.push(((kind.name, id), state));
        Ok(())
    }

    /// The rows that show a thing's state.
    pub fn show_state(
        &mut self,
        draft: &mut Draft,
        (kind, id): (Name, Id),
        state: &Erased,
        is_new: bool,
    ) -> Result<()> {
        let declared = self.work.declared();
        let shows = |(_, collection): &(usize, &Collection)| collection.of == RowSource::State(kind);
        for (table, collection) in declared.collections.iter().enumerate().filter(shows) {
            let shown = (collection.show)(id, id, state);
            let row = if is_new {
                CurrentRow::default()
            } else {
                self.work.current.row(&draft.changed, self.store, (table, id))?
            };
            self.show_row(draft, (table, id), row, shown);
        }
        Ok(())
    }

    /// The rows that are made of single events.
    fn list_event(&mut self, draft: &mut Draft, kind: &Kind, recorded: &Recorded) {
        let declared = self.work.declared();
        let lists = |(_, collection): &(usize, &Collection)| collection.of == RowSource::Event(kind.name);
        for (table, collection) in declared.collections.iter().enumerate().filter(lists) {
            let event = (kind.read_event)(&recorded.event_type, recorded.version, &recorded.body);
            let Ok(Some(event)) = event else { continue };
            let id = Id(recorded.position);
            let shown = (collection.show)(id, recorded.key, &event);
            self.show_row(draft, (table, id), CurrentRow::default(), shown);
        }
    }

    /// Drafts a row's change, if anything of it can be seen.
    fn show_row(&mut self, draft: &mut Draft, key: RowKey, current: CurrentRow, shown: Option<ShownRow>) {
        let same = match (&current.row, &shown) {
            (None, None) => true,
            (Some(row), Some(shown)) => row.body.as_deref() == Some(&shown.body) && row.listed == shown.listed,
            _ => false,
        };
        if same {
            return;
        }
        draft.change += 1;
        let row = shown.map(|ShownRow { listed, body, keys }| {
            Arc::new(Row { change: draft.change, listed, keys, body: Some(body.into()), fold: None, history: None })
        });
        let change = draft.change;
        self.change_row(draft, key, current.row, CurrentRow { row, folded: None }, change);
    }

    pub fn change_row(
        &mut self,
        draft: &mut Draft,
        key: RowKey,
        before: Option<Arc<Row>>,
        after: CurrentRow,
        change: u64,
    ) {
        let table = self.work.current.tables[key.0].clone();
        draft.commit.rows.push(RowChange { table, id: key.1, change, before, after: after.row.clone() });
        draft.changed.rows.push((key, after));
    }
}

impl Workspace {
    fn record_event(
        &mut self,
        draft: &mut Draft,
        kind: &Kind,
        id: Id,
        event: NewEvent,
        origin: &EventOrigin,
    ) -> Recorded {
        draft.position += 1;
        if event.kind.published {
            draft.published = draft.position;
        }
        Recorded {
            position: draft.position,
            event_id: self.event_id(draft.last_at),
            event_type: Cow::Borrowed(event.kind.name),
            version: event.kind.version,
            published: event.kind.published,
            kind: Cow::Borrowed(kind.name),
            id,
            key: event.key,
            at: draft.last_at,
            meta: origin.meta.clone(),
            body: event.body,
            value: Some(event.value),
        }
    }
}

fn kind_of(declared: Option<&Kind>) -> &Kind {
    declared.expect("the check of the system's value finds commands to unknown kinds")
}

/// One thing that can't be read breaks what needs it, as a rule does that breaks; the rest of its context goes on.
pub fn readable<T>(found: Result<T>) -> Result<std::result::Result<T, String>> {
    match found {
        Ok(found) => Ok(Ok(found)),
        Err(StoreError::Unreadable(what)) => Ok(Err(what)),
        Err(failed) => Err(failed),
    }
}

/// Runs a rule; a rule that panics does not end its context.
pub fn guarded<T>(run: impl FnOnce() -> T) -> std::result::Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| text.to_string());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a rule broke".into())
    })
}
