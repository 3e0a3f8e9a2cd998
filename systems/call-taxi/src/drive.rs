//! drive: every paid call gets a taxi at once, unless it goes too far.
use super::{call, payment};
use crate::{CUSTOMER, DRIVER};
use fulfilment::{Command, Fulfilment};
use kernel::{Collection, Context, Id, Name, Request, Then, Won, form, labels, nothing, post, record, refusal, then};

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

fulfilment::events! {
    "drive": Taxi, shown as Driven.taxi,
    published {
        Started => DriveStarted, NotAvailable => DriveNotAvailable, Cancelled => DriveCancelled, Completed => DriveEnded
    }
    private { Known => TaxiFound, Released => TaxiReleased, Forgone => DriveForgone }
}

#[refusal]
pub enum Refusal {
    UnknownDrive = NotFound,
    DriveOver = NotAllowedNow,
    DriveOff = NotAllowedNow,
    #[waits]
    StopInDoubt = Unavailable,
}

pub type Drive = Fulfilment<Taxi>;
pub type Stop = fulfilment::Stop<Taxi>;

impl fulfilment::Naming for Taxi {
    const KIND: Name = "drive";
    const RULE: Name = "drives";
    const UNKNOWN: Refusal = Refusal::UnknownDrive;
    const COMPLETE: Refusal = Refusal::DriveOver;
    const CANCELLED: Refusal = Refusal::DriveOff;
    const STOP_IN_DOUBT: Refusal = Refusal::StopInDoubt;
    type Event = Event;
    type Refusal = Refusal;
    type Row = Driven;

    fn row(self, status: fulfilment::Status) -> Driven {
        self.at(status.label(Status::Started, Status::Ended, Status::Cancelled))
    }
    fn available(&self) -> bool {
        self.fare <= FARE_MAX
    }
}

impl Taxi {
    /// The taxi a call gets.
    pub fn new(call_id: Id, fare: Won) -> Taxi {
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

fn when_payment(event: payment::Published) -> Then<Drive> {
    match event {
        payment::Published::FarePaid { call_id, .. } => then(call_id, Command::Release),
        payment::Published::FareRefunded { .. } => nothing(), // the cancel itself stops the drive
    }
}

fn when_call(event: call::Published) -> Then<Drive> {
    match event {
        call::Published::CallPlaced(called) => {
            let taxi = Taxi::new(called.ride.call_id, called.ride.fare);
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
        .sort_by("fare", |driven: &Driven| driven.taxi.fare.0)
        .read_by_owner(CUSTOMER)
        .read_by(DRIVER);
    fulfilment::context::<Taxi>(8084, "callId", drives)
        .route(post("/drives/end").changes("drives").by(DRIVER).about("The driver has arrived.").commanding(end))
        .policy(when_payment)
        .policy(when_call)
}

#[cfg(test)]
mod tests;
