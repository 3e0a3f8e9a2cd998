//! A row's version: not sent again to who has it, not changed by who has an older one; private events leave it alone.
use crate::promises::taxi::{cancel, hail, listed, pick, taxi};
use process::{Nadul, ServerProcess};
use serde_json::json;

const CANCEL: &str = r#"{"status":"Cancel"}"#;

#[test]
fn a_row_has_a_version() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    who_has_the_version_is_told_304(&server);
    a_change_for_a_stale_version_is_412_and_changes_nothing(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn who_has_the_version_is_told_304(server: &ServerProcess) {
    let id = hail(server, "kim");
    let path = format!("/catches/{id}");
    let tag = server.get(&path).header("etag").to_string();
    let again = |tag: &str| server.request_with("GET", &path, &[("if-none-match", tag)], "");
    for known in [tag.clone(), format!("W/{tag}"), format!("\"77\", {tag}"), "*".into()] {
        let told = again(&known);
        assert_eq!((told.status, told.text.as_str(), told.header("etag")), (304, "", tag.as_str()), "{known}");
    }
    again("\"77\"").expect_status(200);
    cancel(server, id).expect_status(200);
    let changed = again(&tag);
    assert_eq!(changed.expect_status(200)["status"], "Cancel");
    assert_ne!(changed.header("etag"), tag);
}

fn a_change_for_a_stale_version_is_412_and_changes_nothing(server: &ServerProcess) {
    let id = listed(server, "kim");
    let path = format!("/catches/{id}");
    let old = server.get(&path).header("etag").to_string();
    pick(server, id).expect_status(201);
    let matched = server.wait_for_text(&path, "PickupAssigned");
    let change = |tag: &str| server.request_with("PATCH", &path, &[("if-match", tag)], CANCEL);
    for stale in [old.as_str(), "\"0\"", "nonsense", &format!("W/{}", matched.header("etag"))] {
        change(stale).expect_problem(412, "stale-version");
    }
    assert_eq!(server.get(&path).json(), matched.json());
    assert_eq!(change(matched.header("etag")).expect_status(200)["status"], "Cancel");
    let taken = listed(server, "lee");
    pick(server, taken).expect_status(201);
    let give_back = |tag: &str| server.request_with("DELETE", &format!("/pickUps/{taken}"), &[("if-match", tag)], "");
    give_back("\"0\"").expect_problem(412, "stale-version");
    assert_eq!(give_back("*").status, 204);
}

/// A room that was held for a guest whose card was declined looks as if nothing had happened.
#[test]
fn private_events_change_neither_version_nor_stream() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["stay", "--data", "data"]);
    let room = server.post("/rooms", &json!({ "desc": "sea", "price": 100 })).id();
    let path = format!("/rooms/{room}");
    let before = server.get(&path);
    let live = server.stream(&path, None);
    assert_eq!(live.next().data, before.json());
    server.set_payment_mode("stay", "decline");
    let stay = json!({ "roomId": room, "customer": "kim" });
    server.post("/reservations", &stay).expect_problem(402, "payment-declined");
    server.wait_until(&format!("/check/chkAndReqReserve?roomId={room}"), "free again", |answer| answer.text == "true");
    let held = nadul.log("stay/room");
    assert!(held.iter().filter(|event| event["published"] == false).count() >= 2, "held and let go: {held:?}");
    let after = server.get(&path);
    assert_eq!((after.json(), after.header("etag")), (before.json(), before.header("etag")));
    server.patch(&path, &json!({ "desc": "hill" })).expect_status(200);
    assert_eq!(live.next().data["desc"], "hill", "the next thing heard is the next thing that happened");
}
