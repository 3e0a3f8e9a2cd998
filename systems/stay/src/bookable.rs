//! bookable: what a room and a car have in common. Offered at a price, held for a reservation on its way, reserved for it, free again.
use super::reservation::{self, Booking};
use crate::{CUSTOMER, HOST};
use kernel::schemars::JsonSchema;
use kernel::serde::{Deserialize, Serialize, de::DeserializeOwned};
use kernel::{
    Aggregate, CallBody, CollectionBuilder, Context, Entry, Event, Id, Name, Shown, Then, Won, labels, nothing, record,
    refusal, then,
};
use std::fmt::Debug;
use std::marker::PhantomData;

/// What differs between a room and a car: what is said of it, how that is edited, and what its events are called.
pub trait Bookable:
    Clone + Debug + PartialEq + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static
{
    /// Its context, its aggregate and its conservation rule.
    const KIND: Name;
    const UNKNOWN: Refusal;
    const NOT_AVAILABLE: Refusal;
    /// Fields that say for whom it is booked.
    const BOOKING: &'static [Name];
    /// Its owner sees the reservations of it.
    const IS_VISITED: bool;
    type Edit: Debug + Send + 'static;
    type Event: Event + From<Happened<Self>> + Into<Happened<Self>>;

    fn edited(offer: Offer<Self>, edit: Self::Edit) -> Offer<Self>;
    /// Which one a reservation is for.
    fn booked(booking: &Booking) -> Option<Id>;
    /// It goes with this room, or with none any more.
    fn with_room(self, _: Option<Id>) -> Self {
        self
    }
}

/// The enum `Event` of a room's or a car's context, and its two conversions: each event of the rule, and the name the context has for it.
macro_rules! events {
    (
        $context:literal: $thing:ident,
        published { $($step:ident => $event:ident),+ $(,)? }
        private { Held => $held:ident, Voided => $voided:ident $(,)? }
    ) => {
        #[kernel::event($context, private($held, $voided))]
        pub enum Event {
            $($event(Offer<$thing>),)+
            $held { by: Id },
            $voided,
        }

        impl From<Happened<$thing>> for Event {
            fn from(happened: Happened<$thing>) -> Event {
                match happened {
                    $(Happened::$step(offer) => Event::$event(offer),)+
                    Happened::Held { by } => Event::$held { by },
                    Happened::Voided => Event::$voided,
                }
            }
        }

        impl From<Event> for Happened<$thing> {
            fn from(event: Event) -> Self {
                match event {
                    $(Event::$event(offer) => Happened::$step(offer),)+
                    Event::$held { by } => Happened::Held { by },
                    Event::$voided => Happened::Voided,
                }
            }
        }
    };
}
pub(crate) use events;

/// A room or a car as it is shown and published.
#[record]
pub struct Offer<D> {
    #[serde(flatten)]
    pub details: D,
    pub price: Won,
    pub status: Status,
    pub last_action: Action,
    pub rsv_id: Option<Id>,
}

#[labels]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Available,
    Reserved,
}

#[labels]
#[serde(rename_all = "lowercase")]
pub enum Action {
    Register,
    Modify,
    Review,
    Reserved,
    Cancelled,
    Delete,
}

impl<D: Bookable> Offer<D> {
    pub fn new(details: D, price: Option<Won>) -> Self {
        let price = price.unwrap_or_default();
        Offer { details, price, status: Status::Available, last_action: Action::Register, rsv_id: None }
    }

    /// As the event tells it that reserves it for a reservation, or ends that.
    fn with_booking(self, (rsv_id, room_id): (Id, Id), status: Status, last_action: Action) -> Self {
        let details = self.details.with_room(Some(room_id));
        Offer { details, status, last_action, rsv_id: Some(rsv_id), ..self }
    }

    /// Nobody's any more.
    fn freed(self) -> Self {
        Offer { details: self.details.with_room(None), rsv_id: None, ..self }
    }
}

/// What happens to it, before its context names it. Holding and voiding are private.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened<D> {
    Registered(Offer<D>),
    Modified(Offer<D>),
    Held { by: Id },
    Voided,
    Reserved(Offer<D>),
    Cancelled(Offer<D>),
    Deleted(Offer<D>),
}

#[derive(Debug)]
pub enum Command<D: Bookable> {
    Register(Offer<D>),
    Edit(D::Edit),
    Note(D::Edit), // an edit nobody waits for: where it is gone, it is passed over
    Delete,
    Hold { by: Id },
    Void { by: Id },
    Reserve { by: Id, room_id: Id },
    Free { by: Id, room_id: Id },
}

#[refusal]
pub enum Refusal {
    UnknownRoom = NotFound,
    UnknownCar = NotFound,
    RoomNotAvailable = NotAllowedNow,
    CarNotAvailable = NotAllowedNow,
    AlreadyRegistered = NotAllowedNow,
    NothingToChange = Invalid,
}

/// By which reservation it is used. A hold is kept until its reservation is confirmed or cancelled.
#[record]
pub enum Use {
    Free,
    Held(Id),
    Reserved(Id),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", bound = "")]
pub enum Thing<D: Bookable> {
    #[default]
    New,
    Offered(Offer<D>, Use),
    Deleted,
}

impl<D: Bookable> Aggregate for Thing<D> {
    const KIND: Name = D::KIND;
    type Command = Command<D>;
    type Event = D::Event;
    type Refusal = Refusal;

    fn decide(&self, command: Command<D>) -> Result<Vec<D::Event>, Refusal> {
        Ok(self.follows(command)?.map(D::Event::from).into_iter().collect())
    }

    fn evolve(self, event: D::Event) -> Self {
        match (event.into(), self) {
            (Happened::Registered(offer), _) => Thing::Offered(offer, Use::Free),
            (Happened::Modified(offer), Thing::Offered(_, usage)) => Thing::Offered(offer, usage),
            (Happened::Held { by }, Thing::Offered(offer, _)) => Thing::Offered(offer, Use::Held(by)),
            (Happened::Voided, Thing::Offered(offer, _)) => Thing::Offered(offer, Use::Free),
            (Happened::Reserved(offer), Thing::Offered(_, Use::Held(by))) => Thing::Offered(offer, Use::Reserved(by)),
            (Happened::Cancelled(offer), _) => Thing::Offered(offer.freed(), Use::Free),
            (Happened::Deleted(_), _) => Thing::Deleted,
            (Happened::Modified(_) | Happened::Held { .. } | Happened::Voided | Happened::Reserved(_), same) => same,
        }
    }

    /// What belongs to a reservation carries that one's id.
    fn key(event: &D::Event, id: Id) -> Id {
        match event.clone().into() {
            Happened::Held { by } => by,
            Happened::Reserved(offer) | Happened::Cancelled(offer) => offer.rsv_id.unwrap_or(id),
            Happened::Registered(_) | Happened::Modified(_) | Happened::Voided | Happened::Deleted(_) => id,
        }
    }
}

impl<D: Bookable> Thing<D> {
    fn follows(&self, command: Command<D>) -> Result<Option<Happened<D>>, Refusal> {
        match (command, self) {
            (Command::Register(offer), Thing::New) => Ok(Some(Happened::Registered(offer))),
            (Command::Register(_), _) => Err(Refusal::AlreadyRegistered),

            (Command::Edit(edit) | Command::Note(edit), Thing::Offered(offer, _)) => {
                let edited = D::edited(offer.clone(), edit);
                Ok((edited != *offer).then_some(Happened::Modified(edited)))
            }
            (Command::Edit(_), Thing::New | Thing::Deleted) => Err(D::UNKNOWN),
            (Command::Note(_), Thing::New | Thing::Deleted) => Ok(None),

            (Command::Delete, Thing::Offered(offer, Use::Free)) => {
                Ok(Some(Happened::Deleted(Offer { last_action: Action::Delete, ..offer.clone() })))
            }
            (Command::Delete, Thing::Offered(_, Use::Held(_) | Use::Reserved(_))) => Err(D::NOT_AVAILABLE),
            (Command::Delete, Thing::New | Thing::Deleted) => Err(D::UNKNOWN),

            (Command::Hold { by }, Thing::Offered(_, Use::Free)) => Ok(Some(Happened::Held { by })),
            (Command::Hold { .. }, Thing::Offered(_, Use::Held(_) | Use::Reserved(_))) => Err(D::NOT_AVAILABLE),
            (Command::Hold { .. }, Thing::New | Thing::Deleted) => Err(D::UNKNOWN),

            (Command::Void { by }, Thing::Offered(_, Use::Held(holder))) if by == *holder => Ok(Some(Happened::Voided)),
            (Command::Void { .. }, _) => Ok(None), // another's hold is not given back

            (Command::Reserve { by, room_id }, Thing::Offered(offer, Use::Held(holder))) if by == *holder => Ok(Some(
                Happened::Reserved(offer.clone().with_booking((by, room_id), Status::Reserved, Action::Reserved)),
            )),
            (Command::Reserve { .. }, _) => Ok(None),

            (Command::Free { by, room_id }, Thing::Offered(offer, Use::Held(holder) | Use::Reserved(holder)))
                if by == *holder =>
            {
                Ok(Some(Happened::Cancelled(offer.clone().with_booking(
                    (by, room_id),
                    Status::Available,
                    Action::Cancelled,
                ))))
            }
            (Command::Free { .. }, _) => Ok(None), // never another guest's
        }
    }

    /// It can be booked now.
    pub fn is_free(&self) -> Result<bool, Refusal> {
        match self {
            Thing::Offered(_, usage) => Ok(*usage == Use::Free),
            Thing::New | Thing::Deleted => Err(D::UNKNOWN),
        }
    }
}

/// Asks to hold a room or a car for a reservation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(crate = "kernel::serde", bound = "")]
pub struct Hold<D> {
    pub id: Id,
    pub by: Id,
    #[serde(skip)]
    of: PhantomData<D>,
}

impl<D> Hold<D> {
    pub fn new(id: Id, by: Id) -> Self {
        Hold { id, by, of: PhantomData }
    }
}

/// It is held, at its price of that moment.
#[record]
pub struct Held {
    pub price: Won,
}

impl<D: Bookable> CallBody for Hold<D> {
    const NAME: Name = "hold";
    const TO: Name = D::KIND;
    const ASKER_TAKES_PART: bool = true;
    const OWNER_TAKES_PART: bool = D::IS_VISITED;
    type Answer = Held;
}

fn hold<D: Bookable>(hold: Hold<D>) -> Then<Thing<D>> {
    then(hold.id, Command::Hold { by: hold.by })
}

fn void<D: Bookable>(hold: Hold<D>) -> Then<Thing<D>> {
    then(hold.id, Command::Void { by: hold.by })
}

fn held<D: Bookable>(thing: &Thing<D>) -> Held {
    match thing {
        Thing::Offered(offer, _) => Held { price: offer.price },
        Thing::New | Thing::Deleted => Held { price: Won::ZERO },
    }
}

/// Takes what is held when its reservation is confirmed, frees it when that is cancelled.
fn when_reservation<D: Bookable>(event: reservation::Published) -> Then<Thing<D>> {
    use reservation::Published;
    let (booking, command): (Booking, fn(Id, Id) -> Command<D>) = match event {
        Published::ReservationConfirmed(booking) => (booking, |by, room_id| Command::Reserve { by, room_id }),
        Published::ReservationCancelled(booking) => (booking, |by, room_id| Command::Free { by, room_id }),
        Published::ReservationCreated(_) => return nothing(), // it stays on hold until it is confirmed
        Published::ReservationCancelRequested(_) => return nothing(), // the money comes back first
    };
    D::booked(&booking).map_or_else(nothing, |id| then(id, command(booking.rsv_id, booking.room_id)))
}

/// What is on hold is shown as it was.
fn shown<D: Bookable>(_: Id, thing: &Thing<D>) -> Shown<Offer<D>> {
    match thing {
        Thing::Offered(offer, _) => Shown::Listed(offer.clone()),
        Thing::New | Thing::Deleted => Shown::Hidden,
    }
}

/// Held or reserved, it is one reservation's: that one's ledger has the same number.
fn entries<D: Bookable>(id: Id, thing: &Thing<D>) -> Vec<Entry> {
    match thing {
        Thing::Offered(_, Use::Held(by) | Use::Reserved(by)) => {
            vec![Entry::new(D::KIND, *by, -id.0.cast_signed())]
        }
        Thing::New | Thing::Offered(_, Use::Free) | Thing::Deleted => vec![],
    }
}

/// Room and rentcar add how things are registered, edited and looked at.
pub fn context<D: Bookable>(port: u16, key_name: Name, offers: CollectionBuilder<Offer<D>>) -> Context {
    let offers = offers
        .id_as(key_name)
        .find_by_id("rsvId", |offer| offer.rsv_id)
        .sort_by("price", |offer| offer.price.0)
        .read_by(CUSTOMER)
        .read_by(HOST)
        .keeps_from_others(D::BOOKING.iter().copied())
        .of_state(shown::<D>);
    Context::new(D::KIND, port)
        .keyed_by(key_name)
        .keeps::<Thing<D>>()
        .collection(offers)
        .ledger::<Thing<D>>(entries)
        .answers_call::<Hold<D>, Thing<D>>(hold, void, held)
        .policy(when_reservation::<D>)
}

#[cfg(test)]
mod tests;
