//! orderview: what the buyer sees of an order. Each column has one source; what order and seller said together is a function.
use super::store::sale;
use super::{delivery, order, pay};
use crate::CUSTOMER;
use kernel::{Collection, Context, Id, Shown, View, Won, labels, record};

/// What has been heard of one order.
#[record]
#[derive(Default)]
pub struct Page {
    pub purchase: Option<order::Purchase>,
    pub cancelled: bool,
    pub verdict: Option<Status>,
    pub delivery: Option<delivery::Sent>,
    pub payment: Option<pay::Status>,
}

#[labels]
pub enum Status {
    OrderPlaced,
    Accepted,
    Rejected,
    OrderCancelled,
}

#[record]
pub struct Row {
    pub customer_id: Option<String>,
    pub product_id: Id,
    pub product_name: String,
    pub qty: u64,
    pub amount: Won,
    pub order_status: Status,
    pub delivery_id: Option<Id>,
    pub delivery_status: Option<delivery::Status>,
    pub pay_status: Option<pay::Status>,
}

fn order(page: Page, event: order::Published) -> Page {
    match event {
        order::Published::OrderPlaced(purchase) => Page { purchase: Some(purchase), ..page },
        order::Published::OrderCancelled(_) => Page { cancelled: true, ..page },
    }
}

fn sale(page: Page, event: sale::Published) -> Page {
    match event {
        sale::Published::Accepted(_) => Page { verdict: Some(Status::Accepted), ..page },
        sale::Published::Rejected(_) => Page { verdict: Some(Status::Rejected), ..page },
        sale::Published::StoreCancelled(_) => page, // the order has said so itself
    }
}

fn delivery(page: Page, event: delivery::Published) -> Page {
    match event {
        delivery::Published::DeliveryStarted(sent)
        | delivery::Published::Delivered(sent)
        | delivery::Published::DeliveryCancelled(sent) => Page { delivery: Some(sent), ..page },
    }
}

fn pay(page: Page, event: pay::Published) -> Page {
    match event {
        pay::Published::Paid { .. } => Page { payment: Some(pay::Status::Paid), ..page },
        pay::Published::PaymentCancelled { .. } => Page { payment: Some(pay::Status::Cancelled), ..page },
    }
}

/// The row appears with the order itself. An order that heard a rejection first says nothing of a cancel.
fn shown(_: Id, page: &Page) -> Shown<Row> {
    let Page { purchase: Some(purchase), cancelled, verdict, delivery, payment } = page.clone() else {
        return Shown::Hidden;
    };
    let order_status = if cancelled { Status::OrderCancelled } else { verdict.unwrap_or(Status::OrderPlaced) };
    let order::Purchase { customer_id, product_id, product_name, qty, amount, .. } = purchase;
    Shown::Listed(Row {
        customer_id,
        product_id,
        product_name,
        qty,
        amount,
        order_status,
        delivery_id: delivery.as_ref().map(|sent| sent.parcel.delivery_id),
        delivery_status: delivery.map(|sent| sent.delivery_state),
        pay_status: payment,
    })
}

pub fn context() -> Context {
    let rows = Collection::new("orderStatuses", "orderStatus")
        .id_as("orderId")
        .find_by("customerId", |row: &Row| row.customer_id.as_deref())
        .sort_by("amount", |row| row.amount.0)
        .read_by_owner(CUSTOMER);
    let view = View::builder::<Page>(1).folds(order).folds(sale).folds(delivery).folds(pay).with_history();
    Context::new("orderview", 8090).keyed_by("orderId").view(view.shows(rows, shown))
}

#[cfg(test)]
mod tests;
