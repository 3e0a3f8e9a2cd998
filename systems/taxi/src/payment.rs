//! payment, as taxi names it.
use super::catch::{self, Trip};
use crate::CUSTOMER;
use kernel::{Collection, Context, Id, Then, Won, event, labels, record, then};
use payment::{Bill, Command, Hold, Payment, Status};

#[event("payment")]
pub enum Published {
    PaymentApproved { match_id: Id, price: Won, customer: String, starting_point: String, destination: String },
    PaymentCancelled { match_id: Id, price: Won, customer: String },
}

// What a driver is told when it is paid. No doc comment: it would describe the row in the contract.
#[record]
pub struct Details {
    pub customer: String,
    pub starting_point: String,
    pub destination: String,
}

#[record]
pub struct Row {
    pub price: Won,
    pub payment_action: Action,
    #[serde(flatten)]
    pub details: Details,
}

#[labels]
pub enum Action {
    Approved,
    Cancel,
}

impl payment::Naming for Published {
    type Details = Details;
    type Row = Row;

    fn approved(bill: &Bill<Details>) -> Published {
        let Details { customer, starting_point, destination } = bill.details.clone();
        Published::PaymentApproved { match_id: bill.key, price: bill.amount, customer, starting_point, destination }
    }
    fn cancelled(bill: &Bill<Details>) -> Published {
        Published::PaymentCancelled { match_id: bill.key, price: bill.amount, customer: bill.details.customer.clone() }
    }
    fn row(bill: &Bill<Details>, status: Status) -> Row {
        let payment_action = status.label(Action::Approved, Action::Cancel);
        Row { price: bill.amount, payment_action, details: bill.details.clone() }
    }
}

/// What catch calls while its customer waits.
pub fn hold(trip: &Trip) -> Hold<Published> {
    let Trip { id, price, starting_point, destination, customer } = trip.clone();
    Hold::new(id, price, Details { customer, starting_point, destination })
}

fn when_catch(event: catch::Published) -> Then<Payment<Published>> {
    match event {
        catch::Published::CatchRequested(trip) => then(trip.id, Command::Take),
        catch::Published::CatchCancelled { id, .. } => then(id, Command::Refund),
    }
}

pub fn context() -> Context {
    let payments = Collection::new("payments", "payment")
        .id_as("matchId")
        .find_by("customer", |row: &Row| Some(&row.details.customer))
        .sort_by("price", |row| row.price.0)
        .read_by_owner(CUSTOMER);
    payment::context::<Published>(8083, "matchId", payments).policy(when_catch)
}
