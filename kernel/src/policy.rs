//! Whenever an event is heard, a command may follow.
use crate::{Aggregate, Erased, Errand, EventKind, Heard, Home, Id, Name, Recorded, Then, Timestamp};

/// What a policy may know beside the event itself: its frame, and the rows of its own context.
pub struct Told<'a> {
    pub event_type: &'a str,
    pub source: Name,
    pub position: u64,
    pub key: Id,
    pub at: Timestamp,
    pub home: &'a dyn Home,
}

type Rule = Box<dyn Fn(&Erased, &Told<'_>) -> Option<Errand> + Send + Sync>;

/// One source's events and what follows from each, types forgotten.
pub struct Policy {
    pub source: Name,
    pub kinds: &'static [EventKind],
    pub commands: Name,
    pub run: Rule,
    pub read: fn(&Recorded) -> Result<Option<Erased>, serde_json::Error>,
    /// Each kind of event with the commands that may follow it, found by trying examples.
    pub arrows: fn(&Policy) -> Vec<(Name, Vec<String>)>,
}

impl Policy {
    pub fn of<E: Heard, A: Aggregate>(rule: impl Fn(E, &Told<'_>) -> Then<A> + Send + Sync + 'static) -> Policy {
        let run = move |event: &Erased, told: &Told<'_>| rule(event.downcast_ref::<E>()?.clone(), told).errand();
        Policy {
            source: E::FROM,
            kinds: E::KINDS,
            commands: A::KIND,
            run: Box::new(run),
            read: read::<E>,
            arrows: crate::board::arrows::<E>,
        }
    }
}

/// The event as a value: as it was recorded in this process, or read from its JSON. `None`: not for `E`.
pub(crate) fn read<E: Heard>(recorded: &Recorded) -> Result<Option<Erased>, serde_json::Error> {
    if let Some(value) = recorded.value.as_ref().filter(|value| value.is::<E>()) {
        return Ok(Some(value.clone()));
    }
    let event = E::read(&recorded.event_type, recorded.version, &recorded.body)?;
    Ok(event.map(|event| std::sync::Arc::new(event) as Erased))
}
