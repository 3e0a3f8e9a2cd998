//! message, as bookstore tells it: the purchase, the seller's decision, the cancel, the refund and each change of the delivery.
use super::store::sale;
use super::{delivery, order, pay};
use crate::CUSTOMER;
use kernel::{Context, sentence};
use message::{Notice, customer, notify, silence, tell};

fn learn(event: order::Published) -> Notice {
    match event {
        order::Published::OrderPlaced(purchase) => customer(purchase.order_id, purchase.customer_id),
        order::Published::OrderCancelled(_) => silence(),
    }
}

fn when_order(event: order::Published) -> Notice {
    match event {
        order::Published::OrderPlaced(order::Purchase { order_id, product_name, qty, amount, .. }) => {
            tell(order_id, sentence!("order-placed", product_name, qty, amount))
        }
        order::Published::OrderCancelled(purchase) => tell(purchase.order_id, sentence!("order-cancelled")),
    }
}

fn when_sale(event: sale::Published) -> Notice {
    match event {
        sale::Published::Accepted(verdict) => tell(verdict.order_id, sentence!("order-accepted")),
        sale::Published::Rejected(sale::Verdict { order_id, reason, .. }) => {
            tell(order_id, sentence!("order-rejected", reason = reason.unwrap_or_default()))
        }
        sale::Published::StoreCancelled(_) => silence(), // the cancel itself is told
    }
}

fn when_pay(event: pay::Published) -> Notice {
    match event {
        pay::Published::Paid { .. } => silence(),
        pay::Published::PaymentCancelled { order_id, amount, .. } => tell(order_id, sentence!("refunded", amount)),
    }
}

fn when_delivery(event: delivery::Published) -> Notice {
    match event {
        delivery::Published::DeliveryStarted(sent) => tell(sent.parcel.order_id, sentence!("delivery-started")),
        delivery::Published::Delivered(sent) => tell(sent.parcel.order_id, sentence!("delivery-completed")),
        delivery::Published::DeliveryCancelled(sent) => tell(sent.parcel.order_id, sentence!("delivery-cancelled")),
    }
}

pub fn context() -> Context {
    message::context(8085, "orderId", CUSTOMER)
        .policy_with(notify(learn))
        .policy_with(notify(when_order))
        .policy_with(notify(when_sale))
        .policy_with(notify(when_pay))
        .policy_with(notify(when_delivery))
}
