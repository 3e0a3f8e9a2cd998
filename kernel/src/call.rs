//! What one context may ask of another while a customer waits. The undo is declared once, by whoever answers.
use crate::aggregate::{AddressedCommand, Aggregate, Then};
use crate::erased::Erased;
use crate::id::Id;
use crate::name::Name;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// A question to another context: it holds something until the request that asked is committed, or voided.
pub trait CallBody: Clone + Debug + Serialize + DeserializeOwned + Send + Sync + 'static {
    const NAME: Name;
    const TO: Name;
    /// The setting that says how long an answer may take, in ms.
    const WITHIN: Name = "hold_timeout_ms";
    /// Whoever's request asks takes part in the thing that answers: a guest in a room.
    const ASKER_TAKES_PART: bool = false;
    /// Whoever owns the thing that answers takes part in what the request makes: a host in a reservation.
    const OWNER_TAKES_PART: bool = false;
    type Answer: Clone + Debug + Serialize + DeserializeOwned + Send + Sync + 'static;
}

/// Who asked what: the caller's context, its ticket for the request, the step of the saga. Globally unique, never reused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CallKey {
    pub caller: std::borrow::Cow<'static, str>,
    pub ticket: Id,
    pub step: u32,
}

/// What the answering context remembers of a call, until its caller has settled it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CallRecord {
    Done {
        call: std::borrow::Cow<'static, str>,
        body: std::sync::Arc<str>,
        answer: std::sync::Arc<str>,
    },
    /// A tombstone: voided, perhaps before the question came. It will never be done.
    Void,
}

/// A call as its answering context declares it, types forgotten.
pub struct Callee {
    pub call: Name,
    pub kind: Name,
    /// Whoever's request asks takes part in the thing.
    pub asker_takes_part: bool,
    /// The answer says who owns the thing.
    pub owner_takes_part: bool,
    pub act: Box<dyn Fn(&str) -> Result<AddressedCommand, serde_json::Error> + Send + Sync>,
    pub undo: Box<dyn Fn(&str) -> Result<AddressedCommand, serde_json::Error> + Send + Sync>,
    /// The answer, of the state that the call left; `None`: it left none.
    pub answer: Box<dyn Fn(Option<&Erased>) -> String + Send + Sync>,
}

impl Callee {
    pub fn new<C: CallBody, A: Aggregate>(
        act: fn(C) -> Then<A>,
        undo: fn(C) -> Then<A>,
        answer: fn(&A) -> C::Answer,
    ) -> Self {
        let addresses = |rule: fn(C) -> Then<A>| {
            Box::new(move |body: &str| {
                let call = serde_json::from_str::<C>(body)?;
                rule(call).addressed().ok_or_else(|| serde::de::Error::custom("a call always commands something"))
            })
        };
        Callee {
            call: C::NAME,
            kind: A::KIND,
            asker_takes_part: C::ASKER_TAKES_PART,
            owner_takes_part: C::OWNER_TAKES_PART,
            act: addresses(act),
            undo: addresses(undo),
            answer: Box::new(move |state| {
                let state = state.map(|state| {
                    state.downcast_ref::<A>().cloned().expect("a call answers of its own aggregate's state")
                });
                let state = state.unwrap_or_default();
                serde_json::to_string(&answer(&state)).expect("an answer is plain data")
            }),
        }
    }
}
