//! message, as fruit tells it: the customer is told of everything.
use super::{delivery, order, payment};
use crate::CUSTOMER;
use kernel::{Context, sentence};
use message::{Notice, customer, notify, silence, tell};

fn learn(event: order::Published) -> Notice {
    match event {
        order::Published::OrderPlaced(order) => customer(order.order_id, order.user_id),
        order::Published::OrderCanceled(_) => silence(),
    }
}

fn when_order(event: order::Published) -> Notice {
    match event {
        order::Published::OrderPlaced(order::Order { order_id, prod_nm, qty, .. }) => {
            tell(order_id, sentence!("order-placed", prod_nm, qty))
        }
        order::Published::OrderCanceled(order) => tell(order.order_id, sentence!("order-cancelled")),
    }
}

fn when_payment(event: payment::Published) -> Notice {
    match event {
        payment::Published::PaymentApproved(paid) => tell(paid.order_id, sentence!("paid", price = paid.price)),
        payment::Published::PaymentCanceled(paid) => tell(paid.order_id, sentence!("refunded", price = paid.price)),
    }
}

fn when_delivery(event: delivery::Published) -> Notice {
    match event {
        delivery::Published::DeliveryStarted(sent) => tell(sent.parcel.order_id, sentence!("delivery-started")),
        delivery::Published::DeliveryCanceled(sent) => tell(sent.parcel.order_id, sentence!("delivery-cancelled")),
        delivery::Published::DeliveryCompleted(sent) => tell(sent.parcel.order_id, sentence!("delivery-completed")),
    }
}

pub fn context() -> Context {
    message::context(8085, "orderId", CUSTOMER)
        .policy_with(notify(learn))
        .policy_with(notify(when_order))
        .policy_with(notify(when_payment))
        .policy_with(notify(when_delivery))
}
