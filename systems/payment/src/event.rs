//! What happens to a payment: two private events of its own, two published ones, named by the system.
use crate::{Bill, Naming};
use kernel::schemars::{JsonSchema, Schema, SchemaGenerator};
use kernel::serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use kernel::serde_json::{self, Value};
use kernel::{EventKind, EventSet, Name};
use std::borrow::Cow;

#[derive(Clone, Debug, PartialEq)]
pub enum Event<N: Naming> {
    Held(Bill<N::Details>),
    Voided,
    Taken(N),
    Refunded(N),
}

const HELD: Name = "MoneyHeld";
const VOIDED: Name = "MoneyVoided";

#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde", tag = "eventType")]
enum Private<D> {
    MoneyHeld { bill: D },
    MoneyVoided,
}

impl<N: Naming> EventSet for Event<N> {
    const SOURCE: Name = N::SOURCE;
    const KINDS: &'static [EventKind] = &[
        N::KINDS[0],
        N::KINDS[1],
        EventKind { name: HELD, published: false, version: 1 },
        EventKind { name: VOIDED, published: false, version: 1 },
    ];

    fn name(&self) -> Name {
        match self {
            Event::Held(_) => HELD,
            Event::Voided => VOIDED,
            Event::Taken(published) => named(published.name(), N::KINDS[0].name),
            Event::Refunded(published) => named(published.name(), N::KINDS[1].name),
        }
    }

    fn read(name: &str, version: u32, body: &str) -> Result<Option<Self>, serde_json::Error> {
        if let Some(published) = N::read(name, version, body)? {
            let approval = name == N::KINDS[0].name;
            return Ok(Some(if approval { Event::Taken(published) } else { Event::Refunded(published) }));
        }
        if ![HELD, VOIDED].contains(&name) {
            return Ok(None);
        }
        Ok(Some(match serde_json::from_str::<Private<Bill<N::Details>>>(body)? {
            Private::MoneyHeld { bill } => Event::Held(bill),
            Private::MoneyVoided => Event::Voided,
        }))
    }
}

/// A system that declares its two events in the wrong order is told so by its first test.
fn named(name: Name, declared: Name) -> Name {
    debug_assert_eq!(name, declared, "an approval is declared first, then a cancellation");
    name
}

impl<N: Naming> kernel::Event for Event<N> {
    type Published = N;
    fn published(&self) -> Option<N> {
        match self {
            Event::Taken(published) | Event::Refunded(published) => Some(published.clone()),
            Event::Held(_) | Event::Voided => None,
        }
    }
}

impl<N: Naming> Serialize for Event<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Event::Held(bill) => Private::MoneyHeld { bill }.serialize(serializer),
            Event::Voided => Private::<()>::MoneyVoided.serialize(serializer),
            Event::Taken(published) | Event::Refunded(published) => published.serialize(serializer),
        }
    }
}

impl<'de, N: Naming> Deserialize<'de> for Event<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let body = Value::deserialize(deserializer)?;
        let name = body.get("eventType").and_then(Value::as_str).unwrap_or_default().to_string();
        let event = Event::read(&name, u32::MAX, &body.to_string()).map_err(de::Error::custom)?;
        event.ok_or_else(|| de::Error::custom(format!("payment knows no event {name}")))
    }
}

impl<N: Naming> JsonSchema for Event<N> {
    fn schema_name() -> Cow<'static, str> {
        "PaymentEvent".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<N>()
    }
}
