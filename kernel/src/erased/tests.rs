//! A value of a wrong type stops the program in every declaration that forgets types; a state that is not there yet is the default one.
use super::*;
use crate::aggregate::{Aggregate, Kind, fold, nothing, then};
use crate::call::CallBody;
use crate::collection::{Collection, Shown};
use crate::conservation::Ledger;
use crate::id::Id;
use crate::name::Name;
use crate::policy::{EventContext, Policy};
use crate::route::{EmptyReader, LocalReader, LocalReaderExt};
use crate::saga::{Saga, SagaPlan, saga};
use crate::time::Timestamp;
use crate::view::View;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[nadul_kernel_macros::event("lamp")]
pub enum Event {
    SwitchedOn { id: Id },
}

#[nadul_kernel_macros::record]
#[derive(Default)]
pub struct Lamp {
    on: bool,
}

#[derive(Debug)]
pub struct SwitchOn(Id);

impl Aggregate for Lamp {
    const KIND: Name = "lamp";
    type Command = SwitchOn;
    type Event = Event;
    type Refusal = Infallible;

    fn decide(&self, SwitchOn(id): SwitchOn) -> Result<Vec<Event>, Infallible> {
        Ok(if self.on { vec![] } else { vec![Event::SwitchedOn { id }] })
    }

    fn evolve(self, event: Event) -> Lamp {
        match event {
            Event::SwitchedOn { .. } => Lamp { on: true },
        }
    }
}

#[nadul_kernel_macros::record]
pub struct Switch {
    id: Id,
}

impl CallBody for Switch {
    const NAME: Name = "switch on";
    const TO: Name = "lamp";
    type Answer = bool;
}

/// What the panic says.
fn stops<T>(run: impl FnOnce() -> T) -> String {
    let payload = catch_unwind(AssertUnwindSafe(run)).err().expect("a wrong type stops the program");
    payload.downcast_ref::<String>().expect("a panic with a sentence").clone()
}

fn wrong() -> Erased {
    Arc::new("no lamp")
}

fn names(said: &str, declaration: &str) {
    assert!(said.starts_with(&format!("{declaration} is declared for ")), "{said}");
}

#[test]
fn an_aggregate_takes_no_other_state() {
    let kind = Kind::new::<Lamp>();
    names(&stops(|| (kind.decide)(Some(&wrong()), Id(1), Box::new(SwitchOn(Id(1))))), "lamp");
    names(&stops(|| (kind.encode)(&wrong())), "lamp");
    names(&stops(|| (kind.refold)(wrong(), "SwitchedOn", 1, r#"{"eventType":"SwitchedOn","id":1}"#)), "lamp");
}

#[test]
fn no_state_yet_is_the_default_one() {
    let decision =
        (Kind::new::<Lamp>().decide)(None, Id(1), Box::new(SwitchOn(Id(1)))).expect("a lamp refuses nothing");
    assert_eq!(typed::<Lamp>(&decision.state, "lamp"), &fold([Event::SwitchedOn { id: Id(1) }]));
    assert_eq!((&EmptyReader as &dyn LocalReader).get::<Lamp>(Id(1)), Lamp::default());
}

#[test]
fn rows_and_entries_are_made_of_no_other_state() {
    let of_state = Collection::new("lamps", "lamp").of_state(|_, lamp: &Lamp| Shown::Listed(lamp.clone()));
    names(&stops(|| (of_state.show)(Id(1), Id(1), &wrong())), "lamp");
    let of_event = Collection::new("switches", "switch").of_event::<Lamp>(|event| {
        Some(Switch {
            id: match event {
                Event::SwitchedOn { id } => *id,
            },
        })
    });
    names(&stops(|| (of_event.show)(Id(1), Id(1), &wrong())), "lamp");
    names(&stops(|| (Ledger::new::<Lamp>(|_, _| vec![]).entries)(Id(1), &wrong())), "lamp");
}

#[test]
fn a_view_folds_no_other_value() {
    let view = View::builder::<u64>(1).folds(|count, _: Published| count + 1).internal("switches");
    names(&stops(|| (view.encode)(&wrong())), "a view");
    names(&stops(|| (view.collection.show)(Id(1), Id(1), &wrong())), "switches");
    let recorded = serde_json::from_value(
        serde_json::json!({"position": 1, "event_id": uuid::Uuid::nil(), "event_type": "SwitchedOn",
        "version": 1, "published": true, "kind": "lamp", "id": 1, "key": 1, "at": "2026-01-01T00:00:00Z", "meta": {"correlation_id": ""},
        "body": ""}),
    );
    let (recorded, event) = (recorded.expect("an event"), Arc::new(Published::SwitchedOn { id: Id(1) }) as Erased);
    names(&stops(|| (view.folds[0].fold)(&wrong(), &event, &recorded)), "a fold");
    names(&stops(|| (view.folds[0].fold)(&(Arc::new(1_u64) as Erased), &wrong(), &recorded)), "a fold");
}

#[test]
fn a_policy_runs_on_no_other_event() {
    let policy = Policy::new(|_: Published, _: &EventContext<'_>| nothing::<Lamp>());
    let at = Timestamp(0);
    let context =
        EventContext { event_type: "SwitchedOn", source: "lamp", position: 1, key: Id(1), at, local: &EmptyReader };
    names(&stops(|| (policy.run)(&wrong(), &context)), "a policy");
}

#[test]
fn a_saga_keeps_its_own_data() {
    let plan: Saga<Id, Lamp> =
        saga("light").call("switch on", |id| Switch { id: *id }, |id, _| id).then(|id| then(id, SwitchOn(id)));
    let plan = plan.fallback(|_| nothing());
    names(&stops(|| plan.call(0, &wrong())), "light");
    names(&stops(|| plan.on_reply(0, &wrong(), "true")), "light");
    names(&stops(|| plan.command(&wrong())), "light");
    names(&stops(|| SagaPlan::fallback(&plan, &wrong())), "light");
}

struct Wrong;

impl LocalReader for Wrong {
    fn state(&self, _: Name, _: Id) -> Option<Erased> {
        Some(wrong())
    }
    fn folded_value(&self, _: Name, _: Id) -> Option<Erased> {
        Some(wrong())
    }
}

#[test]
fn a_rule_reads_no_other_row() {
    let reader: &dyn LocalReader = &Wrong;
    names(&stops(|| reader.get::<Lamp>(Id(1))), "lamp");
    names(&stops(|| reader.folded::<u64>("switches", Id(1))), "switches");
}
