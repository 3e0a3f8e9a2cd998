//! call: a customer calls a taxi for a distance. A call that can't be paid is kept as failed, and nothing else ever happens for it.
use super::{drive, payment};
use crate::CUSTOMER;
use kernel::{
    Collection, Context, Decimal, Entry, Id, OPERATOR, Request, Saga, Shown, Then, Won, aggregate, event, form, labels,
    nothing, post, record, refusal, saga, state, then,
};

/// What a distance of one costs.
pub const FARE_OF_ONE: Won = Won(10_000);

/// A ride as its customer called for it.
#[record]
pub struct Ride {
    pub call_id: Id,
    pub user_id: String,
    pub user_name: String,
    pub distance: Decimal,
    pub fare: Won,
}

#[labels]
pub enum Status {
    Requested = "driveRequest",
    Started = "driveStart",
    Complete = "driveComplete",
    Cancelled = "requestCancel",
    PayFailed = "payFail",
}

/// A call as it is shown and published.
#[record]
pub struct Called {
    #[serde(flatten)]
    pub ride: Ride,
    pub call_status: Status,
}

#[event("call", private(CallStarted, CallCompleted))]
pub enum Event {
    CallPlaced(Called),
    CallPayFailed(Called),
    CallCancelled(Called),
    CallStarted,
    CallCompleted,
}

#[derive(Debug)]
pub enum Command {
    Place(Ride),
    Fail(Ride),
    Cancel,
    Start,
    Complete,
}

#[refusal]
pub enum Refusal {
    UnknownCall = NotFound,
    AlreadyCalled = NotAllowedNow,
    AlreadyComplete = NotAllowedNow,
    NeverPaid = NotAllowedNow,
    FareTooHigh = NotAllowedNow,
}

#[state]
pub enum Call {
    New,
    Requested(Ride),
    Started(Ride),
    Complete(Ride),
    Cancelled(Ride),
    Failed(Ride),
}

#[aggregate("call")]
impl Call {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::Place(ride), Call::New) => Ok(vec![Event::CallPlaced(ride.at(Status::Requested))]),
            (Command::Place(_), _) => Err(Refusal::AlreadyCalled),

            (Command::Fail(ride), Call::New) => Ok(vec![Event::CallPayFailed(ride.at(Status::PayFailed))]),
            (Command::Fail(_), _) => Err(Refusal::AlreadyCalled),

            (Command::Cancel, Call::Requested(ride) | Call::Started(ride)) => {
                Ok(vec![Event::CallCancelled(ride.clone().at(Status::Cancelled))])
            }
            (Command::Cancel, Call::Cancelled(_)) => Ok(vec![]),
            (Command::Cancel, Call::Complete(_)) => Err(Refusal::AlreadyComplete),
            (Command::Cancel, Call::Failed(_)) => Err(Refusal::NeverPaid),
            (Command::Cancel, Call::New) => Err(Refusal::UnknownCall),

            (Command::Start, Call::Requested(_)) => Ok(vec![Event::CallStarted]),
            (Command::Start, Call::Started(_) | Call::Complete(_) | Call::Failed(_)) => Ok(vec![]),
            (Command::Start, Call::Cancelled(_)) => Ok(vec![]), // a cancelled call stays so, whatever its drive does
            (Command::Start, Call::New) => Err(Refusal::UnknownCall),

            (Command::Complete, Call::Requested(_) | Call::Started(_)) => Ok(vec![Event::CallCompleted]),
            (Command::Complete, Call::Complete(_) | Call::Cancelled(_) | Call::Failed(_)) => Ok(vec![]),
            (Command::Complete, Call::New) => Err(Refusal::UnknownCall),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match (event, self) {
            (Event::CallPlaced(called), _) => Call::Requested(called.ride),
            (Event::CallPayFailed(called), _) => Call::Failed(called.ride),
            (Event::CallCancelled(called), _) => Call::Cancelled(called.ride),
            (Event::CallStarted, Call::Requested(ride)) => Call::Started(ride),
            (Event::CallCompleted, Call::Requested(ride) | Call::Started(ride)) => Call::Complete(ride),
            (Event::CallStarted | Event::CallCompleted, same) => same,
        }
    }
}

impl Ride {
    pub fn at(self, call_status: Status) -> Called {
        Called { ride: self, call_status }
    }
}

/// What a customer sends.
#[form(example = r#"{ "userId": "kim", "userName": "Kim", "distance": 12.5 }"#)]
pub struct Order {
    #[form(person)]
    pub user_id: String,
    pub user_name: String,
    pub distance: Decimal,
}

/// Hold the fare, then the call is placed. Where payment declines, fails or is too slow, the call is kept as failed.
fn place() -> Saga<Ride, Call> {
    saga("place a call")
        .call("hold the fare", payment::hold, |ride, _| ride)
        .then(|ride: Ride| then(ride.call_id, Command::Place(ride)))
        .fallback(|ride| then(ride.call_id, Command::Fail(ride)))
}

fn order(request: &Request<Order>) -> Result<Ride, Refusal> {
    let Order { user_id, user_name, distance } = request.body.clone();
    let fare = distance.times(FARE_OF_ONE).ok_or(Refusal::FareTooHigh)?;
    Ok(Ride { call_id: request.id, user_id, user_name, distance, fare })
}

/// Which call to cancel.
#[form(example = r#"{ "callId": 1 }"#)]
pub struct Cancel {
    pub call_id: Id,
}

/// Ask the drive to stop, then the call is cancelled. What has ended is not cancelled any more.
fn cancel() -> Saga<Id, Call> {
    saga("cancel a call")
        .call("stop the drive", |call_id: &Id| drive::Stop::new(*call_id), |call_id, ()| call_id)
        .then(|call_id| then(call_id, Command::Cancel))
}

fn which(request: &Request<Cancel>) -> Result<Id, Refusal> {
    Ok(request.body.call_id)
}

fn when_drive(event: drive::Published) -> Then<Call> {
    match event {
        drive::Published::DriveStarted(driven) => then(driven.taxi.call_id, Command::Start),
        drive::Published::DriveEnded(driven) => then(driven.taxi.call_id, Command::Complete),
        drive::Published::DriveNotAvailable(driven) => then(driven.taxi.call_id, Command::Cancel),
        drive::Published::DriveCancelled(_) => nothing(), // it is cancelled because the call is
    }
}

fn shown(_: Id, call: &Call) -> Shown<Called> {
    match call.clone() {
        Call::New => Shown::Hidden,
        Call::Requested(ride) => Shown::Listed(ride.at(Status::Requested)),
        Call::Started(ride) => Shown::Listed(ride.at(Status::Started)),
        Call::Complete(ride) => Shown::Listed(ride.at(Status::Complete)),
        Call::Cancelled(ride) => Shown::Listed(ride.at(Status::Cancelled)),
        Call::Failed(ride) => Shown::Listed(ride.at(Status::PayFailed)),
    }
}

/// A call neither cancelled nor failed is paid for, and has a drive.
fn entries(id: Id, call: &Call) -> Vec<Entry> {
    match call {
        Call::New | Call::Cancelled(_) | Call::Failed(_) => vec![],
        Call::Requested(ride) | Call::Started(ride) | Call::Complete(ride) => {
            vec![Entry::new("money", id, ride.fare.0), Entry::new("drives", id, 1)]
        }
    }
}

pub fn context() -> Context {
    let calls = Collection::new("calls", "call")
        .id_as("callId")
        .find_by("userId", |called: &Called| Some(&called.ride.user_id))
        .sort_by("fare", |called| called.ride.fare.0)
        .sort_by("distance", |called| called.ride.distance.ten_thousandths())
        .read_by_owner(CUSTOMER);
    Context::new("call", 8082)
        .keyed_by("callId")
        .keeps::<Call>()
        .collection(calls.of_state(shown))
        .ledger::<Call>(entries)
        .route(
            post("/calls").creates("calls").by(CUSTOMER).about("Call a taxi for a distance.").starting(place(), order),
        )
        .route(
            post("/calls/cancel")
                .changes("calls")
                .by_owner(CUSTOMER)
                .by(OPERATOR)
                .about("Cancel a call.")
                .starting(cancel(), which),
        )
        .policy(when_drive)
}

#[cfg(test)]
pub(crate) mod tests;
