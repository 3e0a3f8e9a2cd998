//! What guests write about a room, and how its room counts it.
use crate::stay::steps::{books, closes, is, opens, room};
use process::{Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

/// Room and view say how many reviews there are; the room says why it changed.
#[track_caller]
fn counts(server: &ServerProcess<'_>, room: u64, many: u64) {
    let is = |answer: &process::HttpAnswer| answer.json()["reviewCnt"] == many;
    let row = server.wait_until(&format!("/rooms/{room}"), &format!("{many} reviews"), is).json();
    assert_eq!(row["lastAction"], "review", "{row}");
    server.wait_until(&format!("/roomviews/{room}"), &format!("{many} reviews"), is);
}

#[test]
fn reviews_are_written_changed_deleted_and_counted() {
    let nadul = Nadul::new();
    let server = opens(&nadul);
    what_is_no_review_is_refused(&server);
    a_review_is_written_changed_and_deleted_and_its_room_counts_it(&server);
    a_reserved_room_stays_its_guest_s_while_reviews_are_written(&server);
    closes(server);
}

fn what_is_no_review_is_refused(server: &ServerProcess) {
    let (first, gone) = (room(server, 1), room(server, 1));
    assert_eq!(server.delete(&format!("/rooms/{gone}")).status, 204);
    for unknown in [99, gone] {
        server.post("/reviews", &json!({ "roomId": unknown, "content": "a" })).expect_problem(404, "unknown-room");
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
        server.post("/reviews", &body).expect_problem(400, "invalid-fields");
    }
    server.patch("/reviews/99", &json!({ "content": "a" })).expect_problem(404, "unknown-review");
    server.delete("/reviews/99").expect_problem(404, "unknown-review");
    assert_eq!(server.rows("reviews"), [] as [Value; 0]);
    let id = server.post("/reviews", &json!({ "roomId": first, "content": "ㄱ".repeat(1000) })).created_id();
    server.patch(&format!("/reviews/{id}"), &json!({ "content": "" })).expect_problem(400, "invalid-fields");
}

fn a_review_is_written_changed_and_deleted_and_its_room_counts_it(server: &ServerProcess) {
    let (first, second) = (room(server, 1), room(server, 1));
    let text = json!({ "roomId": first, "content": "좋아요" });
    let written = without_links(server.post("/reviews", &text).expect_status(201));
    let id = written["id"].as_u64().expect("an id");
    let review = |content: &str| json!({ "id": id, "reviewId": id, "roomId": first, "content": content });
    assert_eq!(written, review("좋아요"));
    counts(server, first, 1);
    server.post("/reviews", &text).created_id();
    counts(server, first, 2);

    let other_room = json!({ "content": "별로예요", "roomId": second, "reviewId": 5 });
    let path = format!("/reviews/{id}");
    assert_eq!(
        without_links(server.patch(&path, &other_room).expect_status(200)),
        review("별로예요"),
        "its room never changes"
    );
    assert_eq!(without_links(server.get(&path).expect_status(200)), review("별로예요"));
    server.wait_until_idle();
    counts(server, first, 2);
    assert_eq!(server.get(&format!("/rooms/{second}")).expect_status(200)["reviewCnt"], 0);

    assert_eq!(server.delete(&path).status, 204);
    counts(server, first, 1);
    server.get(&path).expect_problem(404, "unknown-id");
    server.delete(&path).expect_problem(404, "unknown-review");
    server.patch(&path, &json!({ "content": "a" })).expect_problem(404, "unknown-review");
    server.wait_until_idle();
    counts(server, first, 1);
}

fn a_reserved_room_stays_its_guest_s_while_reviews_are_written(server: &ServerProcess) {
    let room = room(server, 1);
    let id = books(server, room, None, "kim");
    server.post("/reviews", &json!({ "roomId": room, "content": "좋아요" })).created_id();
    counts(server, room, 1);
    let row = is(server, &format!("/rooms/{room}"), "status", "reserved");
    assert_eq!((&row["rsvId"], &row["lastAction"]), (&json!(id), &json!("review")));
}
