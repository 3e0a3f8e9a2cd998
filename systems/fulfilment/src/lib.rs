//! fulfilment: what a request is paid for. It starts when it is known and released, and ends complete or cancelled.
//!
//! One implementation for every system whose cancel asks first: of a cancel and a completion at the same instant it
//! decides, so that exactly one wins. What differs (the goods, event names, refusals, status words) is a [`Words`] in
//! the system's own folder.
mod rule;

pub use rule::{Command, Fulfilment, Happened};

use kernel::schemars::JsonSchema;
use kernel::serde::{Deserialize, Serialize, de::DeserializeOwned};
use kernel::{Call, CollectionBuilder, Context, Entry, Event, Id, Name, Reason, RefusalSet, Shown, Then, then};
use std::fmt::Debug;
use std::marker::PhantomData;

/// How one system speaks of what it fulfils.
pub trait Words: Clone + Debug + PartialEq + Send + Sync + 'static {
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
    /// What is delivered or driven.
    type Goods: Clone + Debug + PartialEq + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static;
    type Event: Event + Debug + PartialEq + From<Happened<Self::Goods>> + Into<Happened<Self::Goods>>;
    type Refusal: RefusalSet + Into<&'static Reason> + PartialEq;
    type Row: Serialize + JsonSchema + 'static;

    fn row(goods: &Self::Goods, status: Status) -> Self::Row;
    /// Whether it can be done at all; what can't ends instead of starting.
    fn available(_: &Self::Goods) -> bool {
        true
    }
}

/// Where it stands, once it has started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Started,
    Complete,
    Cancelled,
}

/// Asks it to stop, for a customer who waits to cancel.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", bound = "")]
pub struct Stop<W> {
    pub id: Id,
    #[serde(skip)]
    of: PhantomData<W>,
}

impl<W> Stop<W> {
    pub fn new(id: Id) -> Self {
        Stop { id, of: PhantomData }
    }
}

impl<W: Words> Call for Stop<W> {
    const NAME: Name = "stop";
    const TO: Name = W::KIND;
    type Answer = ();
}

fn stop<W: Words>(stop: Stop<W>) -> Then<Fulfilment<W>> {
    then(stop.id, Command::Stop)
}

fn go_on<W: Words>(stop: Stop<W>) -> Then<Fulfilment<W>> {
    then(stop.id, Command::GoOn)
}

/// What has not started is nobody's business.
fn shown<W: Words>(_: Id, it: &Fulfilment<W>) -> Shown<W::Row> {
    match it {
        Fulfilment::Waiting { .. } | Fulfilment::Forgone => Shown::Hidden,
        Fulfilment::Started { goods, .. } => Shown::Listed(W::row(goods, Status::Started)),
        Fulfilment::Complete(goods) => Shown::Listed(W::row(goods, Status::Complete)),
        Fulfilment::Cancelled(goods) => Shown::Listed(W::row(goods, Status::Cancelled)),
    }
}

/// The other side of the requests' ledger; a stop belongs to a cancel on its way.
fn entries<W: Words>(id: Id, it: &Fulfilment<W>) -> Vec<Entry> {
    let stops = |stops: &u32| Entry::new("stops", id, i64::from(*stops));
    match it {
        Fulfilment::Cancelled(_) | Fulfilment::Forgone => vec![],
        Fulfilment::Waiting { stops: held, .. } => vec![stops(held)],
        Fulfilment::Started { stops: held, .. } => vec![Entry::new(W::RULE, id, -1), stops(held)],
        Fulfilment::Complete(_) => vec![Entry::new(W::RULE, id, -1)],
    }
}

/// Each system adds what it is known by, what releases it, what cancels it, and who completes it.
pub fn context<W: Words>(port: u16, key_name: Name, rows: CollectionBuilder<W::Row>) -> Context {
    Context::new(W::KIND, port)
        .keyed_by(key_name)
        .keeps::<Fulfilment<W>>()
        .collection(rows.of_state(shown::<W>))
        .ledger::<Fulfilment<W>>(entries)
        .answers_call::<Stop<W>, Fulfilment<W>>(stop, go_on, |_| ())
}
