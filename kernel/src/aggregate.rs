//! Rules of one thing: a command is refused or becomes events; events become state.
use crate::caller::Owners;
use crate::erased::{Erased, typed};
use crate::event::{Event, EventKind, EventSet};
use crate::id::Id;
use crate::name::Name;
use crate::refusal::{RefusalReason, RefusalSet};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::fmt::{self, Debug};
use std::sync::Arc;

/// A decider. `decide` is pure: time, new ids and facts from elsewhere travel with the command.
pub trait Aggregate:
    Default + Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    const KIND: Name;
    /// Of the stored state's shape; when it differs from what a store holds, states are folded again from the log.
    const VERSION: u32 = 1;
    type Command: Debug + Send + 'static;
    type Event: Event;
    type Refusal: RefusalSet + Into<&'static RefusalReason>;

    /// No events: it is already so. Each command ends with its own refusal arm.
    fn decide(&self, command: Self::Command) -> Result<Vec<Self::Event>, Self::Refusal>;
    fn evolve(self, event: Self::Event) -> Self;

    /// The correlation key of an event of the thing `id`: its own id, unless it belongs to a request with another.
    fn key(_event: &Self::Event, id: Id) -> Id {
        id
    }
}

/// The state these events lead to, from the first on: what a test is given.
pub fn fold<A: Aggregate>(events: impl IntoIterator<Item = A::Event>) -> A {
    events.into_iter().fold(A::default(), A::evolve)
}

/// A command on its way to one aggregate, or nothing.
#[derive(Debug)]
pub struct Then<A: Aggregate>(pub Option<(Id, A::Command)>);

pub fn then<A: Aggregate>(id: Id, command: A::Command) -> Then<A> {
    Then(Some((id, command)))
}

pub fn nothing<A: Aggregate>() -> Then<A> {
    Then(None)
}

/// A command whose type is forgotten.
pub struct AddressedCommand {
    pub kind: Name,
    pub id: Id,
    pub command: Box<dyn Any + Send>,
    words: fn(&dyn Any, &mut dyn fmt::Write) -> fmt::Result,
}

/// Takes a debug text up to the end of its first word; the rest is never written.
#[derive(Default)]
struct FirstWord(String);

impl fmt::Write for FirstWord {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = text.find([' ', '(', '{']);
        self.0.push_str(&text[..end.unwrap_or(text.len())]);
        if end.is_some() { Err(fmt::Error) } else { Ok(()) }
    }
}

impl AddressedCommand {
    /// The command's name, as a board shows it.
    pub fn name(&self) -> String {
        let mut word = FirstWord::default();
        let _cut_short = (self.words)(self.command.as_ref(), &mut word);
        word.0
    }
}

impl Debug for AddressedCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", self.kind, self.id)?;
        (self.words)(self.command.as_ref(), f)
    }
}

impl<A: Aggregate> Then<A> {
    pub fn addressed(self) -> Option<AddressedCommand> {
        let (id, command) = self.0?;
        let words = |command: &dyn Any, to: &mut dyn fmt::Write| match command.downcast_ref::<A::Command>() {
            Some(command) => write!(to, "{command:?}"),
            None => Ok(()),
        };
        Some(AddressedCommand { kind: A::KIND, id, command: Box::new(command), words })
    }
}

/// One event of a decision, ready for the log.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub kind: EventKind,
    pub key: Id,
    pub body: Arc<str>,
    pub value: Erased,
}

/// What a rule decided: the new state and the events that made it.
#[derive(Clone, Debug)]
pub struct Decision {
    pub state: Erased,
    pub events: Vec<NewEvent>,
}

/// A rule as an aggregate declares it: `A::decide`.
pub type Rule<A> = fn(&A, <A as Aggregate>::Command) -> Result<Vec<<A as Aggregate>::Event>, <A as Aggregate>::Refusal>;

type Decide =
    Box<dyn Fn(Option<&Erased>, Id, Box<dyn Any + Send>) -> Result<Decision, &'static RefusalReason> + Send + Sync>;

/// An aggregate whose types are forgotten.
pub struct Kind {
    pub name: Name,
    pub version: u32,
    pub events: &'static [EventKind],
    pub reasons: &'static [&'static RefusalReason],
    pub decide: Decide,
    /// State from JSON; `None` for the state before the first event.
    pub decode: fn(Option<&str>) -> Result<Erased, serde_json::Error>,
    pub encode: fn(&Erased) -> String,
    /// Folds one event of the log onto a state. An unknown event leaves it as it is.
    pub refold: fn(Erased, &str, u32, &str) -> Result<Erased, serde_json::Error>,
    pub event_schema: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
    pub read_event: fn(&str, u32, &str) -> Result<Option<Erased>, serde_json::Error>,
    /// An event of the log as this release would write it; `None`: it knows no such event.
    pub rewrite_event: fn(&str, u32, &str) -> Result<Option<String>, serde_json::Error>,
}

impl Kind {
    /// A state as a store keeps it, and whose it is.
    ///
    /// # Errors
    /// Another shape wrote it, or it was spoiled.
    pub fn read_kept(&self, kept: &str) -> Result<(Erased, Owners), serde_json::Error> {
        let (of, state) = Owners::unmark(kept)?;
        Ok(((self.decode)(Some(state))?, of))
    }

    pub fn new<A: Aggregate>() -> Kind {
        Kind::ruled_by::<A>(A::decide)
    }

    /// Of things that follow another rule than their own: for faults that are injected to be found.
    pub fn ruled_by<A: Aggregate>(rule: Rule<A>) -> Kind {
        Kind {
            name: A::KIND,
            version: A::VERSION,
            events: A::Event::KINDS,
            reasons: A::Refusal::ALL,
            decide: Box::new(move |state, id, command| decide(rule, state, id, command)),
            decode: |body| Ok(Arc::new(body.map(serde_json::from_str::<A>).transpose()?.unwrap_or_default())),
            encode: |state| serde_json::to_string(own::<A>(state)).expect("a state is plain data"),
            refold: refold::<A>,
            event_schema: |generator| generator.subschema_for::<<A::Event as Event>::Published>(),
            read_event: |name, version, body| {
                Ok(A::Event::read(name, version, body)?.map(|event| Arc::new(event) as Erased))
            },
            rewrite_event: |name, version, body| {
                A::Event::read(name, version, body)?.map(|event| serde_json::to_string(&event)).transpose()
            },
        }
    }
}

/// A state in its own type.
fn own<A: Aggregate>(state: &Erased) -> &A {
    typed(state, A::KIND)
}

fn decide<A: Aggregate>(
    rule: Rule<A>,
    state: Option<&Erased>,
    id: Id,
    command: Box<dyn Any + Send>,
) -> Result<Decision, &'static RefusalReason> {
    let mut state = state.map(own::<A>).cloned().unwrap_or_default();
    let command = *command.downcast::<A::Command>().expect("an addressed command's kind and command are made together");
    let mut events = vec![];
    for event in rule(&state, command).map_err(Into::into)? {
        let name = event.name();
        let kind = *A::Event::KINDS.iter().find(|kind| kind.name == name).expect("KINDS lists every variant");
        let body = serde_json::to_string(&event).expect("an event is plain data").into();
        let key = A::key(&event, id);
        let value = match event.published() {
            Some(published) => Arc::new(published) as Erased,
            None => Arc::new(event.clone()) as Erased,
        };
        events.push(NewEvent { kind, key, body, value });
        state = state.evolve(event);
    }
    Ok(Decision { state: Arc::new(state), events })
}

fn refold<A: Aggregate>(state: Erased, name: &str, version: u32, body: &str) -> Result<Erased, serde_json::Error> {
    let Some(event) = A::Event::read(name, version, body)? else { return Ok(state) };
    Ok(Arc::new(own::<A>(&state).clone().evolve(event)))
}
