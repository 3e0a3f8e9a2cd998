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
    Started = "배송시작",
    Completed = "배송완료",
    Canceled = "배송취소",
}

/// A delivery as it is shown and published.
#[record]
pub struct Sent {
    #[serde(flatten)]
    pub parcel: Parcel,
    pub delivery_status: Status,
}

#[event("delivery", private(ParcelPacked, OrderPaid, StopHeld, StopLifted, DeliveryForgone))]
pub enum Event {
    DeliveryStarted(Sent),
    DeliveryCanceled(Sent),
    DeliveryCompleted(Sent),
    /// The goods are known.
    ParcelPacked(Parcel),
    OrderPaid,
    /// A cancel asked it to stop.
    StopHeld,
    /// That cancel came to nothing.
    StopLifted,
    /// Cancelled before it started.
    DeliveryForgone,
}

#[refusal]
pub enum Refusal {
    UnknownDelivery = NotFound,
    AlreadyDelivered = NotAllowedNow,
    DeliveryOff = NotAllowedNow,
    #[waits]
    StopInDoubt = Unavailable,
    StatusNotYours = NotAllowedNow,
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
