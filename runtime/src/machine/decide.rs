//! One command against the current state: events, the new state, rows and ledger entries, in a draft until it is kept.
use super::attempt::Attempt;
use super::current::{Changed, CurrentRow, OwnedState, RowKey};
use super::draft::Draft;
use super::workspace::{Scope, Workspace};
use crate::port::store::{Result, StoreError};
use kernel::{
    AddressedCommand, Collection, Decision, Erased, Id, Kind, Meta, Name, NewEvent, Owners, Person, Recorded, Row,
    RowChange, RowSource, ShownRow, StateChange, Timestamp,
};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Why something happens: no event is older than its cause.
#[derive(Clone, Debug, Default)]
pub struct EventOrigin {
    pub at: Timestamp,
    pub meta: Meta,
    /// Who takes part in the thing from now on; `None`: whoever did.
    pub partner: Option<Option<Person>>,
}

impl EventOrigin {
    /// A request or a call, which carries no time of its own.
    pub fn of_request(meta: &Meta) -> EventOrigin {
        EventOrigin { meta: meta.clone(), ..EventOrigin::default() }
    }

    pub fn event(recorded: &Recorded) -> EventOrigin {
        EventOrigin { at: recorded.at, meta: recorded.meta.clone(), partner: None }
    }

    pub fn with_partner(self, partner: Option<Option<Person>>) -> EventOrigin {
        EventOrigin { partner, ..self }
    }

    /// Whose a thing is once this has happened to it.
    fn owners(&self, before: Option<&OwnedState>) -> Owners {
        let of = before.map_or(Owners { owner: self.meta.owner, partner: None }, |thing| thing.of);
        Owners { partner: self.partner.unwrap_or(of.partner), ..of }
    }
}

/// What a rule decided, with the thing it decided on.
pub struct Decided {
    pub before: Option<OwnedState>,
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
        let thing = self.work.current.thing(changed, self.store, &declared, kind.name, command.id);
        let before = match readable(thing)? {
            Ok(before) => before,
            Err(what) => return Ok(Attempt::Fault(what)),
        };
        Ok(match guarded(|| (kind.decide)(before.as_ref().map(|thing| &thing.state), command.id, command.command)) {
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
        let of = origin.owners(before.as_ref());
        let owner = origin.meta.owner.or(of.owner);
        let meta = Meta { owner, of, ..origin.meta.clone() };
        draft.last_at = self.work.now.wall.max(Timestamp(origin.at.0 + 1)).max(draft.last_at);
        for event in events {
            let recorded = self.work.record_event(draft, kind, id, event, &meta);
            self.list_event(draft, kind, &recorded);
            draft.commit.events.push(Arc::new(recorded));
        }
        let entries = |state: &Erased| declared.entries(kind.name, id, state);
        draft.entries.extend(entries(&state).into_iter().map(|entry| (entry.rule, entry.amount)));
        draft
            .entries
            .extend(before.iter().flat_map(|thing| entries(&thing.state)).map(|entry| (entry.rule, -entry.amount)));
        let thing = OwnedState { state, of };
        self.show_state(draft, (kind.name, id), &thing, before.is_none())?;
        self.change_state(draft, kind, id, thing);
        Ok(())
    }

    pub fn change_state(&mut self, draft: &mut Draft, kind: &Kind, id: Id, thing: OwnedState) {
        let body = thing.of.mark((kind.encode)(&thing.state));
        draft.commit.states.push(StateChange { kind: kind.name, id, body });
        draft.changed.states.push(((kind.name, id), thing));
    }

    /// The rows that show a thing's state.
    pub fn show_state(
        &mut self,
        draft: &mut Draft,
        (kind, id): (Name, Id),
        OwnedState { state, of }: &OwnedState,
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
            self.show_row(draft, (table, id), row, (shown, collection.owner_keys(of)));
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
            let owners = collection.owner_keys(&recorded.meta.of);
            self.show_row(draft, (table, id), CurrentRow::default(), (shown, owners));
        }
    }

    /// Drafts a row's change, if anything of it can be seen.
    fn show_row(
        &mut self,
        draft: &mut Draft,
        key: RowKey,
        current: CurrentRow,
        (shown, owners): (Option<ShownRow>, [i64; 2]),
    ) {
        let same = match (&current.row, &shown) {
            (None, None) => true,
            (Some(row), Some(shown)) => row.body.as_deref() == Some(&shown.body) && row.listed == shown.listed,
            _ => false,
        };
        let has_keys = |row: &Row| shown.as_ref().is_some_and(|shown| row.keys == shown.keys);
        let change = match &current.row {
            Some(row) if same && row.owners == owners && has_keys(row) => return,
            // who takes part in it, and by what this release finds and sorts it, is no change that can be seen
            Some(row) if same => row.change,
            None if same => return,
            Some(_) | None => {
                draft.change += 1;
                draft.change
            }
        };
        let row = shown.map(|ShownRow { listed, body, keys }| {
            Arc::new(Row { change, listed, keys, body: Some(body.into()), fold: None, history: None, owners })
        });
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
    fn record_event(&mut self, draft: &mut Draft, kind: &Kind, id: Id, event: NewEvent, meta: &Meta) -> Recorded {
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
            meta: meta.clone(),
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
