//! room: rooms that can be booked, and what guests write about them.
use super::bookable::{self, Action, Bookable, Command, Happened, Offer, Refusal, Thing};
use super::reservation::Booking;
use super::review::{self, Review};
use crate::{CUSTOMER, HOST};
use kernel::{
    Collection, Context, Id, LocalReaderExt, Name, Request, Then, Won, delete, form, get, nothing, patch, post, record,
    then,
};

#[record]
pub struct Room {
    pub room_id: Id,
    pub desc: String,
    pub review_cnt: u64,
}

bookable::events! {
    "room": Room,
    published {
        Registered => RoomRegistered, Modified => RoomModified, Reserved => RoomReserved, Cancelled => RoomCancelled,
        Deleted => RoomDeleted
    }
    private { Held => RoomHeld, Voided => RoomVoided }
}

#[derive(Debug)]
pub enum Edit {
    Modify {
        desc: Option<String>,
        price: Option<Won>,
    },
    /// Reviews that came, or went.
    Reviews(i64),
}

impl Bookable for Room {
    const KIND: Name = "room";
    const UNKNOWN: Refusal = Refusal::UnknownRoom;
    const NOT_AVAILABLE: Refusal = Refusal::RoomNotAvailable;
    const BOOKING: &'static [Name] = &["rsvId"];
    const IS_VISITED: bool = true;
    type Edit = Edit;
    type Event = Event;

    fn edited(mut room: Offer<Room>, edit: Edit) -> Offer<Room> {
        match edit {
            Edit::Modify { desc, price } => {
                room.details.desc = desc.unwrap_or(room.details.desc);
                room.price = price.unwrap_or(room.price);
                room.last_action = Action::Modify;
            }
            Edit::Reviews(more) => {
                room.details.review_cnt = room.details.review_cnt.saturating_add_signed(more);
                room.last_action = Action::Review;
            }
        }
        room
    }

    fn booked(booking: &Booking) -> Option<Id> {
        Some(booking.room_id)
    }
}

/// What a host sends of a new room.
#[form(example = r#"{ "desc": "A room with a view", "price": 90000 }"#)]
pub struct Register {
    pub desc: String,
    #[form(min = 0)]
    pub price: Option<Won>,
}

fn register(request: &Request<Register>) -> Result<Then<Thing<Room>>, Refusal> {
    let Register { desc, price } = request.body.clone();
    let room = Room { room_id: request.id, desc, review_cnt: 0 };
    Ok(then(request.id, Command::Register(Offer::new(room, price))))
}

/// What a host sends of a changed room.
#[form(some, example = r#"{ "price": 80000 }"#)]
pub struct Modify {
    pub desc: Option<String>,
    #[form(min = 0)]
    pub price: Option<Won>,
}

fn modify(request: &Request<Modify>) -> Result<Then<Thing<Room>>, Refusal> {
    match request.body.clone() {
        Modify { desc: None, price: None } => Err(Refusal::NothingToChange),
        Modify { desc, price } => Ok(then(request.id, Command::Edit(Edit::Modify { desc, price }))),
    }
}

#[form]
pub struct Check {
    pub room_id: Id,
}

fn check(request: &Request<Check>) -> Result<bool, Refusal> {
    request.local.get::<Thing<Room>>(request.body.room_id).is_free()
}

/// The room's `reviewCnt` follows.
fn when_review(event: review::Published) -> Then<Thing<Room>> {
    match event {
        review::Published::ReviewCreated(review) => then(review.room_id, Command::Note(Edit::Reviews(1))),
        review::Published::ReviewModified(_) => nothing(),
        review::Published::ReviewDeleted(review) => then(review.room_id, Command::Note(Edit::Reviews(-1))),
    }
}

pub fn context() -> Context {
    bookable::context::<Room>(8082, "roomId", Collection::new("rooms", "room"))
        .keeps::<Review>()
        .collection(review::collection())
        .route(post("/rooms").creates("rooms").by(HOST).about("Register a room.").commanding(register))
        .route(
            patch("/rooms/{id}")
                .changes("rooms")
                .by_owner(HOST)
                .about("Change what a room is or costs.")
                .commanding(modify),
        )
        .route(
            delete("/rooms/{id}")
                .removes("rooms")
                .by_owner(HOST)
                .about("Take a room off the market.")
                .sending::<Thing<Room>>(|_| Command::Delete),
        )
        .route(
            get("/check/chkAndReqReserve").by(CUSTOMER).by(HOST).about("Can this room be booked now?").reading(check),
        )
        .route(
            post("/reviews")
                .creates("reviews")
                .by(CUSTOMER)
                .about("Write a review of a room.")
                .commanding(review::write),
        )
        .route(
            patch("/reviews/{id}")
                .changes("reviews")
                .by_owner(CUSTOMER)
                .about("Change a review.")
                .commanding(review::modify),
        )
        .route(
            delete("/reviews/{id}")
                .removes("reviews")
                .by_owner(CUSTOMER)
                .about("Delete a review.")
                .sending::<Review>(|_| review::Command::Delete),
        )
        .policy(when_review)
}

#[cfg(test)]
mod tests;
