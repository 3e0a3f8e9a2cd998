//! catch: a customer asks for a taxi at a price of their own. Unpaid, there is no catch.
use super::{payment, pickup};
use crate::CUSTOMER;
use kernel::{
    Collection, Context, Entry, Id, OPERATOR, Request, Saga, Shown, Then, Won, aggregate, event, form, labels, nothing,
    patch, post, record, refusal, saga, state, then,
};

/// A trip as its customer asked for it.
#[record]
#[derive(Default)]
pub struct Trip {
    pub id: Id,
    pub price: Won,
    pub starting_point: String,
    pub destination: String,
    pub customer: String,
}

#[event("catch", private(CatchMatched, CatchReopened))]
pub enum Event {
    CatchRequested(Trip),
    CatchCancelled { id: Id, customer: String },
    CatchMatched { driver: String },
    CatchReopened,
}

#[derive(Debug)]
pub enum Command {
    Request(Trip),
    Cancel,
    Assign { driver: String },
    Reopen,
}

#[refusal]
pub enum Refusal {
    UnknownCatch = NotFound,
    AlreadyRequested = NotAllowedNow,
    StatusNotYours = NotAllowedNow,
}

#[state]
pub enum Catch {
    New,
    Open(Trip),
    Matched { trip: Trip, driver: String },
    Cancelled(Trip),
}

#[aggregate("catch")]
impl Catch {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::Request(trip), Catch::New) => Ok(vec![Event::CatchRequested(trip)]),
            (Command::Request(_), _) => Err(Refusal::AlreadyRequested),

            (Command::Cancel, Catch::Open(trip) | Catch::Matched { trip, .. }) => {
                Ok(vec![Event::CatchCancelled { id: trip.id, customer: trip.customer.clone() }])
            }
            (Command::Cancel, Catch::Cancelled(_)) => Ok(vec![]),
            (Command::Cancel, Catch::New) => Err(Refusal::UnknownCatch),

            (Command::Assign { driver }, Catch::Open(_)) => Ok(vec![Event::CatchMatched { driver }]),
            (Command::Assign { .. }, Catch::Matched { .. }) => Ok(vec![]),
            (Command::Assign { .. }, Catch::Cancelled(_)) => Ok(vec![]), // a cancel wins: pickup hears of it and takes the match back
            (Command::Assign { .. }, Catch::New) => Err(Refusal::UnknownCatch),

            (Command::Reopen, Catch::Matched { .. }) => Ok(vec![Event::CatchReopened]),
            (Command::Reopen, Catch::Open(_) | Catch::Cancelled(_)) => Ok(vec![]),
            (Command::Reopen, Catch::New) => Err(Refusal::UnknownCatch),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match (event, self) {
            (Event::CatchRequested(trip), _) => Catch::Open(trip),
            (Event::CatchMatched { driver }, Catch::Open(trip)) => Catch::Matched { trip, driver },
            (Event::CatchReopened, Catch::Matched { trip, .. }) => Catch::Open(trip),
            (Event::CatchCancelled { .. }, Catch::Open(trip) | Catch::Matched { trip, .. }) => Catch::Cancelled(trip),
            (Event::CatchMatched { .. } | Event::CatchReopened | Event::CatchCancelled { .. }, same) => same,
        }
    }
}

/// What a customer sends.
#[form(
    example = r#"{ "price": 12000, "startingPoint": "Seoul Station", "destination": "City Hall", "customer": "kim" }"#
)]
pub struct Hail {
    pub price: Won,
    pub starting_point: String,
    pub destination: String,
    #[form(person)]
    pub customer: String,
}

/// Hold the fare, then the catch exists. What payment cannot hold was never asked for.
fn place() -> Saga<Trip, Catch> {
    saga("place a catch")
        .call("hold the fare", payment::hold, |trip, _| trip)
        .then(|trip: Trip| then(trip.id, Command::Request(trip)))
}

fn hail(request: &Request<Hail>) -> Result<Trip, Refusal> {
    let Hail { price, starting_point, destination, customer } = request.body.clone();
    Ok(Trip { id: request.id, price, starting_point, destination, customer })
}

/// A new status for a catch; a client may only cancel.
#[form(example = r#"{ "status": "Cancel" }"#)]
pub struct Change {
    pub status: String,
}

fn change(request: &Request<Change>) -> Result<Then<Catch>, Refusal> {
    match request.body.status.as_str() {
        "Cancel" => Ok(then(request.id, Command::Cancel)),
        _ => Err(Refusal::StatusNotYours),
    }
}

fn when_pickup(event: pickup::Published) -> Then<Catch> {
    match event {
        pickup::Published::PickupAssigned { match_id, driver, .. } => then(match_id, Command::Assign { driver }),
        pickup::Published::PickupCancelled { match_id, reason: pickup::Reason::Driver, .. } => {
            then(match_id, Command::Reopen)
        }
        pickup::Published::PickupCancelled { reason: pickup::Reason::Cancelled, .. } => nothing(),
    }
}

#[record]
pub struct Row {
    pub price: Won,
    pub starting_point: String,
    pub destination: String,
    pub customer: String,
    pub status: Status,
}

#[labels]
pub enum Status {
    Approve = "approve",
    PickupAssigned,
    Cancel,
}

fn shown(_: Id, catch: &Catch) -> Shown<Row> {
    let (trip, status) = match catch.clone() {
        Catch::New => return Shown::Hidden,
        Catch::Open(trip) => (trip, Status::Approve),
        Catch::Matched { trip, .. } => (trip, Status::PickupAssigned),
        Catch::Cancelled(trip) => (trip, Status::Cancel),
    };
    let Trip { price, starting_point, destination, customer, .. } = trip;
    Shown::Listed(Row { price, starting_point, destination, customer, status })
}

/// A catch that is not cancelled is paid for; open, it is on the drivers' list; matched, a driver has it.
fn entries(id: Id, catch: &Catch) -> Vec<Entry> {
    match catch {
        Catch::New | Catch::Cancelled(_) => vec![],
        Catch::Open(trip) => vec![Entry::new("money", id, trip.price.0), Entry::new("open", id, 1)],
        Catch::Matched { trip, .. } => vec![Entry::new("money", id, trip.price.0), Entry::new("matched", id, 1)],
    }
}

pub fn context() -> Context {
    let catches = Collection::new("catches", "catch")
        .id_as("matchId")
        .find_by("customer", |row: &Row| Some(&row.customer))
        .sort_by("price", |row| row.price.0)
        .read_by_owner(CUSTOMER);
    Context::new("catch", 8081)
        .keyed_by("matchId")
        .keeps::<Catch>()
        .collection(catches.of_state(shown))
        .ledger::<Catch>(entries)
        .route(
            post("/catches")
                .creates("catches")
                .by(CUSTOMER)
                .about("Hail a taxi at your own price.")
                .starting(place(), hail),
        )
        .route(
            patch("/catches/{id}")
                .changes("catches")
                .by_owner(CUSTOMER)
                .by(OPERATOR)
                .about("Cancel a request.")
                .commanding(change),
        )
        .policy(when_pickup)
}
