//! A row's version: not sent again to who has it, not changed by who has an older one; private events leave it alone.
use crate::taxi::{cancel, hail, listed, pick, taxi};
use process::Nadul;
use serde_json::json;

const CANCEL: &str = r#"{"status":"Cancel"}"#;

#[test]
fn who_has_the_version_is_told_304() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = hail(&served, "kim");
    let path = format!("/catches/{id}");
    let tag = served.get(&path).header("etag").to_string();
    let again = |tag: &str| served.send("GET", &path, &[("if-none-match", tag)], "");
    for known in [tag.clone(), format!("W/{tag}"), format!("\"77\", {tag}"), "*".into()] {
        let told = again(&known);
        assert_eq!((told.status, told.text.as_str(), told.header("etag")), (304, "", tag.as_str()), "{known}");
    }
    again("\"77\"").with(200);
    cancel(&served, id).with(200);
    let changed = again(&tag);
    assert_eq!(changed.with(200)["status"], "Cancel");
    assert_ne!(changed.header("etag"), tag);
}

#[test]
fn a_change_for_a_stale_version_is_412_and_changes_nothing() {
    let nadul = Nadul::new();
    let served = taxi(&nadul);
    let id = listed(&served, "kim");
    let path = format!("/catches/{id}");
    let old = served.get(&path).header("etag").to_string();
    pick(&served, id).with(201);
    let matched = served.shows(&path, "PickupAssigned");
    let change = |tag: &str| served.send("PATCH", &path, &[("if-match", tag)], CANCEL);
    for stale in [old.as_str(), "\"0\"", "nonsense", &format!("W/{}", matched.header("etag"))] {
        change(stale).refused(412, "stale-version");
    }
    assert_eq!(served.get(&path).json(), matched.json());
    assert_eq!(change(matched.header("etag")).with(200)["status"], "Cancel");
    let taken = listed(&served, "lee");
    pick(&served, taken).with(201);
    let give_back = |tag: &str| served.send("DELETE", &format!("/pickUps/{taken}"), &[("if-match", tag)], "");
    give_back("\"0\"").refused(412, "stale-version");
    assert_eq!(give_back("*").status, 204);
}

/// A room that was held for a guest whose card was declined looks as if nothing had happened.
#[test]
fn private_events_change_neither_version_nor_stream() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["stay", "--data", "data"]);
    let room = served.post("/rooms", &json!({ "desc": "sea", "price": 100 })).id();
    let path = format!("/rooms/{room}");
    let before = served.get(&path);
    let live = served.live(&path, None);
    assert_eq!(live.next().data, before.json());
    served.pays("stay", "decline");
    let stay = json!({ "roomId": room, "customer": "kim" });
    served.post("/reservations", &stay).refused(402, "payment-declined");
    served.becomes(&format!("/check/chkAndReqReserve?roomId={room}"), "free again", |answer| answer.text == "true");
    let held = nadul.log("stay/room");
    assert!(held.iter().filter(|event| event["published"] == false).count() >= 2, "held and let go: {held:?}");
    let after = served.get(&path);
    assert_eq!((after.json(), after.header("etag")), (before.json(), before.header("etag")));
    served.patch(&path, &json!({ "desc": "hill" })).with(200);
    assert_eq!(live.next().data["desc"], "hill", "the next thing heard is the next thing that happened");
}
