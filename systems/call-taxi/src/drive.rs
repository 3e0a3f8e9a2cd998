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

/// A taxi and how far its drive has come.
#[record]
pub struct Driven {
    #[serde(flatten)]
    pub drive: Taxi,
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
    /// Paid while a stop is in doubt.
    #[private]
    FareNoted {
        fare: Won,
    },
    /// Cancelled before it started.
    #[private]
    DriveForgone,
}

#[derive(Debug)]
pub enum Command {
    Assign { call_id: Id, fare: Won },
    Stop,
    GoOn { call_id: Id },
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
#[derive(Default)]
pub enum Drive {
    #[default]
    New,
    /// Asked to stop before it started: whether it ever will is up to the cancels in doubt.
    Withheld {
        stops: u32,
        fare: Option<Won>,
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

impl Aggregate for Drive {
    const KIND: Name = "drive";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        use Drive::{Cancelled, Ended, Forgone, New, NotAvailable, Started, Withheld};
        match (command, self) {
            (Command::Assign { call_id, fare }, New) => Ok(vec![assigned(call_id, fare)]),
            (Command::Assign { fare, .. }, Withheld { fare: None, .. }) => Ok(vec![Event::FareNoted { fare }]),
            (Command::Assign { .. }, Withheld { .. } | Started { .. }) => Ok(vec![]),
            (Command::Assign { .. }, Ended(_) | NotAvailable(_) | Cancelled(_) | Forgone) => Ok(vec![]), // Forgone: the cancel came first

            (Command::Stop, New | Withheld { .. } | Started { .. }) => Ok(vec![Event::StopHeld]),
            (Command::Stop, NotAvailable(_) | Cancelled(_) | Forgone) => Ok(vec![]),
            (Command::Stop, Ended(_)) => Err(Refusal::DriveOver),

            (Command::GoOn { call_id }, Withheld { stops: 1, fare: Some(fare) }) => {
                Ok(vec![Event::StopLifted, assigned(call_id, *fare)])
            }
            (Command::GoOn { .. }, Withheld { .. } | Started { stops: 1.., .. }) => Ok(vec![Event::StopLifted]),
            (Command::GoOn { .. }, New | Started { stops: 0, .. }) => Ok(vec![]),
            (Command::GoOn { .. }, Ended(_) | NotAvailable(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::Cancel, Started { taxi, .. }) => {
                Ok(vec![Event::DriveCancelled(taxi.clone().at(Status::Cancelled))])
            }
            (Command::Cancel, New | Withheld { .. }) => Ok(vec![Event::DriveForgone]),
            (Command::Cancel, Ended(_) | NotAvailable(_) | Cancelled(_) | Forgone) => Ok(vec![]),

            (Command::End, Started { taxi, stops: 0 }) => Ok(vec![Event::DriveEnded(taxi.clone().at(Status::Ended))]),
            (Command::End, Started { stops: 1.., .. }) => Err(Refusal::StopInDoubt),
            (Command::End, Ended(_)) => Ok(vec![]),
            (Command::End, NotAvailable(_) | Cancelled(_)) => Err(Refusal::DriveOff),
            (Command::End, New | Withheld { .. } | Forgone) => Err(Refusal::UnknownDrive),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match (event, self) {
            (Event::DriveStarted(driven), _) => Drive::Started { taxi: driven.drive, stops: 0 },
            (Event::DriveNotAvailable(driven), _) => Drive::NotAvailable(driven.drive),
            (Event::DriveCancelled(driven), _) => Drive::Cancelled(driven.drive),
            (Event::DriveEnded(driven), _) => Drive::Ended(driven.drive),
            (Event::StopHeld, Drive::New) => Drive::Withheld { stops: 1, fare: None },
            (Event::StopHeld, Drive::Withheld { stops, fare }) => Drive::Withheld { stops: stops + 1, fare },
            (Event::StopHeld, Drive::Started { taxi, stops }) => Drive::Started { taxi, stops: stops + 1 },
            (Event::StopLifted, Drive::Withheld { stops: 1, .. }) => Drive::New,
            (Event::StopLifted, Drive::Withheld { stops, fare }) => Drive::Withheld { stops: stops - 1, fare },
            (Event::StopLifted, Drive::Started { taxi, stops }) => Drive::Started { taxi, stops: stops - 1 },
            (Event::FareNoted { fare }, Drive::Withheld { stops, .. }) => Drive::Withheld { stops, fare: Some(fare) },
            (Event::DriveForgone, _) => Drive::Forgone,
            (Event::StopHeld | Event::StopLifted | Event::FareNoted { .. }, same) => same,
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
        Driven { drive: self, drive_status }
    }
}

fn assigned(call_id: Id, fare: Won) -> Event {
    let taxi = Taxi::of(call_id, fare);
    if fare > FARE_MAX {
        Event::DriveNotAvailable(taxi.at(Status::Cancelled))
    } else {
        Event::DriveStarted(taxi.at(Status::Started))
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

fn go_on(Stop { call_id }: Stop) -> Then<Drive> {
    then(call_id, Command::GoOn { call_id })
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
        payment::Published::FarePaid { call_id, fare, .. } => then(call_id, Command::Assign { call_id, fare }),
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

#[record]
pub struct Row {
    pub driver_name: String,
    pub taxi_num: String,
    pub drive_status: Status,
    pub fare: Won,
}

fn shown(_: Id, drive: &Drive) -> Shown<Row> {
    let (taxi, drive_status) = match drive.clone() {
        Drive::New | Drive::Withheld { .. } | Drive::Forgone => return Shown::Hidden,
        Drive::Started { taxi, .. } => (taxi, Status::Started),
        Drive::Ended(taxi) => (taxi, Status::Ended),
        Drive::NotAvailable(taxi) | Drive::Cancelled(taxi) => (taxi, Status::Cancelled),
    };
    let Taxi { driver_name, taxi_num, fare, .. } = taxi;
    Shown::Listed(Row { driver_name, taxi_num, drive_status, fare })
}

/// The other side of call's books; a stop belongs to a cancel on its way.
fn entries(id: Id, drive: &Drive) -> Vec<Entry> {
    match drive {
        Drive::New | Drive::NotAvailable(_) | Drive::Cancelled(_) | Drive::Forgone => vec![],
        Drive::Withheld { stops, .. } => vec![Entry::new("stops", id, i64::from(*stops))],
        Drive::Started { stops, .. } => {
            vec![Entry::new("drives", id, -1), Entry::new("stops", id, i64::from(*stops))]
        }
        Drive::Ended(_) => vec![Entry::new("drives", id, -1)],
    }
}

pub fn context() -> Context {
    let drives =
        Collection::new("drives", "drive").id_as("driveId").id_as("callId").sort_by("fare", |row: &Row| row.fare.0);
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
