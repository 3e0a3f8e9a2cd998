//! What guests write about a room, and how its room counts it.
use crate::inn::{books, closes, is, opens, room};
use process::{Nadul, Served, bare};
use serde_json::{Value, json};

/// Room and view say how many reviews there are; the room says why it changed.
#[track_caller]
fn counts(served: &Served<'_>, room: u64, many: u64) {
    let is = |answer: &process::Answer| answer.json()["reviewCnt"] == many;
    let row = served.becomes(&format!("/rooms/{room}"), &format!("{many} reviews"), is).json();
    assert_eq!(row["lastAction"], "review", "{row}");
    served.becomes(&format!("/roomviews/{room}"), &format!("{many} reviews"), is);
}

#[test]
fn a_review_is_written_changed_and_deleted_and_its_room_counts_it() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (first, second) = (room(&served, 1), room(&served, 1));
    let text = json!({ "roomId": first, "content": "좋아요" });
    let written = bare(served.post("/reviews", &text).with(201));
    let id = written["id"].as_u64().expect("an id");
    let review = |content: &str| json!({ "id": id, "reviewId": id, "roomId": first, "content": content });
    assert_eq!(written, review("좋아요"));
    counts(&served, first, 1);
    served.post("/reviews", &text).made();
    counts(&served, first, 2);

    let other_room = json!({ "content": "별로예요", "roomId": second, "reviewId": 5 });
    let path = format!("/reviews/{id}");
    assert_eq!(bare(served.patch(&path, &other_room).with(200)), review("별로예요"), "its room never changes");
    assert_eq!(bare(served.get(&path).with(200)), review("별로예요"));
    served.rests();
    counts(&served, first, 2);
    assert_eq!(served.get(&format!("/rooms/{second}")).with(200)["reviewCnt"], 0);

    assert_eq!(served.delete(&path).status, 204);
    counts(&served, first, 1);
    served.get(&path).refused(404, "unknown-id");
    served.delete(&path).refused(404, "unknown-review");
    served.patch(&path, &json!({ "content": "a" })).refused(404, "unknown-review");
    served.rests();
    counts(&served, first, 1);
    closes(served);
}

#[test]
fn what_is_no_review_is_refused() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (first, gone) = (room(&served, 1), room(&served, 1));
    assert_eq!(served.delete(&format!("/rooms/{gone}")).status, 204);
    for unknown in [99, gone] {
        served.post("/reviews", &json!({ "roomId": unknown, "content": "a" })).refused(404, "unknown-room");
    }
    let wrong = [
        json!({ "roomId": first }),
        json!({ "roomId": first, "content": " " }),
        json!({ "roomId": first, "content": 7 }),
        json!({ "content": "a" }),
        json!({ "roomId": "x", "content": "a" }),
        json!({ "roomId": first, "content": "ㄱ".repeat(1001) }),
    ];
    for body in wrong {
        served.post("/reviews", &body).refused(400, "invalid-fields");
    }
    served.patch("/reviews/99", &json!({ "content": "a" })).refused(404, "unknown-review");
    served.delete("/reviews/99").refused(404, "unknown-review");
    assert_eq!(served.rows("reviews"), [] as [Value; 0]);
    let id = served.post("/reviews", &json!({ "roomId": first, "content": "ㄱ".repeat(1000) })).made();
    served.patch(&format!("/reviews/{id}"), &json!({ "content": "" })).refused(400, "invalid-fields");
    closes(served);
}

#[test]
fn a_reserved_room_stays_its_guest_s_while_reviews_are_written() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let room = room(&served, 1);
    let id = books(&served, room, None, "kim");
    served.post("/reviews", &json!({ "roomId": room, "content": "좋아요" })).made();
    counts(&served, room, 1);
    let row = is(&served, &format!("/rooms/{room}"), "status", "reserved");
    assert_eq!((&row["rsvId"], &row["lastAction"]), (&json!(id), &json!("review")));
    closes(served);
}
