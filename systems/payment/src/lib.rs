//! payment: holds the money while a request is being placed, takes it when the request exists, refunds it when that is cancelled.
//!
//! One implementation for every system. What differs (field names, event names, status words) is a [`Words`] in the system's own folder.
mod event;

pub use event::Event;

use kernel::schemars::JsonSchema;
use kernel::serde::{Deserialize, Serialize, de::DeserializeOwned};
use kernel::{
    Aggregate, Call, Collection, CollectionBuilder, Context, Entry, EventSet, Id, Name, RefusalSet, Shown, Then, Won,
    record, refusal, then,
};
use std::fmt::Debug;

/// How one system speaks of payments.
pub trait Words: Clone + Debug + PartialEq + Send + Sync + 'static {
    const CONTEXT: Name;
    /// What an approval and a cancellation are called as events.
    const APPROVED: Name;
    const CANCELLED: Name;
    /// What a payment carries beside its amount.
    type Details: Clone + Debug + PartialEq + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static;
    type Published: EventSet + PartialEq;
    type Row: Serialize + JsonSchema + 'static;

    fn approved(bill: &Bill<Self::Details>) -> Self::Published;
    fn cancelled(bill: &Bill<Self::Details>) -> Self::Published;
    fn row(bill: &Bill<Self::Details>, status: Status) -> Self::Row;
    /// `/payments`, with what it is found and sorted by.
    fn collection(rows: CollectionBuilder<Self::Row>) -> CollectionBuilder<Self::Row>;
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

/// Asks to hold the money of a bill.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", bound = "")]
pub struct Hold<W: Words> {
    pub bill: Bill<W::Details>,
}

impl<W: Words> Hold<W> {
    pub fn new(key: Id, amount: Won, details: W::Details) -> Self {
        Hold { bill: Bill { key, amount, details } }
    }
}

/// The money is held.
#[record]
pub struct Receipt {
    pub pay_id: Id,
}

impl<W: Words> Call for Hold<W> {
    const NAME: Name = "hold the money";
    const TO: Name = W::CONTEXT;
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
pub enum Payment<W: Words> {
    #[default]
    New,
    Held(Bill<W::Details>),
    Approved(Bill<W::Details>),
    Voided,
    Refunded(Bill<W::Details>),
}

impl<W: Words> Aggregate for Payment<W> {
    const KIND: Name = "payment";
    type Command = Command<W::Details>;
    type Event = Event<W>;
    type Refusal = Refusal;

    fn decide(&self, command: Self::Command) -> Result<Vec<Event<W>>, Refusal> {
        match (command, self) {
            (Command::Hold(bill), Payment::New) => Ok(vec![Event::Held(bill)]),
            (Command::Hold(_), _) => Err(Refusal::AlreadyHeld),

            (Command::Void, Payment::Held(_)) => Ok(vec![Event::Voided]),
            (Command::Void, Payment::New | Payment::Voided) => Ok(vec![]),
            (Command::Void, Payment::Approved(_) | Payment::Refunded(_)) => Err(Refusal::AlreadyTaken),

            (Command::Take, Payment::Held(bill)) => Ok(vec![Event::Taken(W::approved(bill))]),
            (Command::Take, Payment::Approved(_) | Payment::Refunded(_)) => Ok(vec![]),
            (Command::Take, Payment::New | Payment::Voided) => Err(Refusal::NothingHeld),

            (Command::Refund, Payment::Approved(bill)) => Ok(vec![Event::Refunded(W::cancelled(bill))]),
            (Command::Refund, Payment::Refunded(_)) => Ok(vec![]),
            (Command::Refund, Payment::New | Payment::Held(_) | Payment::Voided) => Err(Refusal::NothingHeld),
        }
    }

    fn evolve(self, event: Event<W>) -> Self {
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
fn shown<W: Words>(_: Id, payment: &Payment<W>) -> Shown<W::Row> {
    match payment {
        Payment::New | Payment::Voided => Shown::Hidden,
        Payment::Held(bill) => Shown::ById(W::row(bill, Status::Approved)),
        Payment::Approved(bill) => Shown::Listed(W::row(bill, Status::Approved)),
        Payment::Refunded(bill) => Shown::Listed(W::row(bill, Status::Cancelled)),
    }
}

/// Money approved and not refunded pays for something; money held belongs to a request on its way.
fn entries<W: Words>(key: Id, payment: &Payment<W>) -> Vec<Entry> {
    match payment {
        Payment::New | Payment::Voided | Payment::Refunded(_) => vec![],
        Payment::Held(_) => vec![Entry::new("holds", key, 1)],
        Payment::Approved(bill) => vec![Entry::new("money", key, -bill.amount.0)],
    }
}

/// Each system adds when to take and when to refund.
pub fn context<W: Words>(port: u16, key_name: Name) -> Context {
    Context::new(W::CONTEXT, port)
        .keyed_by(key_name)
        .provider("payment", Refusal::PaymentDeclined.reason())
        .keeps::<Payment<W>>()
        .collection(W::collection(Collection::new("payments", "payment")).of_state(shown::<W>))
        .ledger::<Payment<W>>(entries)
        .answers_call::<Hold<W>, Payment<W>>(hold, void, receipt)
}

fn hold<W: Words>(hold: Hold<W>) -> Then<Payment<W>> {
    then(hold.bill.key, Command::Hold(hold.bill))
}

fn void<W: Words>(hold: Hold<W>) -> Then<Payment<W>> {
    then(hold.bill.key, Command::Void)
}

fn receipt<W: Words>(payment: &Payment<W>) -> Receipt {
    match payment {
        Payment::Held(bill) | Payment::Approved(bill) | Payment::Refunded(bill) => Receipt { pay_id: bill.key },
        Payment::New | Payment::Voided => Receipt { pay_id: Id(0) },
    }
}
