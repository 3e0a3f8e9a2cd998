//! delivery: brings accepted orders to their buyers. It knows the parcel from the order and the word from the seller, whichever comes first.
use super::{order, store};
use kernel::{
    Aggregate, Collection, Context, Entry, Id, Name, Request, Shown, Then, event, form, nothing, patch, record,
    refusal, then, words,
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

#[words]
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

#[event("delivery")]
pub enum Event {
    DeliveryStarted(Sent),
    Delivered(Sent),
    DeliveryCancelled(Sent),
    /// Ordered: these are the goods.
    #[private]
    ParcelKnown(Parcel),
    /// Accepted by the seller.
    #[private]
    ParcelReleased,
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

#[derive(Debug)]
pub enum Command {
    Know(Parcel),
    Release,
    Stop,
    GoOn,
    Cancel,
    Deliver,
}

#[refusal]
pub enum Refusal {
    #[because(404, en = ["There is no such delivery.", "Check the deliveryId; a delivery starts when the seller accepts the order."],
        ko = ["그런 배송이 없습니다.", "deliveryId를 확인해 주세요. 배송은 판매자가 주문을 수락하면 시작됩니다."])]
    UnknownDelivery,
    #[because(409, en = ["This order is delivered.", "What is delivered can't be cancelled."],
        ko = ["이미 배송이 끝난 주문입니다.", "배송이 끝난 주문은 취소할 수 없습니다."])]
    AlreadyDelivered,
    #[because(409, en = ["This delivery is cancelled.", "Bring the parcel back to the store."],
        ko = ["취소된 배송입니다.", "상품을 서점으로 되돌려 주세요."])]
    DeliveryOff,
    #[because(409, en = ["A courier may only set the state Delivered.", "Send {\"deliveryState\":\"Delivered\"}; every other state follows from what happens."],
        ko = ["배송 상태는 Delivered로만 바꿀 수 있습니다.", "{\"deliveryState\":\"Delivered\"}를 보내 주세요. 다른 상태는 진행에 따라 정해집니다."])]
    StateNotYours,
    #[because(503, waits, en = ["The buyer is just cancelling this order.", "Try again in a moment."],
        ko = ["구매자가 지금 이 주문을 취소하고 있습니다.", "잠시 후 다시 시도해 주세요."])]
    StopInDoubt,
}

#[record]
pub enum Delivery {
    /// Started as soon as the parcel is known and released, and no cancel is in doubt.
    Waiting {
        parcel: Option<Parcel>,
        released: bool,
        stops: u32,
    },
    /// Under way, with this many cancels in doubt.
    Started {
        parcel: Parcel,
        stops: u32,
    },
    Delivered(Parcel),
    Cancelled(Parcel),
    Forgone,
}

impl Default for Delivery {
    fn default() -> Self {
        Delivery::Waiting { parcel: None, released: false, stops: 0 }
    }
}

impl Aggregate for Delivery {
    const KIND: Name = "delivery";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        use Delivery::{Cancelled, Delivered, Forgone, Started, Waiting};
        match (command, self) {
            (Command::Know(parcel), Waiting { parcel: None, .. }) => Ok(self.start_after(Event::ParcelKnown(parcel))),
            (Command::Know(_), Waiting { .. } | Started { .. } | Delivered(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Release, Waiting { released: false, .. }) => Ok(self.start_after(Event::ParcelReleased)),
            (Command::Release, Waiting { .. } | Started { .. } | Delivered(_)) => Ok(vec![]),
            (Command::Release, Cancelled(_) | Forgone) => Ok(vec![]), // Forgone: the cancel came first

            (Command::Stop, Waiting { .. } | Started { .. }) => Ok(vec![Event::StopHeld]),
            (Command::Stop, Cancelled(_) | Forgone) => Ok(vec![]),
            (Command::Stop, Delivered(_)) => Err(Refusal::AlreadyDelivered),

            (Command::GoOn, Waiting { stops: 1.., .. } | Started { stops: 1.., .. }) => {
                Ok(self.start_after(Event::StopLifted))
            }
            (Command::GoOn, Waiting { .. } | Started { .. } | Delivered(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Cancel, Started { parcel, .. }) => {
                Ok(vec![Event::DeliveryCancelled(parcel.clone().at(Status::DeliveryCancelled))])
            }
            (Command::Cancel, Waiting { .. }) => Ok(vec![Event::DeliveryForgone]),
            (Command::Cancel, Delivered(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Deliver, Started { parcel, stops: 0 }) => {
                Ok(vec![Event::Delivered(parcel.clone().at(Status::Delivered))])
            }
            (Command::Deliver, Started { .. }) => Err(Refusal::StopInDoubt),
            (Command::Deliver, Delivered(_)) => Ok(vec![]),
            (Command::Deliver, Cancelled(_)) => Err(Refusal::DeliveryOff),
            (Command::Deliver, Waiting { .. } | Forgone) => Err(Refusal::UnknownDelivery),
        }
    }

    fn evolve(self, event: Event) -> Self {
        use Delivery::{Cancelled, Delivered, Forgone, Started, Waiting};
        match (event, self) {
            (Event::DeliveryStarted(sent), _) => Started { parcel: sent.parcel, stops: 0 },
            (Event::Delivered(sent), _) => Delivered(sent.parcel),
            (Event::DeliveryCancelled(sent), _) => Cancelled(sent.parcel),
            (Event::ParcelKnown(known), Waiting { released, stops, .. }) => {
                Waiting { parcel: Some(known), released, stops }
            }
            (Event::ParcelReleased, Waiting { parcel, stops, .. }) => Waiting { parcel, released: true, stops },
            (Event::StopHeld, Waiting { parcel, released, stops }) => Waiting { parcel, released, stops: stops + 1 },
            (Event::StopHeld, Started { parcel, stops }) => Started { parcel, stops: stops + 1 },
            (Event::StopLifted, Waiting { parcel, released, stops }) => Waiting { parcel, released, stops: stops - 1 },
            (Event::StopLifted, Started { parcel, stops }) => Started { parcel, stops: stops - 1 },
            (Event::DeliveryForgone, _) => Forgone,
            (Event::ParcelKnown(_) | Event::ParcelReleased | Event::StopHeld | Event::StopLifted, same) => same,
        }
    }
}

impl Delivery {
    /// With this, all may be there that starts it: the parcel, the seller's word, and no cancel in doubt.
    fn start_after(&self, event: Event) -> Vec<Event> {
        match self.clone().evolve(event.clone()) {
            Delivery::Waiting { parcel: Some(parcel), released: true, stops: 0 } => {
                vec![event, Event::DeliveryStarted(parcel.at(Status::DeliveryStarted))]
            }
            Delivery::Waiting { .. } | Delivery::Started { .. } => vec![event],
            Delivery::Delivered(_) | Delivery::Cancelled(_) | Delivery::Forgone => vec![event],
        }
    }
}

impl Parcel {
    pub fn at(self, delivery_state: Status) -> Sent {
        Sent { parcel: self, delivery_state }
    }
}

/// The question order asks while its buyer waits to cancel.
#[record]
pub struct Stop {
    pub order_id: Id,
}

impl kernel::Call for Stop {
    const NAME: Name = "stop the delivery";
    const TO: Name = "delivery";
    type Answer = ();
}

fn stop(stop: Stop) -> Then<Delivery> {
    then(stop.order_id, Command::Stop)
}

fn go_on(stop: Stop) -> Then<Delivery> {
    then(stop.order_id, Command::GoOn)
}

/// A new state for a delivery; a courier may only complete it.
#[form]
pub struct Change {
    pub delivery_state: String,
}

fn change(request: &Request<Change>) -> Result<Then<Delivery>, Refusal> {
    match request.body.delivery_state.as_str() {
        "Delivered" => Ok(then(request.id, Command::Deliver)),
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

fn shown(_: Id, delivery: &Delivery) -> Shown<Sent> {
    match delivery.clone() {
        Delivery::Waiting { .. } | Delivery::Forgone => Shown::Hidden,
        Delivery::Started { parcel, .. } => Shown::Listed(parcel.at(Status::DeliveryStarted)),
        Delivery::Delivered(parcel) => Shown::Listed(parcel.at(Status::Delivered)),
        Delivery::Cancelled(parcel) => Shown::Listed(parcel.at(Status::DeliveryCancelled)),
    }
}

/// The other side of the seller's books; a stop belongs to a cancel on its way.
fn entries(id: Id, delivery: &Delivery) -> Vec<Entry> {
    let stops = |stops: &u32| Entry::new("stops", id, i64::from(*stops));
    match delivery {
        Delivery::Cancelled(_) | Delivery::Forgone => vec![],
        Delivery::Waiting { stops: held, .. } => vec![stops(held)],
        Delivery::Started { stops: held, .. } => vec![Entry::new("deliveries", id, -1), stops(held)],
        Delivery::Delivered(_) => vec![Entry::new("deliveries", id, -1)],
    }
}

pub fn context() -> Context {
    let deliveries = Collection::new("deliveries", "delivery")
        .id_as("deliveryId")
        .id_as("orderId")
        .find_by("customerId", |sent: &Sent| sent.parcel.customer_id.as_deref());
    Context::new("delivery", 8082)
        .keyed_by("orderId")
        .keeps::<Delivery>()
        .collection(deliveries.of_state(shown))
        .books::<Delivery>(entries)
        .answers::<Stop, Delivery>(stop, go_on, |_| ())
        .route(
            patch("/deliveries/{deliveryId}")
                .changes("deliveries")
                .about("The courier has delivered.")
                .commanding(change),
        )
        .hears(when_order)
        .hears(when_sale)
}

#[cfg(test)]
pub(crate) mod tests;
