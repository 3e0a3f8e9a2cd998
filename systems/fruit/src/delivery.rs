//! delivery: a paid order is on its way at once, until the courier completes it or the customer cancels. Of the two, it decides.
use super::{order, payment};
use crate::{COURIER, CUSTOMER};
use fulfilment::{Command, Fulfilment};
use kernel::{Collection, Context, Id, Name, Request, Then, form, labels, nothing, patch, record, refusal, then};

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

fulfilment::events! {
    "delivery": Parcel, shown as Sent.parcel,
    published { Started => DeliveryStarted, Cancelled | NotAvailable => DeliveryCanceled, Completed => DeliveryCompleted }
    private { Known => ParcelPacked, Released => OrderPaid, Forgone => DeliveryForgone }
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
        self.at(status.label(Status::Started, Status::Completed, Status::Canceled))
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

fn when_order(event: order::Published) -> Then<Delivery> {
    match event {
        order::Published::OrderPlaced(order) => {
            let order::Order { order_id, user_id, prod_nm, qty, address, .. } = order;
            then(order_id, Command::Know(Parcel { delivery_id: order_id, order_id, user_id, prod_nm, qty, address }))
        }
        order::Published::OrderCanceled(order) => then(order.order_id, Command::Cancel),
    }
}

fn when_payment(event: payment::Published) -> Then<Delivery> {
    match event {
        payment::Published::PaymentApproved(paid) => then(paid.order_id, Command::Release),
        payment::Published::PaymentCanceled(_) => nothing(), // the cancel itself ends the delivery
    }
}

pub fn context() -> Context {
    let deliveries = Collection::new("deliveries", "delivery")
        .id_as("deliveryId")
        .id_as("orderId")
        .find_by("userId", |sent: &Sent| Some(&sent.parcel.user_id))
        .read_by_owner(CUSTOMER)
        .read_by(COURIER);
    fulfilment::context::<Parcel>(8084, "orderId", deliveries)
        .route(
            patch("/deliveries/{deliveryId}")
                .changes("deliveries")
                .by(COURIER)
                .about("The courier has delivered it.")
                .commanding(change),
        )
        .policy(when_order)
        .policy(when_payment)
}

#[cfg(test)]
pub(crate) mod tests;
