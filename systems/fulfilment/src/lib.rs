//! fulfilment: what a request is paid for. It starts when it is known and released, and ends complete or cancelled.
//!
//! One implementation for every system whose cancel asks first: of a cancel and a completion at the same instant it
//! decides, so that exactly one wins. What differs (the goods, event names, refusals, status labels) is a [`Naming`] of the
//! goods in the system's own folder; [`events!`] declares its events.
mod events;
mod rule;

pub use rule::{Command, Fulfilment, Happened};

use kernel::schemars::JsonSchema;
use kernel::serde::{Deserialize, Serialize, de::DeserializeOwned};
use kernel::{
    CallBody, CollectionBuilder, Context, Entry, Event, Id, Name, RefusalReason, RefusalSet, Shown, Then, then,
};
use std::fmt::Debug;
use std::marker::PhantomData;

/// How one system names what it fulfils: implemented by what is delivered or driven.
pub trait Naming:
    Clone + Debug + PartialEq + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static
{
    /// Its context and its aggregate.
    const KIND: Name;
    /// The conservation rule it keeps with the context of its requests.
    const RULE: Name;
    /// There is none with this id, or it has not started.
    const UNKNOWN: Self::Refusal;
    /// A cancel comes too late.
    const COMPLETE: Self::Refusal;
    /// A completion comes too late.
    const CANCELLED: Self::Refusal;
    /// A completion meets a cancel whose outcome is not known yet.
    const STOP_IN_DOUBT: Self::Refusal;
    type Event: Event + Debug + PartialEq + From<Happened<Self>> + Into<Happened<Self>>;
    type Refusal: RefusalSet + Into<&'static RefusalReason> + PartialEq;
    /// The goods with their status, as they are shown and published.
    type Row: Serialize + JsonSchema + 'static;

    fn row(self, status: Status) -> Self::Row;
    /// Whether it can be done at all; what can't ends instead of starting.
    fn available(&self) -> bool {
        true
    }
}

/// Where it stands, once it has started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Started,
    Completed,
    Cancelled,
}

impl Status {
    /// The system's label of this status.
    pub fn label<T>(self, started: T, completed: T, cancelled: T) -> T {
        match self {
            Status::Started => started,
            Status::Completed => completed,
            Status::Cancelled => cancelled,
        }
    }
}

/// Asks it to stop, for a customer who waits to cancel.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", bound = "")]
pub struct Stop<G> {
    pub id: Id,
    #[serde(skip)]
    of: PhantomData<G>,
}

impl<G> Stop<G> {
    pub fn new(id: Id) -> Self {
        Stop { id, of: PhantomData }
    }
}

impl<G: Naming> CallBody for Stop<G> {
    const NAME: Name = "stop";
    const TO: Name = G::KIND;
    type Answer = ();
}

fn stop<G: Naming>(stop: Stop<G>) -> Then<Fulfilment<G>> {
    then(stop.id, Command::Stop)
}

fn go_on<G: Naming>(stop: Stop<G>) -> Then<Fulfilment<G>> {
    then(stop.id, Command::GoOn)
}

/// What has not started is nobody's business.
fn shown<G: Naming>(_: Id, it: &Fulfilment<G>) -> Shown<G::Row> {
    match it {
        Fulfilment::Waiting { .. } | Fulfilment::Forgone => Shown::Hidden,
        Fulfilment::Started { goods, .. } => Shown::Listed(goods.clone().row(Status::Started)),
        Fulfilment::Complete(goods) => Shown::Listed(goods.clone().row(Status::Completed)),
        Fulfilment::Cancelled(goods) => Shown::Listed(goods.clone().row(Status::Cancelled)),
    }
}

/// The other side of the requests' ledger; a stop belongs to a cancel on its way.
fn entries<G: Naming>(id: Id, it: &Fulfilment<G>) -> Vec<Entry> {
    let stops = |stops: &u32| Entry::new("stops", id, i64::from(*stops));
    match it {
        Fulfilment::Cancelled(_) | Fulfilment::Forgone => vec![],
        Fulfilment::Waiting { stops: held, .. } => vec![stops(held)],
        Fulfilment::Started { stops: held, .. } => vec![Entry::new(G::RULE, id, -1), stops(held)],
        Fulfilment::Complete(_) => vec![Entry::new(G::RULE, id, -1)],
    }
}

/// Each system adds what it is known by, what releases it, what cancels it, and who completes it.
pub fn context<G: Naming>(port: u16, key_name: Name, rows: CollectionBuilder<G::Row>) -> Context {
    Context::new(G::KIND, port)
        .keyed_by(key_name)
        .keeps::<Fulfilment<G>>()
        .collection(rows.of_state(shown::<G>))
        .ledger::<Fulfilment<G>>(entries)
        .answers_call::<Stop<G>, Fulfilment<G>>(stop, go_on, |_| ())
}
