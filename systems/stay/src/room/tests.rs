//! A room as others read it, and what its context hears.
use super::*;
use crate::review::Text;
use kernel::serde_json::{json, to_value};

fn room() -> Offer<Room> {
    Offer::new(Room { room_id: Id(1), desc: "sea view".into(), review_cnt: 0 }, None)
}

#[test]
fn an_event_reads_as_the_page_says() {
    let expected = json!({"eventType": "RoomRegistered", "roomId": 1, "status": "available", "desc": "sea view",
        "price": 0, "reviewCnt": 0, "lastAction": "register", "rsvId": null});
    let said = to_value(Event::RoomRegistered(room())).expect("plain data");
    assert_eq!(said, expected);
    assert_eq!(kernel::serde_json::from_value::<Published>(said).ok(), Some(Published::RoomRegistered(room())));
}

#[test]
fn every_word_is_the_room_s_own() {
    let happened = [
        Happened::Registered(room()),
        Happened::Modified(room()),
        Happened::Held { by: Id(2) },
        Happened::Voided,
        Happened::Reserved(room()),
        Happened::Cancelled(room()),
        Happened::Deleted(room()),
    ];
    for happened in happened {
        assert_eq!(Happened::from(Event::from(happened.clone())), happened);
    }
}

#[test]
fn the_count_of_reviews_follows() {
    let text = || Text { review_id: Id(5), room_id: Id(1), content: "quiet".into() };
    let follows = |said| format!("{:?}", when_review(said).0);
    assert_eq!(follows(review::Published::ReviewCreated(text())), "Some((Id(1), Note(Reviews(1))))");
    assert_eq!(follows(review::Published::ReviewModified(text())), "None");
    assert_eq!(follows(review::Published::ReviewDeleted(text())), "Some((Id(1), Note(Reviews(-1))))");
}
