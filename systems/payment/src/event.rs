//! What happens to a payment: two private events of its own, two published ones in the system's words.
use crate::{Bill, Words};
use kernel::schemars::{JsonSchema, Schema, SchemaGenerator};
use kernel::serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use kernel::serde_json::{self, Value};
use kernel::{EventKind, EventSet, Name};
use std::borrow::Cow;

#[derive(Clone, Debug, PartialEq)]
pub enum Event<W: Words> {
    Held(Bill<W::Details>),
    Voided,
    Taken(W::Published),
    Refunded(W::Published),
}

const HELD: Name = "MoneyHeld";
const VOIDED: Name = "MoneyVoided";

#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde", tag = "eventType")]
enum Private<D> {
    MoneyHeld { bill: D },
    MoneyVoided,
}

impl<W: Words> EventSet for Event<W> {
    const SOURCE: Name = W::CONTEXT;
    const KINDS: &'static [EventKind] = &[
        EventKind { name: W::APPROVED, published: true, version: 1 },
        EventKind { name: W::CANCELLED, published: true, version: 1 },
        EventKind { name: HELD, published: false, version: 1 },
        EventKind { name: VOIDED, published: false, version: 1 },
    ];

    fn name(&self) -> Name {
        match self {
            Event::Held(_) => HELD,
            Event::Voided => VOIDED,
            Event::Taken(_) => W::APPROVED,
            Event::Refunded(_) => W::CANCELLED,
        }
    }

    fn read(name: &str, version: u32, body: &str) -> Result<Option<Self>, serde_json::Error> {
        if let Some(said) = W::Published::read(name, version, body)? {
            return Ok(Some(if name == W::APPROVED { Event::Taken(said) } else { Event::Refunded(said) }));
        }
        if ![HELD, VOIDED].contains(&name) {
            return Ok(None);
        }
        Ok(Some(match serde_json::from_str::<Private<Bill<W::Details>>>(body)? {
            Private::MoneyHeld { bill } => Event::Held(bill),
            Private::MoneyVoided => Event::Voided,
        }))
    }
}

impl<W: Words> kernel::Event for Event<W> {
    type Published = W::Published;
    fn published(&self) -> Option<W::Published> {
        match self {
            Event::Taken(said) | Event::Refunded(said) => Some(said.clone()),
            Event::Held(_) | Event::Voided => None,
        }
    }
}

impl<W: Words> Serialize for Event<W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Event::Held(bill) => Private::MoneyHeld { bill }.serialize(serializer),
            Event::Voided => Private::<()>::MoneyVoided.serialize(serializer),
            Event::Taken(said) | Event::Refunded(said) => said.serialize(serializer),
        }
    }
}

impl<'de, W: Words> Deserialize<'de> for Event<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let body = Value::deserialize(deserializer)?;
        let name = body.get("eventType").and_then(Value::as_str).unwrap_or_default().to_string();
        let event = Event::read(&name, u32::MAX, &body.to_string()).map_err(de::Error::custom)?;
        event.ok_or_else(|| de::Error::custom(format!("payment knows no event {name}")))
    }
}

impl<W: Words> JsonSchema for Event<W> {
    fn schema_name() -> Cow<'static, str> {
        "PaymentEvent".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<W::Published>()
    }
}
