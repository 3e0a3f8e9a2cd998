//! mypage: what the customer sees of an order. Each column has one source.
use super::delivery::{self, Sent};
use super::order::{self, Order};
use super::payment::{self, Paid};
use crate::CUSTOMER;
use kernel::{Collection, Context, Id, Shown, View, Won, record};

/// What each source said last of one order.
#[record]
#[derive(Default)]
pub struct Page {
    pub order: Option<Order>,
    pub payment: Option<Paid>,
    pub delivery: Option<Sent>,
}

#[record]
pub struct Row {
    pub user_id: String,
    pub prod_nm: String,
    pub qty: u64,
    pub price: Won,
    pub order_status: order::Status,
    pub pay_id: Option<Id>,
    pub pay_status: Option<payment::Status>,
    pub delivery_id: Option<Id>,
    pub delivery_status: Option<delivery::Status>,
}

fn order(page: Page, event: order::Published) -> Page {
    match event {
        order::Published::OrderPlaced(order) | order::Published::OrderCanceled(order) => {
            Page { order: Some(order), ..page }
        }
    }
}

fn payment(page: Page, event: payment::Published) -> Page {
    match event {
        payment::Published::PaymentApproved(paid) | payment::Published::PaymentCanceled(paid) => {
            Page { payment: Some(paid), ..page }
        }
    }
}

fn delivery(page: Page, event: delivery::Published) -> Page {
    match event {
        delivery::Published::DeliveryStarted(sent)
        | delivery::Published::DeliveryCanceled(sent)
        | delivery::Published::DeliveryCompleted(sent) => Page { delivery: Some(sent), ..page },
    }
}

/// The row appears with the order.
fn shown(_: Id, page: &Page) -> Shown<Row> {
    let Page { order: Some(order), payment, delivery } = page.clone() else { return Shown::Hidden };
    let Order { user_id, prod_nm, qty, price, order_status, .. } = order;
    Shown::Listed(Row {
        user_id,
        prod_nm,
        qty,
        price,
        order_status,
        pay_id: payment.as_ref().map(|paid| paid.pay_id),
        pay_status: payment.map(|paid| paid.pay_status),
        delivery_id: delivery.as_ref().map(|sent| sent.parcel.delivery_id),
        delivery_status: delivery.map(|sent| sent.delivery_status),
    })
}

pub fn context() -> Context {
    let rows = Collection::new("myPages", "myPage")
        .id_as("orderId")
        .find_by("userId", |row: &Row| Some(&row.user_id))
        .sort_by("price", |row| row.price.0)
        .read_by_owner(CUSTOMER);
    let view = View::builder::<Page>(1).folds(order).folds(payment).folds(delivery).with_history().shows(rows, shown);
    Context::new("mypage", 8082).keyed_by("orderId").view(view)
}

#[cfg(test)]
mod tests;
