//! What happened: events as a context declares them, and as its log keeps them.
use crate::caller::{Caller, Owners, Person, Signature};
use crate::erased::Erased;
use crate::id::Id;
use crate::name::Name;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;
use uuid::Uuid;

/// One kind of event as a declaration lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventKind {
    pub name: Name,
    pub published: bool,
    /// Of the body's shape; an older one is lifted on reading.
    pub version: u32,
}

/// An enum of events that can be read back from a log. Written by `#[event]`.
pub trait EventSet: Clone + Debug + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    const SOURCE: Name;
    const KINDS: &'static [EventKind];
    fn name(&self) -> Name;

    /// Turns a body written by an older release into today's shape. Pure; called only for older versions.
    fn lift(_name: &str, _version: u32, body: Value) -> Value {
        body
    }

    /// `Ok(None)` for an event that is not in this set.
    fn read(name: &str, version: u32, body: &str) -> Result<Option<Self>, serde_json::Error> {
        let Some(kind) = Self::KINDS.iter().find(|kind| kind.name == name) else { return Ok(None) };
        if version < kind.version {
            return serde_json::from_value(Self::lift(name, version, serde_json::from_str(body)?)).map(Some);
        }
        serde_json::from_str(body).map(Some)
    }
}

/// All that happens in a context; `Published` is the part others can subscribe to. Written by `#[event]`.
pub trait Event: EventSet {
    type Published: EventSet;
    fn published(&self) -> Option<Self::Published>;
}

/// What travels from a request through commands, events, calls and messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    pub correlation_id: Arc<str>,
    /// W3C trace context, continued from the request.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub traceparent: Option<Arc<str>>,
    /// Who asked for it; nobody where nobody has to sign in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub who: Option<Arc<Caller>>,
    /// Whose request it belongs to: handed on to every context with events and calls.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub owner: Option<Person>,
    /// Whose the thing is that it happened to.
    #[serde(skip_serializing_if = "Owners::is_nobody", default)]
    pub of: Owners,
}

impl Meta {
    /// Who asked and whose it is, as a log keeps it; `None` where nobody was signed in and it is nobody's.
    pub fn signature(&self) -> Option<Signature> {
        let is_blank = self.who.is_none() && self.owner.is_none() && self.of.is_nobody();
        (!is_blank).then(|| Signature { who: self.who.clone(), owner: self.owner, of: self.of })
    }

    /// The same with what a log has kept.
    ///
    /// # Errors
    /// The text is no signature.
    pub fn signed(self, signature: Option<&str>) -> serde_json::Result<Meta> {
        let Some(text) = signature else { return Ok(self) };
        let Signature { who, owner, of } = serde_json::from_str(text)?;
        Ok(Meta { who, owner, of, ..self })
    }

    /// What others may be told of it.
    pub fn unsigned(&self) -> Meta {
        Meta { who: None, owner: None, of: Owners::default(), ..self.clone() }
    }
}

/// An event as the log keeps it: the frame, then the body as JSON with its `eventType`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// From 1, without gaps, in its context's log.
    pub position: u64,
    pub event_id: Uuid,
    pub event_type: Cow<'static, str>,
    pub version: u32,
    pub published: bool,
    /// The aggregate it happened to.
    pub kind: Cow<'static, str>,
    pub id: Id,
    /// The correlation key: the request it belongs to, or the thing's own id.
    pub key: Id,
    pub at: Timestamp,
    pub meta: Meta,
    pub body: Arc<str>,
    /// The event as a value, while it has not left its process.
    #[serde(skip)]
    pub value: Option<Erased>,
}

impl PartialEq for Recorded {
    fn eq(&self, other: &Self) -> bool {
        (self.position, self.event_id, &self.event_type, &self.body)
            == (other.position, other.event_id, &other.event_type, &other.body)
    }
}
