//! review: what a guest writes about a room. It lives in the room's context; the room counts its reviews.
use super::bookable::{self, Thing};
use super::room::Room;
use crate::{CUSTOMER, HOST};
use kernel::{
    Collection, Id, LocalReaderExt, Request, Shown, Then, aggregate, event, form, record, refusal, state, then,
};

#[record]
pub struct Text {
    pub review_id: Id,
    pub room_id: Id,
    pub content: String,
}

#[event("room")]
pub enum Event {
    ReviewCreated(Text),
    ReviewModified(Text),
    ReviewDeleted(Text),
}

#[derive(Debug)]
pub enum Command {
    Write(Text),
    Modify { content: String },
    Delete,
}

#[refusal]
pub enum Refusal {
    UnknownReview = NotFound,
    AlreadyWritten = NotAllowedNow,
}

#[state]
pub enum Review {
    New,
    Written(Text),
    Deleted,
}

#[aggregate("review")]
impl Review {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::Write(text), Review::New) => Ok(vec![Event::ReviewCreated(text)]),
            (Command::Write(_), _) => Err(Refusal::AlreadyWritten),

            (Command::Modify { content }, Review::Written(text)) if content == text.content => Ok(vec![]),
            (Command::Modify { content }, Review::Written(text)) => {
                Ok(vec![Event::ReviewModified(Text { content, ..text.clone() })])
            }
            (Command::Modify { .. }, Review::New | Review::Deleted) => Err(Refusal::UnknownReview),

            (Command::Delete, Review::Written(text)) => Ok(vec![Event::ReviewDeleted(text.clone())]),
            (Command::Delete, Review::New | Review::Deleted) => Err(Refusal::UnknownReview),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match event {
            Event::ReviewCreated(text) | Event::ReviewModified(text) => Review::Written(text),
            Event::ReviewDeleted(_) => Review::Deleted,
        }
    }

    /// Its room's.
    fn key(event: &Event, _: Id) -> Id {
        event.record().room_id
    }
}

/// What a guest sends.
#[form(example = r#"{ "roomId": 1, "content": "Quiet, and close to the sea" }"#)]
pub struct Write {
    pub room_id: Id,
    pub content: String,
}

pub fn write(request: &Request<Write>) -> Result<Then<Review>, bookable::Refusal> {
    let Write { room_id, content } = request.body.clone();
    request.local.get::<Thing<Room>>(room_id).is_free()?; // free or not, but there
    Ok(then(request.id, Command::Write(Text { review_id: request.id, room_id, content })))
}

#[form(example = r#"{ "content": "Quiet, but far from the sea" }"#)]
pub struct Modify {
    pub content: String,
}

pub fn modify(request: &Request<Modify>) -> Result<Then<Review>, Refusal> {
    Ok(then(request.id, Command::Modify { content: request.body.content.clone() }))
}

fn shown(_: Id, review: &Review) -> Shown<Text> {
    match review {
        Review::Written(text) => Shown::Listed(text.clone()),
        Review::New | Review::Deleted => Shown::Hidden,
    }
}

pub fn collection() -> Collection {
    Collection::new("reviews", "review")
        .id_as("reviewId")
        .find_by_id("roomId", |text: &Text| Some(text.room_id))
        .read_by(CUSTOMER)
        .read_by(HOST)
        .of_state(shown)
}

#[cfg(test)]
mod tests;
