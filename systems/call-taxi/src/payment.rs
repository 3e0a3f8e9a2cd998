//! payment, in call-taxi's words.
use super::call::{self, Ride};
use kernel::{CollectionBuilder, Context, Id, Name, Then, Won, event, labels, nothing, record, then};
use payment::{Bill, Command, Hold, Status};

#[event("payment")]
pub enum Said {
    FarePaid { pay_id: Id, call_id: Id, fare: Won },
    FareRefunded { pay_id: Id, call_id: Id, fare: Won },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Words;

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

impl payment::Words for Words {
    const CONTEXT: Name = "payment";
    const APPROVED: Name = "FarePaid";
    const CANCELLED: Name = "FareRefunded";
    type Details = ();
    type Published = Published;
    type Row = Row;

    fn approved(bill: &Bill<()>) -> Published {
        Published::FarePaid { pay_id: bill.key, call_id: bill.key, fare: bill.amount }
    }
    fn cancelled(bill: &Bill<()>) -> Published {
        Published::FareRefunded { pay_id: bill.key, call_id: bill.key, fare: bill.amount }
    }
    fn row(bill: &Bill<()>, status: Status) -> Row {
        let pay_status = match status {
            Status::Approved => PayStatus::Paid,
            Status::Cancelled => PayStatus::Refunded,
        };
        Row { fare: bill.amount, pay_status }
    }
    fn collection(rows: CollectionBuilder<Row>) -> CollectionBuilder<Row> {
        rows.id_as("payId").id_as("callId").sort_by("fare", |row| row.fare.0)
    }
}

/// The question call asks while its customer waits.
pub fn hold(ride: &Ride) -> Hold<Words> {
    Hold::new(ride.call_id, ride.fare, ())
}

fn when_call(said: call::Published) -> Then<payment::Payment<Words>> {
    match said {
        call::Published::CallPlaced(called) => then(called.ride.call_id, Command::Take),
        call::Published::CallPayFailed(_) => nothing(), // what was held is voided
        call::Published::CallCancelled(called) => then(called.ride.call_id, Command::Refund),
    }
}

pub fn context() -> Context {
    payment::context::<Words>(8083, "callId").policy(when_call)
}

#[cfg(test)]
mod tests;
