//! delivery: a paid order is on its way at once, until the courier completes it or the customer cancels. Of the two, it decides.
use super::{order, payment};
use fulfilment::{Command, Fulfilment, Happened};
use kernel::{
    Collection, Context, Id, Name, Request, Then, event, form, labels, nothing, patch, record, refusal, then,
};

#[record]
pub struct Parcel {
    pub delivery_id: Id,
    pub order_id: Id,
    pub user_id: String,
    pub prod_nm: String,
    pub qty: u64,
    pub address: String,
}

#[labels]
pub enum Status {
    #[serde(rename = "배송시작")]
    Started,
    #[serde(rename = "배송완료")]
    Completed,
    #[serde(rename = "배송취소")]
    Canceled,
}

/// A delivery as it is shown and published.
#[record]
pub struct Sent {
    #[serde(flatten)]
    pub parcel: Parcel,
    pub delivery_status: Status,
}

#[event("delivery")]
pub enum Event {
    DeliveryStarted(Sent),
    DeliveryCanceled(Sent),
    DeliveryCompleted(Sent),
    /// The goods are known.
    #[private]
    ParcelPacked(Parcel),
    #[private]
    OrderPaid,
    /// A cancel asked it to stop.
    #[private]
    StopHeld,
    /// That cancel came to nothing.
    #[private]
    StopLifted,
    /// Cancelled before it started.
    #[private]
    DeliveryForgone,
}

#[refusal]
pub enum Refusal {
    #[because(not_found, en = ["There is no such delivery.", "Check the deliveryId; a delivery starts as soon as its order is paid."],
        ko = ["그런 배송이 없습니다.", "deliveryId를 확인해 주세요. 배송은 주문이 결제되는 대로 시작됩니다."])]
    UnknownDelivery,
    #[because(not_allowed_now, en = ["This order is delivered.", "What is delivered can't be cancelled."],
        ko = ["이미 배송이 완료된 주문입니다.", "배송이 완료된 주문은 취소할 수 없습니다."])]
    AlreadyDelivered,
    #[because(not_allowed_now, en = ["This delivery is cancelled.", "Bring the goods back."],
        ko = ["취소된 배송입니다.", "상품을 다시 가져와 주세요."])]
    DeliveryOff,
    #[because(unavailable, waits, en = ["The customer is just cancelling this delivery.", "Try again in a moment."],
        ko = ["고객이 지금 이 배송을 취소하고 있습니다.", "잠시 후 다시 시도해 주세요."])]
    StopInDoubt,
    #[because(not_allowed_now, en = ["A client may only set the deliveryStatus 배송완료.", "Send {\"deliveryStatus\":\"배송완료\"} to complete; every other status follows from what happens."],
        ko = ["배송 상태는 배송완료로만 바꿀 수 있습니다.", "완료하려면 {\"deliveryStatus\":\"배송완료\"}를 보내 주세요. 다른 상태는 진행에 따라 정해집니다."])]
    StatusNotYours,
}

/// What is fulfilled, in fruit's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Words;
pub type Delivery = Fulfilment<Words>;
pub type Stop = fulfilment::Stop<Words>;

impl fulfilment::Words for Words {
    const KIND: Name = "delivery";
    const RULE: Name = "deliveries";
    const UNKNOWN: Refusal = Refusal::UnknownDelivery;
    const COMPLETE: Refusal = Refusal::AlreadyDelivered;
    const CANCELLED: Refusal = Refusal::DeliveryOff;
    const STOP_IN_DOUBT: Refusal = Refusal::StopInDoubt;
    type Goods = Parcel;
    type Event = Event;
    type Refusal = Refusal;
    type Row = Sent;

    fn row(parcel: &Parcel, status: fulfilment::Status) -> Sent {
        let status = match status {
            fulfilment::Status::Started => Status::Started,
            fulfilment::Status::Complete => Status::Completed,
            fulfilment::Status::Cancelled => Status::Canceled,
        };
        parcel.clone().at(status)
    }
}

impl From<Happened<Parcel>> for Event {
    fn from(happened: Happened<Parcel>) -> Event {
        match happened {
            Happened::Known(parcel) => Event::ParcelPacked(parcel),
            Happened::Released => Event::OrderPaid,
            Happened::Started(parcel) => Event::DeliveryStarted(parcel.at(Status::Started)),
            Happened::StopHeld => Event::StopHeld,
            Happened::StopLifted => Event::StopLifted,
            Happened::Completed(parcel) => Event::DeliveryCompleted(parcel.at(Status::Completed)),
            Happened::Cancelled(parcel) | Happened::NotAvailable(parcel) => {
                Event::DeliveryCanceled(parcel.at(Status::Canceled))
            }
            Happened::Forgone => Event::DeliveryForgone,
        }
    }
}

impl From<Event> for Happened<Parcel> {
    fn from(event: Event) -> Happened<Parcel> {
        match event {
            Event::ParcelPacked(parcel) => Happened::Known(parcel),
            Event::OrderPaid => Happened::Released,
            Event::DeliveryStarted(sent) => Happened::Started(sent.parcel),
            Event::StopHeld => Happened::StopHeld,
            Event::StopLifted => Happened::StopLifted,
            Event::DeliveryCompleted(sent) => Happened::Completed(sent.parcel),
            Event::DeliveryCanceled(sent) => Happened::Cancelled(sent.parcel),
            Event::DeliveryForgone => Happened::Forgone,
        }
    }
}

impl Parcel {
    pub fn at(self, delivery_status: Status) -> Sent {
        Sent { parcel: self, delivery_status }
    }
}

/// A new status for a delivery; a courier may only complete it.
#[form(example = r#"{ "deliveryStatus": "배송완료" }"#)]
pub struct Change {
    pub delivery_status: String,
}

fn change(request: &Request<Change>) -> Result<Then<Delivery>, Refusal> {
    match request.body.delivery_status.as_str() {
        "배송완료" => Ok(then(request.id, Command::Complete)),
        _ => Err(Refusal::StatusNotYours),
    }
}

fn when_order(said: order::Published) -> Then<Delivery> {
    match said {
        order::Published::OrderPlaced(order) => {
            let order::Order { order_id, user_id, prod_nm, qty, address, .. } = order;
            then(order_id, Command::Know(Parcel { delivery_id: order_id, order_id, user_id, prod_nm, qty, address }))
        }
        order::Published::OrderCanceled(order) => then(order.order_id, Command::Cancel),
    }
}

fn when_payment(said: payment::Published) -> Then<Delivery> {
    match said {
        payment::Published::PaymentApproved(paid) => then(paid.order_id, Command::Release),
        payment::Published::PaymentCanceled(_) => nothing(), // the cancel itself ends the delivery
    }
}

pub fn context() -> Context {
    let deliveries = Collection::new("deliveries", "delivery")
        .id_as("deliveryId")
        .id_as("orderId")
        .find_by("userId", |sent: &Sent| Some(&sent.parcel.user_id));
    fulfilment::context::<Words>(8084, "orderId", deliveries)
        .route(
            patch("/deliveries/{deliveryId}")
                .changes("deliveries")
                .about("The courier has delivered it.")
                .commanding(change),
        )
        .policy(when_order)
        .policy(when_payment)
}

#[cfg(test)]
pub(crate) mod tests;
