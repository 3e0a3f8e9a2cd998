//! drive: every paid call gets a taxi at once, unless it goes too far.
use super::{call, payment};
use fulfilment::{Command, Fulfilment, Happened};
use kernel::{
    Collection, Context, Id, Name, Request, Then, Won, event, form, labels, nothing, post, record, refusal, then,
};

/// The highest fare a taxi drives for.
pub const FARE_MAX: Won = Won(1_000_000);

/// A taxi as it was assigned to a call.
#[record]
pub struct Taxi {
    pub drive_id: Id,
    pub call_id: Id,
    pub driver_name: String,
    pub taxi_num: String,
    pub fare: Won,
}

#[labels]
pub enum Status {
    Started = "start",
    Ended = "end",
    Cancelled = "requestCancel",
}

/// A drive as it is shown and published.
#[record]
pub struct Driven {
    #[serde(flatten)]
    pub taxi: Taxi,
    pub drive_status: Status,
}

#[event("drive", private(StopHeld, StopLifted, TaxiFound, TaxiReleased, DriveForgone))]
pub enum Event {
    DriveStarted(Driven),
    DriveNotAvailable(Driven),
    DriveCancelled(Driven),
    DriveEnded(Driven),
    /// A cancel asked it to stop.
    StopHeld,
    /// That cancel came to nothing.
    StopLifted,
    /// This one is the call's.
    TaxiFound(Taxi),
    /// Paid.
    TaxiReleased,
    /// Cancelled before it started.
    DriveForgone,
}

#[refusal]
pub enum Refusal {
    UnknownDrive = NotFound,
    DriveOver = NotAllowedNow,
    DriveOff = NotAllowedNow,
    #[waits]
    StopInDoubt = Unavailable,
}

/// What is fulfilled, in call-taxi's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Words;
pub type Drive = Fulfilment<Words>;
pub type Stop = fulfilment::Stop<Words>;

impl fulfilment::Words for Words {
    const KIND: Name = "drive";
    const RULE: Name = "drives";
    const UNKNOWN: Refusal = Refusal::UnknownDrive;
    const COMPLETE: Refusal = Refusal::DriveOver;
    const CANCELLED: Refusal = Refusal::DriveOff;
    const STOP_IN_DOUBT: Refusal = Refusal::StopInDoubt;
    type Goods = Taxi;
    type Event = Event;
    type Refusal = Refusal;
    type Row = Driven;

    fn row(taxi: &Taxi, status: fulfilment::Status) -> Driven {
        let status = match status {
            fulfilment::Status::Started => Status::Started,
            fulfilment::Status::Complete => Status::Ended,
            fulfilment::Status::Cancelled => Status::Cancelled,
        };
        taxi.clone().at(status)
    }
    fn available(taxi: &Taxi) -> bool {
        taxi.fare <= FARE_MAX
    }
}

impl From<Happened<Taxi>> for Event {
    fn from(happened: Happened<Taxi>) -> Event {
        match happened {
            Happened::Known(taxi) => Event::TaxiFound(taxi),
            Happened::Released => Event::TaxiReleased,
            Happened::Started(taxi) => Event::DriveStarted(taxi.at(Status::Started)),
            Happened::NotAvailable(taxi) => Event::DriveNotAvailable(taxi.at(Status::Cancelled)),
            Happened::StopHeld => Event::StopHeld,
            Happened::StopLifted => Event::StopLifted,
            Happened::Completed(taxi) => Event::DriveEnded(taxi.at(Status::Ended)),
            Happened::Cancelled(taxi) => Event::DriveCancelled(taxi.at(Status::Cancelled)),
            Happened::Forgone => Event::DriveForgone,
        }
    }
}

impl From<Event> for Happened<Taxi> {
    fn from(event: Event) -> Happened<Taxi> {
        match event {
            Event::TaxiFound(taxi) => Happened::Known(taxi),
            Event::TaxiReleased => Happened::Released,
            Event::DriveStarted(driven) => Happened::Started(driven.taxi),
            Event::DriveNotAvailable(driven) => Happened::NotAvailable(driven.taxi),
            Event::StopHeld => Happened::StopHeld,
            Event::StopLifted => Happened::StopLifted,
            Event::DriveEnded(driven) => Happened::Completed(driven.taxi),
            Event::DriveCancelled(driven) => Happened::Cancelled(driven.taxi),
            Event::DriveForgone => Happened::Forgone,
        }
    }
}

impl Taxi {
    /// The taxi a call gets.
    pub fn of(call_id: Id, fare: Won) -> Taxi {
        let taxi_num: String = (u128::from(call_id.0) * 1111).to_string().chars().take(4).collect();
        Taxi { drive_id: call_id, call_id, driver_name: format!("driver{taxi_num}"), taxi_num, fare }
    }

    pub fn at(self, drive_status: Status) -> Driven {
        Driven { taxi: self, drive_status }
    }
}

/// Which drive has ended.
#[form(example = r#"{ "driveId": 1 }"#)]
pub struct End {
    pub drive_id: Id,
}

fn end(request: &Request<End>) -> Result<Then<Drive>, Refusal> {
    Ok(then(request.body.drive_id, Command::Complete))
}

fn when_payment(said: payment::Published) -> Then<Drive> {
    match said {
        payment::Published::FarePaid { call_id, .. } => then(call_id, Command::Release),
        payment::Published::FareRefunded { .. } => nothing(), // the cancel itself stops the drive
    }
}

fn when_call(said: call::Published) -> Then<Drive> {
    match said {
        call::Published::CallPlaced(called) => {
            let taxi = Taxi::of(called.ride.call_id, called.ride.fare);
            then(taxi.call_id, Command::Know(taxi))
        }
        call::Published::CallPayFailed(_) => nothing(),
        call::Published::CallCancelled(called) => then(called.ride.call_id, Command::Cancel),
    }
}

pub fn context() -> Context {
    let drives = Collection::new("drives", "drive")
        .id_as("driveId")
        .id_as("callId")
        .sort_by("fare", |driven: &Driven| driven.taxi.fare.0);
    fulfilment::context::<Words>(8084, "callId", drives)
        .route(post("/drives/end").changes("drives").about("The driver has arrived.").commanding(end))
        .policy(when_payment)
        .policy(when_call)
}

#[cfg(test)]
mod tests;
