//! pay: payment, in bookstore's words.
use super::order::{self, Purchase};
use super::store::sale;
use kernel::{CollectionBuilder, Context, Id, Name, Then, Won, event, labels, nothing, record, then};
use payment::{Bill, Command, Hold, Payment};

#[event("pay")]
pub enum Said {
    Paid { pay_id: Id, order_id: Id, amount: Won },
    PaymentCancelled { pay_id: Id, order_id: Id, amount: Won },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Words;

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

impl payment::Words for Words {
    const CONTEXT: Name = "pay";
    const APPROVED: Name = "Paid";
    const CANCELLED: Name = "PaymentCancelled";
    type Details = ();
    type Published = Published;
    type Row = Row;

    fn approved(bill: &Bill<()>) -> Published {
        Published::Paid { pay_id: bill.key, order_id: bill.key, amount: bill.amount }
    }
    fn cancelled(bill: &Bill<()>) -> Published {
        Published::PaymentCancelled { pay_id: bill.key, order_id: bill.key, amount: bill.amount }
    }
    fn row(bill: &Bill<()>, status: payment::Status) -> Row {
        let status = match status {
            payment::Status::Approved => Status::Paid,
            payment::Status::Cancelled => Status::Cancelled,
        };
        Row { amount: bill.amount, status }
    }
    fn collection(rows: CollectionBuilder<Row>) -> CollectionBuilder<Row> {
        rows.id_as("payId").id_as("orderId").sort_by("amount", |row| row.amount.0)
    }
}

/// The question order asks while its buyer waits.
pub fn hold(purchase: &Purchase) -> Hold<Words> {
    Hold::new(purchase.order_id, purchase.amount, ())
}

fn when_order(said: order::Published) -> Then<Payment<Words>> {
    match said {
        order::Published::OrderPlaced(purchase) => then(purchase.order_id, Command::Take),
        order::Published::OrderCancelled(purchase) => then(purchase.order_id, Command::Refund),
    }
}

fn when_sale(said: sale::Published) -> Then<Payment<Words>> {
    match said {
        sale::Published::Accepted(_) => nothing(),
        sale::Published::Rejected(verdict) => then(verdict.order_id, Command::Refund),
        sale::Published::StoreCancelled(_) => nothing(), // the cancel itself is refunded
    }
}

pub fn context() -> Context {
    payment::context::<Words>(8084, "orderId").policy(when_order).policy(when_sale)
}

#[cfg(test)]
mod tests;
