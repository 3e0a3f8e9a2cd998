//! payment: holds the money while a request is being placed, takes it when the request exists, refunds it when that is cancelled.
//!
//! One implementation for every system. What differs (field names, event names, status labels) is a [`Naming`] in the system's own folder.
mod event;

pub use event::Event;

use kernel::schemars::JsonSchema;
use kernel::serde::{Deserialize, Serialize, de::DeserializeOwned};
use kernel::{
    Aggregate, CallBody, CollectionBuilder, Context, Entry, EventSet, Id, Name, RefusalSet, Shown, Then, Won, record,
    refusal, then,
};
use std::fmt::Debug;

/// How one system names a payment: the enum of what its payment context publishes, an approval first, then a cancellation.
pub trait Naming: EventSet + PartialEq {
    /// Of the row's shape; when it differs from what a store holds, rows are made again from the log.
    const VERSION: u32 = 1;
    /// What a payment carries beside its amount.
    type Details: Clone + Debug + PartialEq + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static;
    type Row: Serialize + JsonSchema + 'static;

    fn approved(bill: &Bill<Self::Details>) -> Self;
    fn cancelled(bill: &Bill<Self::Details>) -> Self;
    fn row(bill: &Bill<Self::Details>, status: Status) -> Self::Row;
}

/// What is to be paid for one request. A payment carries the request's id as its own.
#[record]
pub struct Bill<D> {
    pub key: Id,
    pub amount: Won,
    pub details: D,
}

/// Paid and standing, or given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Approved,
    Cancelled,
}

impl Status {
    /// The system's label of this status.
    pub fn label<T>(self, approved: T, cancelled: T) -> T {
        match self {
            Status::Approved => approved,
            Status::Cancelled => cancelled,
        }
    }
}

/// Asks to hold the money of a bill.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", bound = "")]
pub struct Hold<N: Naming> {
    pub bill: Bill<N::Details>,
}

impl<N: Naming> Hold<N> {
    pub fn new(key: Id, amount: Won, details: N::Details) -> Self {
        Hold { bill: Bill { key, amount, details } }
    }
}

/// The money is held.
#[record]
pub struct Receipt {
    pub pay_id: Id,
}

impl<N: Naming> CallBody for Hold<N> {
    const NAME: Name = "hold the money";
    const TO: Name = N::SOURCE;
    const WITHIN: Name = "payment_timeout_ms";
    type Answer = Receipt;
}

#[derive(Debug)]
pub enum Command<D> {
    Hold(Bill<D>),
    Void,
    Take,
    Refund,
}

#[refusal]
pub enum Refusal {
    PaymentDeclined = Declined,
    AlreadyHeld = NotAllowedNow,
    NothingHeld = NotAllowedNow,
    AlreadyTaken = NotAllowedNow,
}

/// One request's payment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", bound = "")]
pub enum Payment<N: Naming> {
    #[default]
    New,
    Held(Bill<N::Details>),
    Approved(Bill<N::Details>),
    Voided,
    Refunded(Bill<N::Details>),
}

impl<N: Naming> Aggregate for Payment<N> {
    const KIND: Name = "payment";
    const VERSION: u32 = N::VERSION;
    type Command = Command<N::Details>;
    type Event = Event<N>;
    type Refusal = Refusal;

    fn decide(&self, command: Self::Command) -> Result<Vec<Event<N>>, Refusal> {
        match (command, self) {
            (Command::Hold(bill), Payment::New) => Ok(vec![Event::Held(bill)]),
            (Command::Hold(_), _) => Err(Refusal::AlreadyHeld),

            (Command::Void, Payment::Held(_)) => Ok(vec![Event::Voided]),
            (Command::Void, Payment::New | Payment::Voided) => Ok(vec![]),
            (Command::Void, Payment::Approved(_) | Payment::Refunded(_)) => Err(Refusal::AlreadyTaken),

            (Command::Take, Payment::Held(bill)) => Ok(vec![Event::Taken(N::approved(bill))]),
            (Command::Take, Payment::Approved(_) | Payment::Refunded(_)) => Ok(vec![]),
            (Command::Take, Payment::New | Payment::Voided) => Err(Refusal::NothingHeld),

            (Command::Refund, Payment::Approved(bill)) => Ok(vec![Event::Refunded(N::cancelled(bill))]),
            (Command::Refund, Payment::Refunded(_)) => Ok(vec![]),
            (Command::Refund, Payment::New | Payment::Held(_) | Payment::Voided) => Err(Refusal::NothingHeld),
        }
    }

    fn evolve(self, event: Event<N>) -> Self {
        match (event, self) {
            (Event::Held(bill), _) => Payment::Held(bill),
            (Event::Voided, _) => Payment::Voided,
            (Event::Taken(_), Payment::Held(bill)) => Payment::Approved(bill),
            (Event::Refunded(_), Payment::Approved(bill)) => Payment::Refunded(bill),
            (Event::Taken(_) | Event::Refunded(_), same) => same,
        }
    }
}

/// What is held is read by its id, with the approved word; it is listed when it is taken. What is voided is gone.
fn shown<N: Naming>(_: Id, payment: &Payment<N>) -> Shown<N::Row> {
    match payment {
        Payment::New | Payment::Voided => Shown::Hidden,
        Payment::Held(bill) => Shown::ById(N::row(bill, Status::Approved)),
        Payment::Approved(bill) => Shown::Listed(N::row(bill, Status::Approved)),
        Payment::Refunded(bill) => Shown::Listed(N::row(bill, Status::Cancelled)),
    }
}

/// Money approved and not refunded pays for something; money held belongs to a request on its way.
fn entries<N: Naming>(key: Id, payment: &Payment<N>) -> Vec<Entry> {
    match payment {
        Payment::New | Payment::Voided | Payment::Refunded(_) => vec![],
        Payment::Held(_) => vec![Entry::new("holds", key, 1)],
        Payment::Approved(bill) => vec![Entry::new("money", key, -bill.amount.0)],
    }
}

/// Each system gives its collection, and adds when to take and when to refund.
pub fn context<N: Naming>(port: u16, key_name: Name, payments: CollectionBuilder<N::Row>) -> Context {
    Context::new(N::SOURCE, port)
        .keyed_by(key_name)
        .provider("payment", Refusal::PaymentDeclined.reason())
        .keeps::<Payment<N>>()
        .collection(payments.of_state(shown::<N>))
        .ledger::<Payment<N>>(entries)
        .answers_call::<Hold<N>, Payment<N>>(hold, void, receipt)
}

fn hold<N: Naming>(hold: Hold<N>) -> Then<Payment<N>> {
    then(hold.bill.key, Command::Hold(hold.bill))
}

fn void<N: Naming>(hold: Hold<N>) -> Then<Payment<N>> {
    then(hold.bill.key, Command::Void)
}

fn receipt<N: Naming>(payment: &Payment<N>) -> Receipt {
    match payment {
        Payment::Held(bill) | Payment::Approved(bill) | Payment::Refunded(bill) => Receipt { pay_id: bill.key },
        Payment::New | Payment::Voided => Receipt { pay_id: Id(0) },
    }
}
