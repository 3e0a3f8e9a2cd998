//! /roomviews: a room, the latest reservation made for it, and its history.
use crate::inn::{books, cancels, car, closes, history, is, opens, room};
use process::{Nadul, bare};
use serde_json::{Value, json};

fn without_history(mut row: Value) -> Value {
    row.as_object_mut().expect("a row").remove("history");
    row
}

#[test]
fn a_room_s_row_shows_room_reservation_payment_and_car() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    let path = format!("/roomviews/{room}");
    let seen = || without_history(bare(served.rests().get(&path).with(200)));
    let row = |of: Value| {
        let mut row = json!({ "id": room, "roomId": room, "desc": "한강이 보이는 방", "price": 2, "roomStatus": "available",
            "reviewCnt": 0, "rsvId": null, "rsvStatus": null, "payId": null, "payStatus": null, "carId": null,
            "carName": null, "carStatus": null });
        row.as_object_mut().expect("a row").extend(of.as_object().expect("fields").clone());
        row
    };
    assert_eq!(seen(), row(json!({})));
    let id = books(&served, room, car, "kim");
    let words = |room: &str, rsv: &str, pay: &str, car_status: &str| {
        row(json!({ "roomStatus": room, "rsvId": id, "rsvStatus": rsv, "payId": id, "payStatus": pay, "carId": car,
            "carName": "K5", "carStatus": car_status }))
    };
    assert_eq!(seen(), words("reserved", "reserved", "approved", "reserved"));
    cancels(&served, id);
    assert_eq!(seen(), words("available", "cancelled", "cancelled", "available"));
    let whole = served.get(&path).with(200);
    let once = [
        "RoomRegistered",
        "ReservationCreated",
        "PaymentApproved",
        "ReservationConfirmed",
        "RoomReserved",
        "CarReserved",
        "ReservationCancelRequested",
        "PaymentCancelled",
        "ReservationCancelled",
        "RoomCancelled",
        "CarCancelled",
    ];
    let mut words = history(&whole);
    assert_eq!(words[..4], once[..4]);
    assert_eq!(words[6..9], once[6..9]);
    words.sort();
    let mut sorted = once.to_vec();
    sorted.sort_unstable();
    assert_eq!(words, sorted, "each event once");
    closes(served);
    let log = nadul.log("stay");
    for entry in whole["history"].as_array().expect("a history") {
        assert_eq!(entry.as_object().map(serde_json::Map::len), Some(3), "{entry}");
        let event = log.iter().find(|event| event["eventId"] == entry["eventId"]).expect("an event of the log");
        assert_eq!((&event["eventType"], &event["timestamp"]), (&entry["eventType"], &entry["timestamp"]));
    }
    let times: Vec<&str> = whole["history"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| entry["timestamp"].as_str().expect("a time"))
        .collect();
    assert!(times.is_sorted(), "{times:?}");
}

#[test]
fn edits_of_room_and_car_are_shown_while_they_are_reserved() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    books(&served, room, car, "kim");
    is(&served, &format!("/rentcars/{car}"), "status", "reserved");
    served.patch(&format!("/rooms/{room}"), &json!({ "desc": "새 방", "price": 9 })).with(200);
    served.patch(&format!("/rentcars/{car}"), &json!({ "carName": "K9" })).with(200);
    let row = served.rests().get(&format!("/roomviews/{room}")).with(200);
    let seen = [&row["desc"], &row["price"], &row["roomStatus"], &row["carName"], &row["carStatus"]];
    assert_eq!(seen, [&json!("새 방"), &json!(9), &json!("reserved"), &json!("K9"), &json!("reserved")]);
    closes(served);
}

#[test]
fn an_event_of_an_older_reservation_only_adds_history() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    let older = books(&served, room, car, "kim");
    is(&served, &format!("/rentcars/{car}"), "status", "reserved");
    served.works("stay", "rentcar", false);
    cancels(&served, older);
    is(&served, &format!("/rooms/{room}"), "status", "available");
    let newer = books(&served, room, None, "lee");
    served.works("stay", "rentcar", true);
    let path = format!("/roomviews/{room}");
    let row = served.shows(&path, "CarCancelled").json();
    let seen =
        ["rsvId", "rsvStatus", "payId", "payStatus", "carId", "carName", "carStatus"].map(|name| row[name].clone());
    assert_eq!(json!(seen), json!([newer, "reserved", newer, "approved", null, null, null]), "the newer one's");
    assert_eq!(history(&row).iter().filter(|word| *word == "CarCancelled").count(), 1);
    closes(served);
}

#[test]
fn a_deleted_room_s_row_goes_and_never_comes_back() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (gone, stays) = (room(&served, 2), room(&served, 2));
    let review = served.post("/reviews", &json!({ "roomId": gone, "content": "a" })).made();
    let id = books(&served, gone, None, "kim");
    cancels(&served, id);
    served.rests();
    assert_eq!(served.delete(&format!("/rooms/{gone}")).status, 204);
    served.counts("/roomviews", 1);
    served.patch(&format!("/reviews/{review}"), &json!({ "content": "b" })).with(200);
    assert_eq!(served.delete(&format!("/reviews/{review}")).status, 204);
    served.rests();
    served.get(&format!("/roomviews/{gone}")).refused(404, "unknown-id");
    assert_eq!(served.rows("roomviews")[0]["id"], stays);
    assert_eq!(served.get(&format!("/reservations/{id}")).with(200)["status"], "cancelled", "the reservation stays");
    closes(served);
}

#[test]
fn views_and_messages_are_read_only() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    room(&served, 1);
    served.counts("/roomviews", 1);
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        for path in ["/roomviews", "/roomviews/1", "/messages", "/messages/1"] {
            let answer = served.ask(method, path, &json!({ "desc": "x" }));
            answer.refused(405, "wrong-method");
            assert!(answer.header("allow").contains("GET"), "{answer:?}");
        }
    }
    closes(served);
}
