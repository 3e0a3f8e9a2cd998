//! message, in fruit's words: the customer hears of everything.
use super::{delivery, order, payment};
use kernel::{Context, EventContext, Then};
use message::{Thread, customer, silence, tell};

fn who(said: order::Published) -> Then<Thread> {
    match said {
        order::Published::OrderPlaced(order) => customer(order.order_id, order.user_id),
        order::Published::OrderCanceled(_) => silence(),
    }
}

fn when_order(said: order::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        order::Published::OrderPlaced(order::Order { order_id, prod_nm, qty, .. }) => tell(
            order_id,
            told,
            format!("주문이 접수되었습니다. 상품 {prod_nm}, 수량 {qty}."),
            format!("Your order is placed: {prod_nm}, quantity {qty}."),
        ),
        order::Published::OrderCanceled(order) => {
            tell(order.order_id, told, "주문이 취소되었습니다.", "Your order is cancelled.")
        }
    }
}

fn when_payment(said: payment::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        payment::Published::PaymentApproved(payment::Paid { order_id, price, .. }) => {
            tell(order_id, told, format!("{price}원이 결제되었습니다."), format!("{price} won were paid."))
        }
        payment::Published::PaymentCanceled(payment::Paid { order_id, price, .. }) => {
            tell(order_id, told, format!("{price}원이 환불되었습니다."), format!("{price} won were refunded."))
        }
    }
}

fn when_delivery(said: delivery::Published, told: &EventContext<'_>) -> Then<Thread> {
    let (sent, ko, en) = match said {
        delivery::Published::DeliveryStarted(sent) => (sent, "배송이 시작되었습니다.", "Your delivery is on its way."),
        delivery::Published::DeliveryCanceled(sent) => (sent, "배송이 취소되었습니다.", "Your delivery is cancelled."),
        delivery::Published::DeliveryCompleted(sent) => (sent, "배송이 완료되었습니다.", "Your order is delivered."),
    };
    tell(sent.parcel.order_id, told, ko, en)
}

pub fn context() -> Context {
    message::context(8085, "orderId")
        .policy(who)
        .policy_with(when_order)
        .policy_with(when_payment)
        .policy_with(when_delivery)
}
