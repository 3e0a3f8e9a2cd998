//! payment, as stay names it.
use super::reservation::{self, Wish};
use kernel::{Collection, Context, Id, Then, Won, event, labels, nothing, record, then};
use payment::{Bill, Command, Hold, Payment};

#[event("payment")]
pub enum Published {
    PaymentApproved(Paid),
    PaymentCancelled(Paid),
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
    Approved,
    Cancelled,
}

/// What is paid for.
#[record]
pub struct Details {
    pub room_id: Id,
    pub car_id: Option<Id>,
}

impl payment::Naming for Published {
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
        let status = status.label(Status::Approved, Status::Cancelled);
        Paid { pay_id: bill.key, rsv_id: bill.key, room_id, car_id, amount: bill.amount, status }
    }
}

/// What reservation calls while its guest waits; nothing where nothing is to be paid.
pub fn hold(wish: &Wish) -> Option<Hold<Published>> {
    let amount = wish.amount.filter(|amount| *amount > Won::ZERO)?;
    Some(Hold::new(wish.rsv_id, amount, Details { room_id: wish.room_id, car_id: wish.car_id }))
}

fn when_reservation(event: reservation::Published) -> Then<Payment<Published>> {
    use reservation::Published;
    let (pay_id, command) = match event {
        Published::ReservationCreated(booking) => (booking.pay_id, Command::Take),
        Published::ReservationCancelRequested(booking) => (booking.pay_id, Command::Refund),
        Published::ReservationConfirmed(_) | Published::ReservationCancelled(_) => return nothing(),
    };
    pay_id.map_or_else(nothing, |pay_id| then(pay_id, command))
}

pub fn context() -> Context {
    let payments = Collection::new("payments", "payment")
        .id_as("payId")
        .id_as("rsvId")
        .sort_by("amount", |paid: &Paid| paid.amount.0);
    payment::context::<Published>(8081, "rsvId", payments).policy(when_reservation)
}

#[cfg(test)]
mod tests;
