//! message, in bookstore's words: the purchase, the seller's word, the cancel, the refund and each change of the delivery.
use super::store::sale;
use super::{delivery, order, pay};
use kernel::{Context, EventContext, Then};
use message::{Thread, customer, silence, tell};

fn who(said: order::Published) -> Then<Thread> {
    match said {
        order::Published::OrderPlaced(purchase) => customer(purchase.order_id, purchase.customer_id),
        order::Published::OrderCancelled(_) => silence(),
    }
}

fn when_order(said: order::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        order::Published::OrderPlaced(purchase) => {
            let order::Purchase { order_id, product_name, qty, amount, .. } = purchase;
            let ko = format!("「{product_name}」 {qty}권을 {amount}원에 구매했습니다.");
            tell(order_id, told, ko, format!("You bought {qty} × \"{product_name}\" for {amount} won."))
        }
        order::Published::OrderCancelled(purchase) => {
            tell(purchase.order_id, told, "주문이 취소되었습니다.", "Your order is cancelled.")
        }
    }
}

fn when_sale(said: sale::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        sale::Published::Accepted(verdict) => {
            tell(verdict.order_id, told, "판매자가 주문을 수락했습니다.", "The seller has accepted your order.")
        }
        sale::Published::Rejected(sale::Verdict { order_id, reason, .. }) => {
            let reason = reason.unwrap_or_default();
            let ko = format!("판매자가 주문을 거절했습니다. 사유: {reason}");
            tell(order_id, told, ko, format!("The seller has rejected your order: {reason}."))
        }
        sale::Published::StoreCancelled(_) => silence(), // the order has said so itself
    }
}

fn when_pay(said: pay::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        pay::Published::Paid { .. } => silence(),
        pay::Published::PaymentCancelled { order_id, amount, .. } => {
            tell(order_id, told, format!("{amount}원이 환불되었습니다."), format!("{amount} won were refunded."))
        }
    }
}

fn when_delivery(said: delivery::Published, told: &EventContext<'_>) -> Then<Thread> {
    match said {
        delivery::Published::DeliveryStarted(sent) => {
            tell(sent.parcel.order_id, told, "배송이 시작되었습니다.", "Your parcel is on its way.")
        }
        delivery::Published::Delivered(sent) => {
            tell(sent.parcel.order_id, told, "배송이 완료되었습니다.", "Your parcel is delivered.")
        }
        delivery::Published::DeliveryCancelled(sent) => {
            tell(sent.parcel.order_id, told, "배송이 취소되었습니다.", "Your delivery is cancelled.")
        }
    }
}

pub fn context() -> Context {
    message::context(8085, "orderId")
        .policy(who)
        .policy_with(when_order)
        .policy_with(when_sale)
        .policy_with(when_pay)
        .policy_with(when_delivery)
}
