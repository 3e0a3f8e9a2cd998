//! payment, in laundry's words.
use crate::wash::{self, Order};
use kernel::{CollectionBuilder, Context, Id, Name, Then, Won, event, labels, nothing, record, then};
use payment::{Bill, Command, Hold, Payment, Status};

#[event("payment")]
pub enum Said {
    Paid { wash_id: Id, price: Won },
    Refunded { wash_id: Id, price: Won },
}

#[labels]
pub enum Paying {
    Paid,
    Refunded,
}

#[record]
pub struct Row {
    pub customer: String,
    pub price: Won,
    pub status: Paying,
}

/// What a payment carries beside its amount.
#[record]
pub struct Payer {
    pub customer: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Words;

impl payment::Words for Words {
    const CONTEXT: Name = "payment";
    const APPROVED: Name = "Paid";
    const CANCELLED: Name = "Refunded";
    type Details = Payer;
    type Published = Published;
    type Row = Row;

    fn approved(bill: &Bill<Payer>) -> Published {
        Published::Paid { wash_id: bill.key, price: bill.amount }
    }
    fn cancelled(bill: &Bill<Payer>) -> Published {
        Published::Refunded { wash_id: bill.key, price: bill.amount }
    }
    fn row(bill: &Bill<Payer>, status: Status) -> Row {
        let status = match status {
            Status::Approved => Paying::Paid,
            Status::Cancelled => Paying::Refunded,
        };
        Row { customer: bill.details.customer.clone(), price: bill.amount, status }
    }
    fn collection(rows: CollectionBuilder<Row>) -> CollectionBuilder<Row> {
        rows.id_as("washId").find_by("customer", |row| Some(&row.customer))
    }
}

/// The question wash asks while its customer waits.
pub fn hold(order: &Order) -> Hold<Words> {
    Hold::new(order.wash_id, order.price, Payer { customer: order.customer.clone() })
}

fn when_wash(said: wash::Published) -> Then<Payment<Words>> {
    match said {
        wash::Published::WashOrdered(order) => then(order.wash_id, Command::Take),
        wash::Published::WashFinished { .. } => nothing(),
        wash::Published::WashCancelled { wash_id } => then(wash_id, Command::Refund),
    }
}

pub fn context() -> Context {
    payment::context::<Words>(8082, "washId").policy(when_wash)
}
