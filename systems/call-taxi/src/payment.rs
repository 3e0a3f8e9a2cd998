//! payment, as call-taxi names it.
use super::call::{self, Ride};
use crate::CUSTOMER;
use kernel::{Collection, Context, Id, Then, Won, event, labels, nothing, record, then};
use payment::{Bill, Command, Hold, Payment, Status};

#[event("payment")]
pub enum Published {
    FarePaid { pay_id: Id, call_id: Id, fare: Won },
    FareRefunded { pay_id: Id, call_id: Id, fare: Won },
}

#[record]
pub struct Row {
    pub fare: Won,
    pub pay_status: PayStatus,
}

#[labels]
pub enum PayStatus {
    Paid = "paid",
    Refunded = "refunded",
}

impl payment::Naming for Published {
    type Details = ();
    type Row = Row;

    fn approved(bill: &Bill<()>) -> Published {
        Published::FarePaid { pay_id: bill.key, call_id: bill.key, fare: bill.amount }
    }
    fn cancelled(bill: &Bill<()>) -> Published {
        Published::FareRefunded { pay_id: bill.key, call_id: bill.key, fare: bill.amount }
    }
    fn row(bill: &Bill<()>, status: Status) -> Row {
        Row { fare: bill.amount, pay_status: status.label(PayStatus::Paid, PayStatus::Refunded) }
    }
}

/// What call calls while its customer waits.
pub fn hold(ride: &Ride) -> Hold<Published> {
    Hold::new(ride.call_id, ride.fare, ())
}

fn when_call(event: call::Published) -> Then<Payment<Published>> {
    match event {
        call::Published::CallPlaced(called) => then(called.ride.call_id, Command::Take),
        call::Published::CallPayFailed(_) => nothing(), // what was held is voided
        call::Published::CallCancelled(called) => then(called.ride.call_id, Command::Refund),
    }
}

pub fn context() -> Context {
    let payments = Collection::new("payments", "payment")
        .id_as("payId")
        .id_as("callId")
        .sort_by("fare", |row: &Row| row.fare.0)
        .read_by_owner(CUSTOMER);
    payment::context::<Published>(8083, "callId", payments).policy(when_call)
}

#[cfg(test)]
mod tests;
