//! Policies: whenever an event happens, a command may follow.
use crate::aggregate::{AddressedCommand, Aggregate, Then};
use crate::erased::{Erased, typed};
use crate::event::{EventKind, EventSet, Recorded};
use crate::id::Id;
use crate::name::Name;
use crate::route::LocalReader;
use crate::time::Timestamp;

/// What a policy may know beside the event itself: its frame, and the rows of its own context.
pub struct EventContext<'a> {
    pub event_type: &'a str,
    pub source: Name,
    pub position: u64,
    pub key: Id,
    pub at: Timestamp,
    pub local: &'a dyn LocalReader,
}

type Rule = Box<dyn Fn(&Erased, &EventContext<'_>) -> Option<AddressedCommand> + Send + Sync>;

/// One source's events and what follows from each, types forgotten.
pub struct Policy {
    pub source: Name,
    pub kinds: &'static [EventKind],
    pub commands: Name,
    pub run: Rule,
    pub read: fn(&Recorded) -> Result<Option<Erased>, serde_json::Error>,
    /// Example events with their names, which cover both sides of every option: who draws a board runs the policy on them.
    pub examples: fn() -> Vec<(Name, Erased)>,
}

impl Policy {
    pub fn new<E: EventSet, A: Aggregate>(
        rule: impl Fn(E, &EventContext<'_>) -> Then<A> + Send + Sync + 'static,
    ) -> Policy {
        let run = move |event: &Erased, context: &EventContext<'_>| {
            rule(typed::<E>(event, "a policy").clone(), context).addressed()
        };
        Policy {
            source: E::SOURCE,
            kinds: E::KINDS,
            commands: A::KIND,
            run: Box::new(run),
            read: read::<E>,
            examples: examples::<E>,
        }
    }
}

fn examples<E: EventSet>() -> Vec<(Name, Erased)> {
    crate::example::examples::<E>()
        .into_iter()
        .map(|event| (event.name(), std::sync::Arc::new(event) as Erased))
        .collect()
}

/// The event as a value: as it was recorded in this process, or read from its JSON. `None`: not for `E`.
pub(crate) fn read<E: EventSet>(recorded: &Recorded) -> Result<Option<Erased>, serde_json::Error> {
    if let Some(value) = recorded.value.as_ref().filter(|value| value.is::<E>()) {
        return Ok(Some(value.clone()));
    }
    let event = E::read(&recorded.event_type, recorded.version, &recorded.body)?;
    Ok(event.map(|event| std::sync::Arc::new(event) as Erased))
}
