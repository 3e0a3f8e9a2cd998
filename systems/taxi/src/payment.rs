//! payment, in taxi's words.
use super::catch::{self, Trip};
use kernel::{CollectionBuilder, Context, Id, Name, Then, Won, event, labels, record, then};
use payment::{Bill, Command, Hold, Status};

#[event("payment")]
pub enum Said {
    PaymentApproved { match_id: Id, price: Won, customer: String, starting_point: String, destination: String },
    PaymentCancelled { match_id: Id, price: Won, customer: String },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Words;

/// What a driver is told when it is paid.
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
    pub customer: String,
    pub starting_point: String,
    pub destination: String,
}

#[labels]
pub enum Action {
    Approved,
    Cancel,
}

impl payment::Words for Words {
    const CONTEXT: Name = "payment";
    const APPROVED: Name = "PaymentApproved";
    const CANCELLED: Name = "PaymentCancelled";
    type Details = Details;
    type Published = Published;
    type Row = Row;

    fn approved(bill: &Bill<Details>) -> Published {
        let Details { customer, starting_point, destination } = bill.details.clone();
        Published::PaymentApproved { match_id: bill.key, price: bill.amount, customer, starting_point, destination }
    }
    fn cancelled(bill: &Bill<Details>) -> Published {
        Published::PaymentCancelled { match_id: bill.key, price: bill.amount, customer: bill.details.customer.clone() }
    }
    fn row(bill: &Bill<Details>, status: Status) -> Row {
        let Details { customer, starting_point, destination } = bill.details.clone();
        let payment_action = match status {
            Status::Approved => Action::Approved,
            Status::Cancelled => Action::Cancel,
        };
        Row { price: bill.amount, payment_action, customer, starting_point, destination }
    }
    fn collection(rows: CollectionBuilder<Row>) -> CollectionBuilder<Row> {
        rows.id_as("matchId").find_by("customer", |row| Some(&row.customer)).sort_by("price", |row| row.price.0)
    }
}

/// The question catch asks while its customer waits.
pub fn hold(trip: &Trip) -> Hold<Words> {
    let Trip { id, price, starting_point, destination, customer } = trip.clone();
    Hold::new(id, price, Details { customer, starting_point, destination })
}

fn when_catch(said: catch::Published) -> Then<payment::Payment<Words>> {
    match said {
        catch::Published::CatchRequested(trip) => then(trip.id, Command::Take),
        catch::Published::CatchCancelled { id, .. } => then(id, Command::Refund),
    }
}

pub fn context() -> Context {
    payment::context::<Words>(8083, "matchId").policy(when_catch)
}
