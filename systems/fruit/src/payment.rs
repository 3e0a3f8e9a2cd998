//! payment, as fruit names it.
use super::order::{self, Order};
use crate::CUSTOMER;
use kernel::{Collection, Context, Id, Then, Won, event, labels, record, then};
use payment::{Bill, Command, Hold, Payment};

#[event("payment")]
pub enum Published {
    PaymentApproved(Paid),
    PaymentCanceled(Paid),
}

/// A payment as it is shown and published.
#[record]
pub struct Paid {
    pub pay_id: Id,
    pub order_id: Id,
    pub user_id: String,
    pub price: Won,
    pub pay_status: Status,
}

#[labels]
pub enum Status {
    Approved = "결제승인",
    Canceled = "결제취소",
}

/// Who pays.
#[record]
pub struct Details {
    pub user_id: String,
}

impl payment::Naming for Published {
    type Details = Details;
    type Row = Paid;

    fn approved(bill: &Bill<Details>) -> Published {
        Published::PaymentApproved(Self::row(bill, payment::Status::Approved))
    }
    fn cancelled(bill: &Bill<Details>) -> Published {
        Published::PaymentCanceled(Self::row(bill, payment::Status::Cancelled))
    }
    fn row(bill: &Bill<Details>, status: payment::Status) -> Paid {
        let pay_status = status.label(Status::Approved, Status::Canceled);
        let user_id = bill.details.user_id.clone();
        Paid { pay_id: bill.key, order_id: bill.key, user_id, price: bill.amount, pay_status }
    }
}

/// What order calls while its customer waits.
pub fn hold(order: &Order) -> Hold<Published> {
    Hold::new(order.order_id, order.price, Details { user_id: order.user_id.clone() })
}

fn when_order(event: order::Published) -> Then<Payment<Published>> {
    match event {
        order::Published::OrderPlaced(order) => then(order.order_id, Command::Take),
        order::Published::OrderCanceled(order) => then(order.order_id, Command::Refund),
    }
}

pub fn context() -> Context {
    let payments = Collection::new("payments", "payment")
        .id_as("payId")
        .id_as("orderId")
        .find_by("userId", |paid: &Paid| Some(&paid.user_id))
        .sort_by("price", |paid| paid.price.0)
        .read_by_owner(CUSTOMER);
    payment::context::<Published>(8083, "orderId", payments).policy(when_order)
}

#[cfg(test)]
mod tests;
