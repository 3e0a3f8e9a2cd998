//! Given what happened to a review, when it is told to, then this happens or is refused.
use super::*;
use kernel::{Aggregate, fold};

fn text(content: &str) -> Text {
    Text { review_id: Id(5), room_id: Id(1), content: content.into() }
}

fn given(events: impl IntoIterator<Item = Event>) -> Review {
    fold(events)
}

fn written() -> Review {
    given([Event::ReviewCreated(text("quiet"))])
}

fn deleted() -> Review {
    given([Event::ReviewCreated(text("quiet")), Event::ReviewDeleted(text("quiet"))])
}

#[test]
fn a_review_is_written_once() {
    assert_eq!(given([]).decide(Command::Write(text("quiet"))), Ok(vec![Event::ReviewCreated(text("quiet"))]));
    assert_eq!(written().decide(Command::Write(text("quiet"))), Err(Refusal::AlreadyWritten));
    assert_eq!(deleted().decide(Command::Write(text("quiet"))), Err(Refusal::AlreadyWritten));
}

#[test]
fn a_review_is_changed() {
    let modify = |content: &str| Command::Modify { content: content.into() };
    assert_eq!(written().decide(modify("loud")), Ok(vec![Event::ReviewModified(text("loud"))]));
    assert_eq!(written().decide(modify("quiet")), Ok(vec![]));
    assert_eq!(given([]).decide(modify("loud")), Err(Refusal::UnknownReview));
    assert_eq!(deleted().decide(modify("loud")), Err(Refusal::UnknownReview));
}

#[test]
fn a_review_is_deleted() {
    assert_eq!(written().decide(Command::Delete), Ok(vec![Event::ReviewDeleted(text("quiet"))]));
    assert_eq!(deleted().decide(Command::Delete), Err(Refusal::UnknownReview));
    assert_eq!(shown(Id(5), &written()), Shown::Listed(text("quiet")));
    assert_eq!(shown(Id(5), &deleted()), Shown::Hidden);
}

#[test]
fn it_is_keyed_by_its_room() {
    assert_eq!(Review::key(&Event::ReviewCreated(text("quiet")), Id(5)), Id(1));
}
