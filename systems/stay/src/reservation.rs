//! reservation: a guest books a room, and a car with it if one is asked for. What can't be held or paid was never reserved.
use super::bookable::{Held, Hold};
use super::payment;
use super::rentcar::Car;
use super::room::Room;
use kernel::{
    Collection, Context, Entry, Id, Request, Saga, Shown, Then, Won, aggregate, event, form, labels, patch, post,
    record, refusal, saga, state, then,
};

/// A reservation as it is shown and published.
#[record]
pub struct Booking {
    pub rsv_id: Id,
    pub room_id: Id,
    pub car_id: Option<Id>,
    pub customer: Option<String>,
    pub status: Status,
    /// Where nothing is to be paid there is no payment.
    pub pay_id: Option<Id>,
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

#[event("reservation")]
pub enum Event {
    ReservationCreated(Booking),
    ReservationConfirmed(Booking),
    ReservationCancelRequested(Booking),
    ReservationCancelled(Booking),
}

/// What a guest asks for, and what room, rentcar and payment have answered so far.
#[derive(Clone, Debug)]
pub struct Wish {
    pub rsv_id: Id,
    pub room_id: Id,
    pub car_id: Option<Id>,
    pub customer: Option<String>,
    /// `None`: more than can be paid.
    pub amount: Option<Won>,
    pub pay_id: Option<Id>,
}

#[derive(Debug)]
pub enum Command {
    Create(Wish),
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

#[aggregate("reservation")]
impl Reservation {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::Create(wish), Reservation::New) => create(wish),
            (Command::Create(_), _) => Err(Refusal::AlreadyCreated),

            (Command::Confirm, Reservation::Requested(booking)) => Ok(vec![confirmed(booking)]),
            (Command::Confirm, Reservation::Reserved(_)) => Ok(vec![]),
            (Command::Confirm, Reservation::CancelRequested(_) | Reservation::Cancelled(_)) => Ok(vec![]), // a cancel wins
            (Command::Confirm, Reservation::New) => Err(Refusal::UnknownReservation),

            (Command::RequestCancel, Reservation::Requested(booking) | Reservation::Reserved(booking)) => {
                let requested = Event::ReservationCancelRequested(booking.with(Status::ReqCancel));
                let at_once = booking.pay_id.is_none().then(|| cancelled(booking)); // no money comes back
                Ok([requested].into_iter().chain(at_once).collect())
            }
            (Command::RequestCancel, Reservation::CancelRequested(_) | Reservation::Cancelled(_)) => Ok(vec![]),
            (Command::RequestCancel, Reservation::New) => Err(Refusal::UnknownReservation),

            (
                Command::Cancel,
                Reservation::Requested(booking)
                | Reservation::Reserved(booking)
                | Reservation::CancelRequested(booking),
            ) => Ok(vec![cancelled(booking)]),
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

/// Where nothing is to be paid, nothing has to be waited for.
fn create(wish: Wish) -> Result<Vec<Event>, Refusal> {
    let Wish { rsv_id, room_id, car_id, customer, amount, pay_id } = wish;
    let amount = amount.ok_or(Refusal::TooExpensive)?;
    let booking = Booking { rsv_id, room_id, car_id, customer, status: Status::ReqReserve, pay_id, amount };
    let at_once = pay_id.is_none().then(|| confirmed(&booking));
    Ok([Event::ReservationCreated(booking)].into_iter().chain(at_once).collect())
}

fn confirmed(booking: &Booking) -> Event {
    Event::ReservationConfirmed(booking.with(Status::Reserved))
}

fn cancelled(booking: &Booking) -> Event {
    Event::ReservationCancelled(booking.with(Status::Cancelled))
}

impl Booking {
    fn with(&self, status: Status) -> Booking {
        Booking { status, ..self.clone() }
    }
}

/// Hold the room, the car and the money, then the reservation exists.
fn reserve() -> Saga<Wish, Reservation> {
    saga("reserve")
        .call("hold the room", |wish: &Wish| Hold::<Room>::new(wish.room_id, wish.rsv_id), priced)
        .call_if("hold the car", |wish| Some(Hold::<Car>::new(wish.car_id?, wish.rsv_id)), priced)
        .call_if("hold the money", payment::hold, |wish, paid| Wish { pay_id: Some(paid.pay_id), ..wish })
        .then(|wish| then(wish.rsv_id, Command::Create(wish)))
}

fn priced(wish: Wish, held: Held) -> Wish {
    Wish { amount: wish.amount.and_then(|amount| amount.plus(held.price)), ..wish }
}

/// What a guest sends.
#[form(example = r#"{ "roomId": 1, "carId": 1, "customer": "kim" }"#)]
pub struct Reserve {
    pub room_id: Id,
    pub car_id: Option<Id>,
    #[form(person)]
    pub customer: Option<String>,
}

fn wish(request: &Request<Reserve>) -> Result<Wish, Refusal> {
    let Reserve { room_id, car_id, customer } = request.body.clone();
    Ok(Wish { rsv_id: request.id, room_id, car_id, customer, amount: Some(Won::ZERO), pay_id: None })
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
        .sort_by("amount", |booking| booking.amount.0);
    Context::new("reservation", 8083)
        .keyed_by("rsvId")
        .keeps::<Reservation>()
        .collection(reservations.of_state(shown))
        .ledger::<Reservation>(entries)
        .route(
            post("/reservations")
                .creates("reservations")
                .about("Book a room, and a car with it.")
                .starting(reserve(), wish),
        )
        .route(patch("/reservations/{id}").changes("reservations").about("Cancel a reservation.").commanding(change))
        .policy(when_payment)
}

#[cfg(test)]
pub(crate) mod tests;
