//! message, as laundry tells it.
use crate::{CUSTOMER, payment, wash};
use kernel::{Context, sentence};
use message::{Notice, customer, notify, silence, tell};

fn when_wash(event: wash::Published) -> Notice {
    match event {
        wash::Published::WashOrdered(order) => customer(order.wash_id, order.customer),
        wash::Published::WashFinished { wash_id } => tell(wash_id, sentence!("wash-finished")),
        wash::Published::WashCancelled { wash_id } => tell(wash_id, sentence!("wash-cancelled")),
    }
}

fn when_payment(event: payment::Published) -> Notice {
    match event {
        payment::Published::Paid { .. } => silence(),
        payment::Published::Refunded { wash_id, price } => tell(wash_id, sentence!("refunded", price)),
    }
}

pub fn context() -> Context {
    message::context(8084, "washId", CUSTOMER).policy_with(notify(when_wash)).policy_with(notify(when_payment))
}
