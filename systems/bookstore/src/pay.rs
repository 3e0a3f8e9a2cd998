//! pay: payment, as bookstore names it.
use super::order::{self, Purchase};
use super::store::sale;
use crate::CUSTOMER;
use kernel::{Collection, Context, Id, Then, Won, event, labels, nothing, record, then};
use payment::{Bill, Command, Hold, Payment};

#[event("pay")]
pub enum Published {
    Paid { pay_id: Id, order_id: Id, amount: Won },
    PaymentCancelled { pay_id: Id, order_id: Id, amount: Won },
}

#[record]
pub struct Row {
    pub amount: Won,
    pub status: Status,
}

#[labels]
pub enum Status {
    Paid,
    Cancelled,
}

impl payment::Naming for Published {
    type Details = ();
    type Row = Row;

    fn approved(bill: &Bill<()>) -> Published {
        Published::Paid { pay_id: bill.key, order_id: bill.key, amount: bill.amount }
    }
    fn cancelled(bill: &Bill<()>) -> Published {
        Published::PaymentCancelled { pay_id: bill.key, order_id: bill.key, amount: bill.amount }
    }
    fn row(bill: &Bill<()>, status: payment::Status) -> Row {
        Row { amount: bill.amount, status: status.label(Status::Paid, Status::Cancelled) }
    }
}

/// What order calls while its buyer waits.
pub fn hold(purchase: &Purchase) -> Hold<Published> {
    Hold::new(purchase.order_id, purchase.amount, ())
}

fn when_order(event: order::Published) -> Then<Payment<Published>> {
    match event {
        order::Published::OrderPlaced(purchase) => then(purchase.order_id, Command::Take),
        order::Published::OrderCancelled(purchase) => then(purchase.order_id, Command::Refund),
    }
}

fn when_sale(event: sale::Published) -> Then<Payment<Published>> {
    match event {
        sale::Published::Accepted(_) => nothing(),
        sale::Published::Rejected(verdict) => then(verdict.order_id, Command::Refund),
        sale::Published::StoreCancelled(_) => nothing(), // the cancel itself is refunded
    }
}

pub fn context() -> Context {
    let payments = Collection::new("payments", "payment")
        .id_as("payId")
        .id_as("orderId")
        .sort_by("amount", |row: &Row| row.amount.0)
        .read_by_owner(CUSTOMER);
    payment::context::<Published>(8084, "orderId", payments).policy(when_order).policy(when_sale)
}

#[cfg(test)]
mod tests;
