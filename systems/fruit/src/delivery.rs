//! delivery: a paid order is on its way at once, until the courier completes it or the customer cancels. Of the two, it decides.
use super::{order, payment};
use kernel::{
    Aggregate, Call, Collection, Context, Entry, Id, Name, Request, Shown, Then, event, form, nothing, patch, record,
    refusal, then, words,
};

/// A delivery as it is shown and published.
#[record]
pub struct Parcel {
    pub delivery_id: Id,
    pub order_id: Id,
    pub user_id: String,
    pub prod_nm: String,
    pub qty: u64,
    pub address: String,
    pub delivery_status: Status,
}

#[words]
pub enum Status {
    #[serde(rename = "배송시작")]
    Started,
    #[serde(rename = "배송완료")]
    Completed,
    #[serde(rename = "배송취소")]
    Canceled,
}

#[event("delivery")]
pub enum Event {
    DeliveryStarted(Parcel),
    DeliveryCanceled(Parcel),
    DeliveryCompleted(Parcel),
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

#[derive(Debug)]
pub enum Command {
    Pack(Parcel),
    Pay,
    Stop,
    GoOn,
    Cancel,
    Complete,
}

#[refusal]
pub enum Refusal {
    #[because(404, en = ["There is no such delivery.", "Check the deliveryId; a delivery starts as soon as its order is paid."],
        ko = ["그런 배송이 없습니다.", "deliveryId를 확인해 주세요. 배송은 주문이 결제되는 대로 시작됩니다."])]
    UnknownDelivery,
    #[because(409, en = ["This order is delivered.", "What is delivered can't be cancelled."],
        ko = ["이미 배송이 완료된 주문입니다.", "배송이 완료된 주문은 취소할 수 없습니다."])]
    AlreadyDelivered,
    #[because(409, en = ["This delivery is cancelled.", "Bring the goods back."],
        ko = ["취소된 배송입니다.", "상품을 다시 가져와 주세요."])]
    DeliveryOff,
    #[because(503, waits, en = ["The customer is just cancelling this delivery.", "Try again in a moment."],
        ko = ["고객이 지금 이 배송을 취소하고 있습니다.", "잠시 후 다시 시도해 주세요."])]
    StopInDoubt,
    #[because(409, en = ["A client may only set the deliveryStatus 배송완료.", "Send {\"deliveryStatus\":\"배송완료\"} to complete; every other status follows from what happens."],
        ko = ["배송 상태는 배송완료로만 바꿀 수 있습니다.", "완료하려면 {\"deliveryStatus\":\"배송완료\"}를 보내 주세요. 다른 상태는 진행에 따라 정해집니다."])]
    StatusNotYours,
}

#[record]
pub enum Delivery {
    /// What starts it may come in any order; a cancel in doubt keeps it waiting.
    Waiting {
        parcel: Option<Parcel>,
        paid: bool,
        stops: u32,
    },
    /// Under way, with this many cancels in doubt.
    Started {
        parcel: Parcel,
        stops: u32,
    },
    Completed(Parcel),
    Canceled(Parcel),
    Forgone,
}

impl Default for Delivery {
    fn default() -> Self {
        Delivery::Waiting { parcel: None, paid: false, stops: 0 }
    }
}

impl Aggregate for Delivery {
    const KIND: Name = "delivery";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        use Delivery::{Canceled, Completed, Forgone, Started, Waiting};
        match (command, self) {
            (Command::Pack(parcel), Waiting { parcel: None, .. }) => Ok(self.start_after(Event::ParcelPacked(parcel))),
            (Command::Pack(_), Waiting { .. } | Started { .. } | Completed(_) | Canceled(_) | Forgone) => Ok(vec![]),

            (Command::Pay, Waiting { paid: false, .. }) => Ok(self.start_after(Event::OrderPaid)),
            (Command::Pay, Waiting { .. } | Started { .. } | Completed(_) | Canceled(_) | Forgone) => Ok(vec![]),

            (Command::Stop, Waiting { .. } | Started { .. }) => Ok(vec![Event::StopHeld]),
            (Command::Stop, Canceled(_) | Forgone) => Ok(vec![]),
            (Command::Stop, Completed(_)) => Err(Refusal::AlreadyDelivered),

            (Command::GoOn, Waiting { stops: 1.., .. } | Started { stops: 1.., .. }) => {
                Ok(self.start_after(Event::StopLifted))
            }
            (Command::GoOn, Waiting { .. } | Started { .. } | Completed(_) | Canceled(_) | Forgone) => Ok(vec![]),

            (Command::Cancel, Started { parcel, .. }) => Ok(vec![Event::DeliveryCanceled(parcel.at(Status::Canceled))]),
            (Command::Cancel, Waiting { .. }) => Ok(vec![Event::DeliveryForgone]),
            (Command::Cancel, Completed(_) | Canceled(_) | Forgone) => Ok(vec![]),

            (Command::Complete, Started { parcel, stops: 0 }) => {
                Ok(vec![Event::DeliveryCompleted(parcel.at(Status::Completed))])
            }
            (Command::Complete, Started { .. }) => Err(Refusal::StopInDoubt),
            (Command::Complete, Completed(_)) => Ok(vec![]),
            (Command::Complete, Canceled(_)) => Err(Refusal::DeliveryOff),
            (Command::Complete, Waiting { .. } | Forgone) => Err(Refusal::UnknownDelivery),
        }
    }

    fn evolve(self, event: Event) -> Self {
        use Delivery::{Canceled, Completed, Forgone, Started, Waiting};
        match (event, self) {
            (Event::DeliveryStarted(parcel), _) => Started { parcel, stops: 0 },
            (Event::DeliveryCanceled(parcel), _) => Canceled(parcel),
            (Event::DeliveryCompleted(parcel), _) => Completed(parcel),
            (Event::ParcelPacked(parcel), Waiting { paid, stops, .. }) => Waiting { parcel: Some(parcel), paid, stops },
            (Event::OrderPaid, Waiting { parcel, stops, .. }) => Waiting { parcel, paid: true, stops },
            (Event::StopHeld, Waiting { parcel, paid, stops }) => Waiting { parcel, paid, stops: stops + 1 },
            (Event::StopHeld, Started { parcel, stops }) => Started { parcel, stops: stops + 1 },
            (Event::StopLifted, Waiting { parcel, paid, stops }) => Waiting { parcel, paid, stops: stops - 1 },
            (Event::StopLifted, Started { parcel, stops }) => Started { parcel, stops: stops - 1 },
            (Event::DeliveryForgone, _) => Forgone,
            (Event::ParcelPacked(_) | Event::OrderPaid | Event::StopHeld | Event::StopLifted, same) => same,
        }
    }
}

impl Delivery {
    /// With this, all may be there that starts it: the goods, the money, and no cancel in doubt.
    fn start_after(&self, event: Event) -> Vec<Event> {
        match self.clone().evolve(event.clone()) {
            Delivery::Waiting { parcel: Some(parcel), paid: true, stops: 0 } => {
                vec![event, Event::DeliveryStarted(parcel)]
            }
            Delivery::Waiting { .. } | Delivery::Started { .. } => vec![event],
            Delivery::Completed(_) | Delivery::Canceled(_) | Delivery::Forgone => vec![event],
        }
    }
}

impl Parcel {
    fn at(&self, delivery_status: Status) -> Parcel {
        Parcel { delivery_status, ..self.clone() }
    }
}

/// The question order asks while its customer waits to cancel.
#[record]
pub struct Stop {
    pub order_id: Id,
}

impl Call for Stop {
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

/// A new status for a delivery; a courier may only complete it.
#[form]
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
            let (delivery_id, delivery_status) = (order_id, Status::Started);
            let parcel = Parcel { delivery_id, order_id, user_id, prod_nm, qty, address, delivery_status };
            then(order_id, Command::Pack(parcel))
        }
        order::Published::OrderCanceled(order) => then(order.order_id, Command::Cancel),
    }
}

fn when_payment(said: payment::Published) -> Then<Delivery> {
    match said {
        payment::Published::PaymentApproved(paid) => then(paid.order_id, Command::Pay),
        payment::Published::PaymentCanceled(_) => nothing(), // the cancel itself ends the delivery
    }
}

fn shown(_: Id, delivery: &Delivery) -> Shown<Parcel> {
    match delivery.clone() {
        Delivery::Waiting { .. } | Delivery::Forgone => Shown::Hidden,
        Delivery::Started { parcel, .. } | Delivery::Completed(parcel) | Delivery::Canceled(parcel) => {
            Shown::Listed(parcel)
        }
    }
}

/// The other side of order's books; a stop belongs to a cancel on its way.
fn entries(id: Id, delivery: &Delivery) -> Vec<Entry> {
    let stops = |stops: &u32| Entry::new("stops", id, i64::from(*stops));
    match delivery {
        Delivery::Canceled(_) | Delivery::Forgone => vec![],
        Delivery::Waiting { stops: held, .. } => vec![stops(held)],
        Delivery::Started { stops: held, .. } => vec![Entry::new("deliveries", id, -1), stops(held)],
        Delivery::Completed(_) => vec![Entry::new("deliveries", id, -1)],
    }
}

pub fn context() -> Context {
    let deliveries = Collection::new("deliveries", "delivery")
        .id_as("deliveryId")
        .id_as("orderId")
        .find_by("userId", |parcel: &Parcel| Some(&parcel.user_id));
    Context::new("delivery", 8084)
        .keyed_by("orderId")
        .keeps::<Delivery>()
        .collection(deliveries.of_state(shown))
        .books::<Delivery>(entries)
        .answers::<Stop, Delivery>(stop, go_on, |_| ())
        .route(
            patch("/deliveries/{deliveryId}")
                .changes("deliveries")
                .about("The courier has delivered it.")
                .commanding(change),
        )
        .hears(when_order)
        .hears(when_payment)
}

#[cfg(test)]
pub(crate) mod tests;
