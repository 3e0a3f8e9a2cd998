//! payment, as stay names it.
use super::reservation::{self, Booking};
use crate::CUSTOMER;
use kernel::serde_json::{Value, json};
use kernel::{Collection, Context, Id, Then, Won, event, labels, nothing, record, then};
use payment::{Bill, Command, Hold, Payment};

#[event("payment", lift = lift)]
pub enum Published {
    #[version(2)]
    PaymentApproved(Paid),
    PaymentCancelled(Paid),
}

/// Version 1 said `approved`.
fn lift(_: &str, _: u32, mut body: Value) -> Value {
    body["status"] = json!(Status::Paid);
    body
}

/// A payment as it is shown and published.
#[record]
pub struct Paid {
    pub pay_id: Id,
    pub rsv_id: Id,
    pub room_id: Id,
    pub car_id: Option<Id>,
    pub amount: Won,
    pub status: Status,
}

#[labels]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Paid,
    Cancelled,
}

/// What is paid for.
#[record]
pub struct Details {
    pub room_id: Id,
    pub car_id: Option<Id>,
}

impl payment::Naming for Published {
    const VERSION: u32 = 2;
    type Details = Details;
    type Row = Paid;

    fn approved(bill: &Bill<Details>) -> Published {
        Published::PaymentApproved(Self::row(bill, payment::Status::Approved))
    }
    fn cancelled(bill: &Bill<Details>) -> Published {
        Published::PaymentCancelled(Self::row(bill, payment::Status::Cancelled))
    }
    fn row(bill: &Bill<Details>, status: payment::Status) -> Paid {
        let Details { room_id, car_id } = bill.details;
        let status = status.label(Status::Paid, Status::Cancelled);
        Paid { pay_id: bill.key, rsv_id: bill.key, room_id, car_id, amount: bill.amount, status }
    }
}

/// What reservation calls while its guest waits, unless it is more than can be paid.
pub fn hold(booking: &Booking) -> Option<Hold<Published>> {
    let &Booking { rsv_id, room_id, car_id, amount, .. } = booking;
    (amount <= Won::MAX).then(|| Hold::new(rsv_id, amount, Details { room_id, car_id }))
}

fn when_reservation(event: reservation::Published) -> Then<Payment<Published>> {
    use reservation::Published;
    match event {
        Published::ReservationCreated(booking) => then(booking.pay_id, Command::Take),
        Published::ReservationCancelRequested(booking) => then(booking.pay_id, Command::Refund),
        Published::ReservationConfirmed(_) | Published::ReservationCancelled(_) => nothing(),
    }
}

pub fn context() -> Context {
    let payments = Collection::new("payments", "payment")
        .id_as("payId")
        .id_as("rsvId")
        .sort_by("amount", |paid: &Paid| paid.amount.0)
        .read_by_owner(CUSTOMER);
    payment::context::<Published>(8081, "rsvId", payments).policy(when_reservation)
}

#[cfg(test)]
mod tests;
