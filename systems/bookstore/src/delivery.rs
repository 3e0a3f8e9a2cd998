//! delivery: brings accepted orders to their buyers. It knows the parcel from the order and the word from the seller, whichever comes first.
use super::{order, store};
use fulfilment::{Command, Fulfilment, Happened};
use kernel::{
    Collection, Context, Id, Name, Request, Then, event, form, labels, nothing, patch, record, refusal, then,
};
use store::sale;

#[record]
pub struct Parcel {
    pub delivery_id: Id,
    pub order_id: Id,
    pub product_id: Id,
    pub product_name: String,
    pub qty: u64,
    pub customer_id: Option<String>,
    pub delivery_address: Option<String>,
}

#[labels]
pub enum Status {
    DeliveryStarted,
    Delivered,
    DeliveryCancelled,
}

/// A delivery as it is shown and published.
#[record]
pub struct Sent {
    #[serde(flatten)]
    pub parcel: Parcel,
    pub delivery_state: Status,
}

#[event("delivery", private(ParcelKnown, ParcelReleased, StopHeld, StopLifted, DeliveryForgone))]
pub enum Event {
    DeliveryStarted(Sent),
    Delivered(Sent),
    DeliveryCancelled(Sent),
    /// Ordered: these are the goods.
    ParcelKnown(Parcel),
    /// Accepted by the seller.
    ParcelReleased,
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
    StateNotYours = NotAllowedNow,
    #[waits]
    StopInDoubt = Unavailable,
}

/// What is fulfilled, in bookstore's words.
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
        let state = match status {
            fulfilment::Status::Started => Status::DeliveryStarted,
            fulfilment::Status::Complete => Status::Delivered,
            fulfilment::Status::Cancelled => Status::DeliveryCancelled,
        };
        parcel.clone().at(state)
    }
}

impl From<Happened<Parcel>> for Event {
    fn from(happened: Happened<Parcel>) -> Event {
        match happened {
            Happened::Known(parcel) => Event::ParcelKnown(parcel),
            Happened::Released => Event::ParcelReleased,
            Happened::Started(parcel) => Event::DeliveryStarted(parcel.at(Status::DeliveryStarted)),
            Happened::StopHeld => Event::StopHeld,
            Happened::StopLifted => Event::StopLifted,
            Happened::Completed(parcel) => Event::Delivered(parcel.at(Status::Delivered)),
            Happened::Cancelled(parcel) | Happened::NotAvailable(parcel) => {
                Event::DeliveryCancelled(parcel.at(Status::DeliveryCancelled))
            }
            Happened::Forgone => Event::DeliveryForgone,
        }
    }
}

impl From<Event> for Happened<Parcel> {
    fn from(event: Event) -> Happened<Parcel> {
        match event {
            Event::ParcelKnown(parcel) => Happened::Known(parcel),
            Event::ParcelReleased => Happened::Released,
            Event::DeliveryStarted(sent) => Happened::Started(sent.parcel),
            Event::StopHeld => Happened::StopHeld,
            Event::StopLifted => Happened::StopLifted,
            Event::Delivered(sent) => Happened::Completed(sent.parcel),
            Event::DeliveryCancelled(sent) => Happened::Cancelled(sent.parcel),
            Event::DeliveryForgone => Happened::Forgone,
        }
    }
}

impl Parcel {
    pub fn at(self, delivery_state: Status) -> Sent {
        Sent { parcel: self, delivery_state }
    }
}

/// A new state for a delivery; a courier may only complete it.
#[form(example = r#"{ "deliveryState": "Delivered" }"#)]
pub struct Change {
    pub delivery_state: String,
}

fn change(request: &Request<Change>) -> Result<Then<Delivery>, Refusal> {
    match request.body.delivery_state.as_str() {
        "Delivered" => Ok(then(request.id, Command::Complete)),
        _ => Err(Refusal::StateNotYours),
    }
}

fn when_order(said: order::Published) -> Then<Delivery> {
    match said {
        order::Published::OrderPlaced(purchase) => then(purchase.order_id, Command::Know(parcel(purchase))),
        order::Published::OrderCancelled(purchase) => then(purchase.order_id, Command::Cancel),
    }
}

fn parcel(purchase: order::Purchase) -> Parcel {
    let order::Purchase { order_id, product_id, product_name, qty, customer_id, customer_addr, .. } = purchase;
    Parcel {
        delivery_id: order_id,
        order_id,
        product_id,
        product_name,
        qty,
        customer_id,
        delivery_address: customer_addr,
    }
}

fn when_sale(said: sale::Published) -> Then<Delivery> {
    match said {
        sale::Published::Accepted(verdict) => then(verdict.order_id, Command::Release),
        sale::Published::Rejected(_) => nothing(),
        sale::Published::StoreCancelled(_) => nothing(), // the cancel itself stops the delivery
    }
}

pub fn context() -> Context {
    let deliveries = Collection::new("deliveries", "delivery")
        .id_as("deliveryId")
        .id_as("orderId")
        .find_by("customerId", |sent: &Sent| sent.parcel.customer_id.as_deref());
    fulfilment::context::<Words>(8082, "orderId", deliveries)
        .route(
            patch("/deliveries/{deliveryId}")
                .changes("deliveries")
                .about("The courier has delivered.")
                .commanding(change),
        )
        .policy(when_order)
        .policy(when_sale)
}

#[cfg(test)]
pub(crate) mod tests;
