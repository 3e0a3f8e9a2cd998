//! delivery: brings accepted orders to their buyers. It knows the parcel from the order and the word from the seller, whichever comes first.
use super::{order, store};
use crate::{COURIER, CUSTOMER};
use fulfilment::{Command, Fulfilment};
use kernel::{Collection, Context, Id, Name, Request, Then, form, labels, nothing, patch, record, refusal, then};
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

fulfilment::events! {
    "delivery": Parcel, shown as Sent.parcel,
    published { Started => DeliveryStarted, Completed => Delivered, Cancelled | NotAvailable => DeliveryCancelled }
    private { Known => ParcelKnown, Released => ParcelReleased, Forgone => DeliveryForgone }
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

pub type Delivery = Fulfilment<Parcel>;
pub type Stop = fulfilment::Stop<Parcel>;

impl fulfilment::Naming for Parcel {
    const KIND: Name = "delivery";
    const RULE: Name = "deliveries";
    const UNKNOWN: Refusal = Refusal::UnknownDelivery;
    const COMPLETE: Refusal = Refusal::AlreadyDelivered;
    const CANCELLED: Refusal = Refusal::DeliveryOff;
    const STOP_IN_DOUBT: Refusal = Refusal::StopInDoubt;
    type Event = Event;
    type Refusal = Refusal;
    type Row = Sent;

    fn row(self, status: fulfilment::Status) -> Sent {
        Sent {
            parcel: self,
            delivery_state: status.label(Status::DeliveryStarted, Status::Delivered, Status::DeliveryCancelled),
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

fn when_order(event: order::Published) -> Then<Delivery> {
    match event {
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

fn when_sale(event: sale::Published) -> Then<Delivery> {
    match event {
        sale::Published::Accepted(verdict) => then(verdict.order_id, Command::Release),
        sale::Published::Rejected(_) => nothing(),
        sale::Published::StoreCancelled(_) => nothing(), // the cancel itself stops the delivery
    }
}

pub fn context() -> Context {
    let deliveries = Collection::new("deliveries", "delivery")
        .id_as("deliveryId")
        .id_as("orderId")
        .find_by("customerId", |sent: &Sent| sent.parcel.customer_id.as_deref())
        .read_by_owner(CUSTOMER)
        .read_by(COURIER);
    fulfilment::context::<Parcel>(8082, "orderId", deliveries)
        .route(
            patch("/deliveries/{deliveryId}")
                .changes("deliveries")
                .by(COURIER)
                .about("The courier has delivered.")
                .commanding(change),
        )
        .policy(when_order)
        .policy(when_sale)
}

#[cfg(test)]
pub(crate) mod tests;
