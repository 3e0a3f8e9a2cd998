//! payment, as laundry names it.
use crate::CUSTOMER;
use crate::wash::{self, Order};
use kernel::{Collection, Context, Id, Then, Won, event, labels, nothing, record, then};
use payment::{Bill, Command, Hold, Payment, Status};

#[event("payment")]
pub enum Published {
    Paid { wash_id: Id, price: Won },
    Refunded { wash_id: Id, price: Won },
}

#[record]
pub struct Row {
    pub customer: String,
    pub price: Won,
    pub status: Paying,
}

#[labels]
pub enum Paying {
    Paid,
    Refunded,
}

/// What a payment carries beside its amount.
#[record]
pub struct Payer {
    pub customer: String,
}

impl payment::Naming for Published {
    type Details = Payer;
    type Row = Row;

    fn approved(bill: &Bill<Payer>) -> Published {
        Published::Paid { wash_id: bill.key, price: bill.amount }
    }
    fn cancelled(bill: &Bill<Payer>) -> Published {
        Published::Refunded { wash_id: bill.key, price: bill.amount }
    }
    fn row(bill: &Bill<Payer>, status: Status) -> Row {
        let status = status.label(Paying::Paid, Paying::Refunded);
        Row { customer: bill.details.customer.clone(), price: bill.amount, status }
    }
}

/// What wash calls while its customer waits.
pub fn hold(order: &Order) -> Hold<Published> {
    Hold::new(order.wash_id, order.price, Payer { customer: order.customer.clone() })
}

fn when_wash(event: wash::Published) -> Then<Payment<Published>> {
    match event {
        wash::Published::WashOrdered(order) => then(order.wash_id, Command::Take),
        wash::Published::WashFinished { .. } => nothing(),
        wash::Published::WashCancelled { wash_id } => then(wash_id, Command::Refund),
    }
}

pub fn context() -> Context {
    let payments = Collection::new("payments", "payment")
        .id_as("washId")
        .find_by("customer", |row: &Row| Some(&row.customer))
        .read_by_owner(CUSTOMER);
    payment::context::<Published>(8082, "washId", payments).policy(when_wash)
}
