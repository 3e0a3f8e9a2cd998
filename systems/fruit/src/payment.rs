//! payment, in fruit's words.
use super::order::{self, Order};
use kernel::{CollectionBuilder, Context, Id, Name, Then, Won, event, labels, record, then};
use payment::{Bill, Command, Hold};

#[event("payment")]
pub enum Said {
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

#[derive(Clone, Debug, PartialEq)]
pub struct Words;

/// Who pays.
#[record]
pub struct Details {
    pub user_id: String,
}

impl payment::Words for Words {
    const CONTEXT: Name = "payment";
    const APPROVED: Name = "PaymentApproved";
    const CANCELLED: Name = "PaymentCanceled";
    type Details = Details;
    type Published = Published;
    type Row = Paid;

    fn approved(bill: &Bill<Details>) -> Published {
        Published::PaymentApproved(Self::row(bill, payment::Status::Approved))
    }
    fn cancelled(bill: &Bill<Details>) -> Published {
        Published::PaymentCanceled(Self::row(bill, payment::Status::Cancelled))
    }
    fn row(bill: &Bill<Details>, status: payment::Status) -> Paid {
        let pay_status = match status {
            payment::Status::Approved => Status::Approved,
            payment::Status::Cancelled => Status::Canceled,
        };
        let (pay_id, order_id, user_id) = (bill.key, bill.key, bill.details.user_id.clone());
        Paid { pay_id, order_id, user_id, price: bill.amount, pay_status }
    }
    fn collection(rows: CollectionBuilder<Paid>) -> CollectionBuilder<Paid> {
        rows.id_as("payId")
            .id_as("orderId")
            .find_by("userId", |paid| Some(&paid.user_id))
            .sort_by("price", |paid| paid.price.0)
    }
}

/// The question order asks while its customer waits.
pub fn hold(order: &Order) -> Hold<Words> {
    Hold::new(order.order_id, order.price, Details { user_id: order.user_id.clone() })
}

fn when_order(said: order::Published) -> Then<payment::Payment<Words>> {
    match said {
        order::Published::OrderPlaced(order) => then(order.order_id, Command::Take),
        order::Published::OrderCanceled(order) => then(order.order_id, Command::Refund),
    }
}

pub fn context() -> Context {
    payment::context::<Words>(8083, "orderId").policy(when_order)
}

#[cfg(test)]
mod tests;
