//! reservation: a guest books a room, and a car with it if one is asked for. What can't be held or paid was never reserved.
use super::bookable::{Held, Hold};
use super::payment;
use super::rentcar::Car;
use super::room::Room;
use crate::{CUSTOMER, HOST};
use kernel::serde_json::Value;
use kernel::{
    Aggregate, Collection, Context, Entry, Id, Name, OPERATOR, Request, Saga, Shown, Then, Won, event, form, labels,
    patch, post, record, refusal, saga, state, then,
};

/// A reservation as it is shown and published.
#[record]
pub struct Booking {
    pub rsv_id: Id,
    pub room_id: Id,
    pub car_id: Option<Id>,
    pub customer: Option<String>,
    pub status: Status,
    pub pay_id: Id,
    pub amount: Won,
}

#[labels]
#[serde(rename_all = "camelCase")]
pub enum Status {
    ReqReserve,
    Reserved,
    ReqCancel,
    Cancelled,
}

#[event("reservation", lift = lift)]
pub enum Event {
    #[version(2)]
    ReservationCreated(Booking),
    #[version(2)]
    ReservationConfirmed(Booking),
    #[version(2)]
    ReservationCancelRequested(Booking),
    #[version(2)]
    ReservationCancelled(Booking),
}

/// Version 1 had no payment where nothing was to be paid; a payment's id is its reservation's.
fn lift(_: &str, _: u32, mut body: Value) -> Value {
    body["payId"] = body["rsvId"].clone();
    body
}

#[derive(Debug)]
pub enum Command {
    Create(Booking),
    Confirm,
    RequestCancel,
    Cancel,
}

#[refusal]
pub enum Refusal {
    UnknownReservation = NotFound,
    AlreadyCreated = NotAllowedNow,
    TooExpensive = NotAllowedNow,
    StatusNotYours = NotAllowedNow,
}

#[state]
pub enum Reservation {
    New,
    Requested(Booking),
    Reserved(Booking),
    CancelRequested(Booking),
    Cancelled(Booking),
}

impl Aggregate for Reservation {
    const KIND: Name = "reservation";
    const VERSION: u32 = 2;
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::Create(booking), Reservation::New) if booking.amount > Won::MAX => Err(Refusal::TooExpensive),
            (Command::Create(booking), Reservation::New) => Ok(vec![Event::ReservationCreated(booking)]),
            (Command::Create(_), _) => Err(Refusal::AlreadyCreated),

            (Command::Confirm, Reservation::Requested(booking)) => {
                Ok(vec![Event::ReservationConfirmed(booking.with(Status::Reserved))])
            }
            (Command::Confirm, Reservation::Reserved(_)) => Ok(vec![]),
            (Command::Confirm, Reservation::CancelRequested(_) | Reservation::Cancelled(_)) => Ok(vec![]), // a cancel wins
            (Command::Confirm, Reservation::New) => Err(Refusal::UnknownReservation),

            (Command::RequestCancel, Reservation::Requested(booking) | Reservation::Reserved(booking)) => {
                Ok(vec![Event::ReservationCancelRequested(booking.with(Status::ReqCancel))])
            }
            (Command::RequestCancel, Reservation::CancelRequested(_) | Reservation::Cancelled(_)) => Ok(vec![]),
            (Command::RequestCancel, Reservation::New) => Err(Refusal::UnknownReservation),

            (
                Command::Cancel,
                Reservation::Requested(booking)
                | Reservation::Reserved(booking)
                | Reservation::CancelRequested(booking),
            ) => Ok(vec![Event::ReservationCancelled(booking.with(Status::Cancelled))]),
            (Command::Cancel, Reservation::Cancelled(_)) => Ok(vec![]),
            (Command::Cancel, Reservation::New) => Err(Refusal::UnknownReservation),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match event {
            Event::ReservationCreated(booking) => Reservation::Requested(booking),
            Event::ReservationConfirmed(booking) => Reservation::Reserved(booking),
            Event::ReservationCancelRequested(booking) => Reservation::CancelRequested(booking),
            Event::ReservationCancelled(booking) => Reservation::Cancelled(booking),
        }
    }
}

impl Booking {
    fn with(&self, status: Status) -> Booking {
        Booking { status, ..self.clone() }
    }
}

/// Hold the room, the car and the money, then the reservation exists.
fn reserve() -> Saga<Booking, Reservation> {
    saga("reserve")
        .call("hold the room", |booking: &Booking| Hold::<Room>::new(booking.room_id, booking.rsv_id), priced)
        .call_if("hold the car", |booking| Some(Hold::<Car>::new(booking.car_id?, booking.rsv_id)), priced)
        .call_if("hold the money", payment::hold, |booking, _| booking)
        .then(|booking: Booking| then(booking.rsv_id, Command::Create(booking)))
}

/// Two prices may be more than can be paid; the rule refuses them.
fn priced(booking: Booking, held: Held) -> Booking {
    Booking { amount: Won(booking.amount.0 + held.price.0), ..booking }
}

/// What a guest sends.
#[form(example = r#"{ "roomId": 1, "carId": 1, "customer": "kim" }"#)]
pub struct Reserve {
    pub room_id: Id,
    pub car_id: Option<Id>,
    #[form(person)]
    pub customer: Option<String>,
}

fn wish(request: &Request<Reserve>) -> Result<Booking, Refusal> {
    let (rsv_id, Reserve { room_id, car_id, customer }) = (request.id, request.body.clone());
    let (status, pay_id, amount) = (Status::ReqReserve, rsv_id, Won::ZERO); // nothing is priced yet
    Ok(Booking { rsv_id, room_id, car_id, customer, status, pay_id, amount })
}

/// A new status for a reservation; a client may only ask to cancel.
#[form(example = r#"{ "status": "reqCancel" }"#)]
pub struct Change {
    pub status: String,
}

fn change(request: &Request<Change>) -> Result<Then<Reservation>, Refusal> {
    match request.body.status.as_str() {
        "reqCancel" => Ok(then(request.id, Command::RequestCancel)),
        _ => Err(Refusal::StatusNotYours),
    }
}

fn when_payment(event: payment::Published) -> Then<Reservation> {
    match event {
        payment::Published::PaymentApproved(paid) => then(paid.rsv_id, Command::Confirm),
        payment::Published::PaymentCancelled(paid) => then(paid.rsv_id, Command::Cancel),
    }
}

fn shown(_: Id, reservation: &Reservation) -> Shown<Booking> {
    match reservation.clone() {
        Reservation::New => Shown::Hidden,
        Reservation::Requested(booking)
        | Reservation::Reserved(booking)
        | Reservation::CancelRequested(booking)
        | Reservation::Cancelled(booking) => Shown::Listed(booking),
    }
}

/// A reservation that is not cancelled is paid for, and has its own room and car: their numbers balance their contexts' ledgers.
fn entries(id: Id, reservation: &Reservation) -> Vec<Entry> {
    match reservation {
        Reservation::New | Reservation::Cancelled(_) => vec![],
        Reservation::Requested(b) | Reservation::Reserved(b) | Reservation::CancelRequested(b) => {
            let car = b.car_id.map(|car| Entry::new("rentcar", id, car.0.cast_signed()));
            let room = Entry::new("room", id, b.room_id.0.cast_signed());
            [Entry::new("money", id, b.amount.0), room].into_iter().chain(car).collect()
        }
    }
}

pub fn context() -> Context {
    let reservations = Collection::new("reservations", "reservation")
        .id_as("rsvId")
        .find_by("customer", |booking: &Booking| booking.customer.as_deref())
        .find_by_id("roomId", |booking| Some(booking.room_id))
        .find_by_both("customer", "roomId")
        .sort_by("amount", |booking| booking.amount.0)
        .read_by_owner(CUSTOMER)
        .read_by_partner(HOST);
    Context::new("reservation", 8083)
        .keyed_by("rsvId")
        .keeps::<Reservation>()
        .collection(reservations.of_state(shown))
        .ledger::<Reservation>(entries)
        .route(
            post("/reservations")
                .creates("reservations")
                .by(CUSTOMER)
                .about("Book a room, and a car with it.")
                .starting(reserve(), wish),
        )
        .route(
            patch("/reservations/{id}")
                .changes("reservations")
                .by_owner(CUSTOMER)
                .by(OPERATOR)
                .about("Cancel a reservation.")
                .commanding(change),
        )
        .policy(when_payment)
}

#[cfg(test)]
pub(crate) mod tests;
