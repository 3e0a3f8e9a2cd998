//! message, in laundry's words.
use crate::{payment, wash};
use kernel::{Context, EventContext, Then};
use message::{Thread, customer, silence, tell};

fn when_wash(said: wash::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        wash::Published::WashOrdered(order) => customer(order.wash_id, order.customer),
        wash::Published::WashFinished { wash_id } => {
            tell(wash_id, told, "세탁이 끝났습니다. 찾아가 주세요.", "Your clothes are clean. Come and fetch them.")
        }
        wash::Published::WashCancelled { wash_id } => {
            tell(wash_id, told, "세탁이 취소되었습니다.", "Your wash is cancelled.")
        }
    }
}

fn when_payment(said: payment::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        payment::Published::Paid { .. } => silence(),
        payment::Published::Refunded { wash_id, price } => {
            tell(wash_id, told, format!("{price}원이 환불되었습니다."), format!("{price} won were refunded."))
        }
    }
}

pub fn context() -> Context {
    message::context(8084, "washId").policy_with(when_wash).policy_with(when_payment)
}
