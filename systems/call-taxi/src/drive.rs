//! drive: every paid call gets a taxi at once, unless it goes too far.
use super::{call, payment};
use kernel::{
    Aggregate, Collection, Context, Entry, Id, Name, Request, Shown, Then, Won, event, form, nothing, post, record,
    refusal, then, words,
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

#[words]
pub enum Status {
    #[serde(rename = "start")]
    Started,
    #[serde(rename = "end")]
    Ended,
    #[serde(rename = "requestCancel")]
    Cancelled,
}

/// A drive as it is shown and published.
#[record]
pub struct Driven {
    #[serde(flatten)]
    pub taxi: Taxi,
    pub drive_status: Status,
}

#[event("drive")]
pub enum Event {
    DriveStarted(Driven),
    DriveNotAvailable(Driven),
    DriveCancelled(Driven),
    DriveEnded(Driven),
    /// A cancel asked it to stop.
    #[private]
    StopHeld,
    /// That cancel came to nothing.
    #[private]
    StopLifted,
    /// Paid: this one is the call's.
    #[private]
    TaxiFound(Taxi),
    /// Cancelled before it started.
    #[private]
    DriveForgone,
}

#[derive(Debug)]
pub enum Command {
    Assign(Taxi),
    Stop,
    GoOn,
    Cancel,
    End,
}

#[refusal]
pub enum Refusal {
    #[because(404, en = ["There is no such drive.", "Check the driveId; a drive starts as soon as its call is paid."],
        ko = ["그런 운행이 없습니다.", "driveId를 확인해 주세요. 운행은 호출이 결제되는 대로 시작됩니다."])]
    UnknownDrive,
    #[because(409, en = ["This drive has ended.", "What has ended can't be cancelled."],
        ko = ["이미 끝난 운행입니다.", "끝난 운행은 취소할 수 없습니다."])]
    DriveOver,
    #[because(409, en = ["This drive is cancelled.", "Wait for another call."],
        ko = ["취소된 운행입니다.", "다른 호출을 기다려 주세요."])]
    DriveOff,
    #[because(503, waits, en = ["The customer is just cancelling this drive.", "Try again in a moment."],
        ko = ["고객이 지금 이 운행을 취소하고 있습니다.", "잠시 후 다시 시도해 주세요."])]
    StopInDoubt,
}

#[record]
pub enum Drive {
    /// Not paid yet, or kept waiting by a cancel in doubt.
    Waiting {
        taxi: Option<Taxi>,
        stops: u32,
    },
    /// Under way, with this many cancels in doubt.
    Started {
        taxi: Taxi,
        stops: u32,
    },
    Ended(Taxi),
    NotAvailable(Taxi),
    Cancelled(Taxi),
    Forgone,
}

impl Default for Drive {
    fn default() -> Self {
        Drive::Waiting { taxi: None, stops: 0 }
    }
}

impl Aggregate for Drive {
    const KIND: Name = "drive";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        use Drive::{Cancelled, Ended, Forgone, NotAvailable, Started, Waiting};
        match (command, self) {
            (Command::Assign(taxi), Waiting { taxi: None, .. }) => Ok(self.start_after(Event::TaxiFound(taxi))),
            (Command::Assign(_), Waiting { .. } | Started { .. } | Ended(_)) => Ok(vec![]),
            (Command::Assign(_), NotAvailable(_) | Cancelled(_) | Forgone) => Ok(vec![]), // Forgone: the cancel came first

            (Command::Stop, Waiting { .. } | Started { .. }) => Ok(vec![Event::StopHeld]),
            (Command::Stop, NotAvailable(_) | Cancelled(_) | Forgone) => Ok(vec![]),
            (Command::Stop, Ended(_)) => Err(Refusal::DriveOver),

            (Command::GoOn, Waiting { stops: 1.., .. } | Started { stops: 1.., .. }) => {
                Ok(self.start_after(Event::StopLifted))
            }
            (Command::GoOn, Waiting { .. } | Started { .. } | Ended(_)) => Ok(vec![]),
            (Command::GoOn, NotAvailable(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Cancel, Started { taxi, .. }) => {
                Ok(vec![Event::DriveCancelled(taxi.clone().at(Status::Cancelled))])
            }
            (Command::Cancel, Waiting { .. }) => Ok(vec![Event::DriveForgone]),
            (Command::Cancel, Ended(_) | NotAvailable(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::End, Started { taxi, stops: 0 }) => Ok(vec![Event::DriveEnded(taxi.clone().at(Status::Ended))]),
            (Command::End, Started { .. }) => Err(Refusal::StopInDoubt),
            (Command::End, Ended(_)) => Ok(vec![]),
            (Command::End, NotAvailable(_) | Cancelled(_)) => Err(Refusal::DriveOff),
            (Command::End, Waiting { .. } | Forgone) => Err(Refusal::UnknownDrive),
        }
    }

    fn evolve(self, event: Event) -> Self {
        use Drive::{Cancelled, Ended, Forgone, NotAvailable, Started, Waiting};
        match (event, self) {
            (Event::DriveStarted(driven), _) => Started { taxi: driven.taxi, stops: 0 },
            (Event::DriveNotAvailable(driven), _) => NotAvailable(driven.taxi),
            (Event::DriveCancelled(driven), _) => Cancelled(driven.taxi),
            (Event::DriveEnded(driven), _) => Ended(driven.taxi),
            (Event::TaxiFound(taxi), Waiting { stops, .. }) => Waiting { taxi: Some(taxi), stops },
            (Event::StopHeld, Waiting { taxi, stops }) => Waiting { taxi, stops: stops + 1 },
            (Event::StopHeld, Started { taxi, stops }) => Started { taxi, stops: stops + 1 },
            (Event::StopLifted, Waiting { taxi, stops }) => Waiting { taxi, stops: stops - 1 },
            (Event::StopLifted, Started { taxi, stops }) => Started { taxi, stops: stops - 1 },
            (Event::DriveForgone, _) => Forgone,
            (Event::TaxiFound(_) | Event::StopHeld | Event::StopLifted, same) => same,
        }
    }
}

impl Drive {
    /// With this, all may be there that starts it: a taxi, and no cancel in doubt.
    fn start_after(&self, event: Event) -> Vec<Event> {
        match self.clone().evolve(event.clone()) {
            Drive::Waiting { taxi: Some(taxi), stops: 0 } if taxi.fare > FARE_MAX => {
                vec![event, Event::DriveNotAvailable(taxi.at(Status::Cancelled))]
            }
            Drive::Waiting { taxi: Some(taxi), stops: 0 } => {
                vec![event, Event::DriveStarted(taxi.at(Status::Started))]
            }
            Drive::Waiting { .. } | Drive::Started { .. } | Drive::Ended(_) => vec![event],
            Drive::NotAvailable(_) | Drive::Cancelled(_) | Drive::Forgone => vec![event],
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

/// The question call asks while its customer waits to cancel.
#[record]
pub struct Stop {
    pub call_id: Id,
}

impl kernel::Call for Stop {
    const NAME: Name = "stop the drive";
    const TO: Name = "drive";
    type Answer = ();
}

fn stop(stop: Stop) -> Then<Drive> {
    then(stop.call_id, Command::Stop)
}

fn go_on(stop: Stop) -> Then<Drive> {
    then(stop.call_id, Command::GoOn)
}

/// Which drive has ended.
#[form]
pub struct End {
    pub drive_id: Id,
}

fn end(request: &Request<End>) -> Result<Then<Drive>, Refusal> {
    Ok(then(request.body.drive_id, Command::End))
}

fn when_payment(said: payment::Published) -> Then<Drive> {
    match said {
        payment::Published::FarePaid { call_id, fare, .. } => then(call_id, Command::Assign(Taxi::of(call_id, fare))),
        payment::Published::FareRefunded { .. } => nothing(), // the cancel itself stops the drive
    }
}

fn when_call(said: call::Published) -> Then<Drive> {
    match said {
        call::Published::CallPlaced(_) => nothing(), // assigned when it is paid
        call::Published::CallPayFailed(_) => nothing(),
        call::Published::CallCancelled(called) => then(called.ride.call_id, Command::Cancel),
    }
}

fn shown(_: Id, drive: &Drive) -> Shown<Driven> {
    match drive.clone() {
        Drive::Waiting { .. } | Drive::Forgone => Shown::Hidden,
        Drive::Started { taxi, .. } => Shown::Listed(taxi.at(Status::Started)),
        Drive::Ended(taxi) => Shown::Listed(taxi.at(Status::Ended)),
        Drive::NotAvailable(taxi) | Drive::Cancelled(taxi) => Shown::Listed(taxi.at(Status::Cancelled)),
    }
}

/// The other side of call's books; a stop belongs to a cancel on its way.
fn entries(id: Id, drive: &Drive) -> Vec<Entry> {
    let stops = |stops: &u32| Entry::new("stops", id, i64::from(*stops));
    match drive {
        Drive::NotAvailable(_) | Drive::Cancelled(_) | Drive::Forgone => vec![],
        Drive::Waiting { stops: held, .. } => vec![stops(held)],
        Drive::Started { stops: held, .. } => vec![Entry::new("drives", id, -1), stops(held)],
        Drive::Ended(_) => vec![Entry::new("drives", id, -1)],
    }
}

pub fn context() -> Context {
    let drives = Collection::new("drives", "drive")
        .id_as("driveId")
        .id_as("callId")
        .sort_by("fare", |driven: &Driven| driven.taxi.fare.0);
    Context::new("drive", 8084)
        .keyed_by("callId")
        .keeps::<Drive>()
        .collection(drives.of_state(shown))
        .books::<Drive>(entries)
        .answers::<Stop, Drive>(stop, go_on, |_| ())
        .route(post("/drives/end").changes("drives").about("The driver has arrived.").commanding(end))
        .hears(when_payment)
        .hears(when_call)
}

#[cfg(test)]
mod tests;
